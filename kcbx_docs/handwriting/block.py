"""The lines of a text: keys, items and how far they are indented."""

import re
from collections.abc import Iterator

from kcbx_docs.handwriting.flow import CLOSER, MAX_DEPTH, brackets, extent, quote_end
from kcbx_docs.handwriting.handwritten import ALIKE, EQUALS, KEY, SHORT_KEY, Patch
from kcbx_docs.handwriting.levels import BLANK, BLANKS, SEEN, Level, Levels, width_of
from kcbx_docs.handwriting.values import (
    QUOTES,
    SIGNS,
    SPREAD,
    TAG_STARTS,
    WIDE,
    bracketed,
    equals,
    hash_cuts,
    odd_colon,
    plain,
    shown,
    sign,
    spread_key,
    template_tag,
    text_after_quote,
    two_keys,
    unclosed_quote,
    wide,
)
from kcbx_docs.light import regex

_DASHES = "－—–‐•●"
_HEADER = regex(r"[|>][-+0-9]*[ \t]*(#.*)?$")
_HELD = regex(rf"(?P<key>{SHORT_KEY})[ \t\u3000]*(?=\{{ *{SHORT_KEY}: .*\}}[ \t]*$)")
"""A key without its colon before keys and values in brackets."""
_WITH_VALUE = regex(rf"{SHORT_KEY}: +[^ #]")
_LOST_BRACE = regex(rf"{SHORT_KEY}: .*, *{SHORT_KEY}: .*\}}[ \t]*$")
_BELOW = regex(r"\n( *)(?=[^\s#])")


def _is_item(body: str) -> bool:
    """Tell whether an item of a list begins here."""
    return body.startswith("-") and body[1:2] in ("", " ", "\n")


class LineByLine(Levels):
    """Looks at one line after another."""

    def read(self) -> None:
        """Look at the whole text."""
        at = 0
        while at < len(self.page.text):
            at = max(self.line(at), at + 1)

    def line(self, start: int) -> int:
        """Look at a line; return where the next one begins."""
        page = self.page
        end = page.eol(start)
        raw = page.text[start:end]
        body = raw.lstrip(BLANK)
        at = end - len(body)
        if not body:
            return self.empty(start, end)
        if body[0] == "#" or raw.startswith(("---", "...", "%")):
            if raw[: at - start].strip(" "):
                page.patches.append(Patch(start, at, ""))
            return end + 1
        return self.content(at, self.indent(start, at))

    def empty(self, start: int, end: int) -> int:
        """Pass by a line of nothing but blanks, of whatever kind."""
        if self.page.text[start:end].strip(" "):
            self.page.patches.append(Patch(start, end, ""))
        return end + 1

    def indent(self, start: int, at: int) -> int:
        """Return how far a line is indented; tell of blanks that are none for YAML."""
        page = self.page
        blanks = page.text[start:at]
        if not blanks.strip(" "):
            return len(blanks)
        width = width_of(blanks)
        if not self.is_structure(at):
            return width
        dash = _is_item(page.text[at:])
        last = self.levels[-1].indent if self.levels else -1
        deeper = self.waiting and width > last
        # A key is never at the level of items, nor an item at that of keys.
        known = [level.indent for level in self.levels if level.mapping != dash]
        nearest = min(known, key=lambda one: (abs(one - width), -one), default=width)
        below = next(self.below(at, 0), None)
        alike = below is not None and _is_item(page.text[below[0] + below[1] :]) == dash
        goes_on = below is not None and alike and below[1] == width
        wanted = width if deeper or goes_on else nearest
        odd = next(n for n, char in enumerate(blanks) if char != " ")
        names = "、".join(dict.fromkeys(BLANKS[char][0] for char in blanks if char != " "))
        patch = Patch(start, at, " " * wanted)
        page.slip("READ026", start + odd, patch, sure=wanted == width, names=names, wanted=wanted)
        return wanted

    def is_structure(self, at: int) -> bool:
        """Tell whether a key or an item begins at an offset."""
        body = self.page.text[at : self.page.eol(at)]
        return bool(body.startswith("- ") or body == "-" or KEY.match(body) or ALIKE.match(body))

    def content(self, at: int, column: int, *, after_dash: bool = False) -> int:
        """Look at what stands in a line from an offset on; return where the next line begins."""
        page = self.page
        body = page.text[at : page.eol(at)]
        if re.match(r"-(?=[ \t]|$)", body):
            return self.dash(at, column)
        if (found := re.match(rf"[{_DASHES}][ \t\u3000]*|-(?=[^\s\d-])", body)) and (
            self.is_item(column, body, body[found.end() :])
        ):
            patch = Patch(at, at + found.end(), "- ")
            mark = found[0].strip()
            what = "横线后面没有空格" if mark == "-" else f"写的是「{mark}」"
            page.slip("READ032", at, patch, sure=True, what=what, text=shown(body))
            self.enter(at, column, mapping=False)
            return self.item(at, at + found.end(), column, shift=2 - found.end())
        if body[0] in "｛［" and body.rstrip()[-1:] in "｝］}]":
            wide(page, at)
            return self.value(at, column)
        if after_dash and "{" not in body and _LOST_BRACE.match(body):
            page.slip("READ038", at, Patch(at, at, "{"), sure=True, mark="{", closer="}")
            return page.eol(at) + 1
        if found := _HELD.match(body):
            return self.before_brackets(at, column, found)
        if body[0] not in "{[" and (found := KEY.match(body)):
            return self.key(at, column, found)
        return self.other(at, column, body, after_dash=after_dash)

    def is_item(self, column: int, body: str, rest: str) -> bool:
        """Tell whether a line that begins with something like a dash is an item of a list."""
        structured = bool(KEY.match(rest) or ALIKE.match(rest) or rest[:1] in "{[｛［")
        if any(not level.mapping and level.indent == column for level in self.levels):
            return True
        if self.waiting:
            return structured or (body[0] == "-" and self.levels != [])
        return structured and any(level.indent == column for level in self.levels)

    def dash(self, at: int, column: int) -> int:
        """Look at an item that has its dash."""
        self.enter(at, column, mapping=False)
        return self.item(at, at + 1, column)

    def item(self, at: int, after: int, column: int, shift: int = 0) -> int:
        """Look at what stands after the dash of an item; ``shift`` is how far mending moves it."""
        page = self.page
        self.waiting = True
        end = page.eol(at)
        body = page.text[after:end].lstrip(" \t")
        if not body or body.startswith("# ") or len(self.levels) > MAX_DEPTH:
            return end + 1
        begins = end - len(body)
        if "\t" in page.text[at:begins]:
            page.patches.append(Patch(at + 1, begins, " " * (begins - at - 1)))
        self.typed_at = column + begins - at
        return self.content(begins, self.typed_at + shift, after_dash=True)

    def key(self, at: int, column: int, found: re.Match[str]) -> int:
        """Look at a key that has its colon, and at its value."""
        page, key = self.page, found["key"]
        self.enter(at, column, mapping=True)
        if key[0] not in QUOTES and (odd := ALIKE.match(key)) and odd["colon"] in key:
            text = key[odd.end() :]
            begins = at + odd.end() + len(text) - len(text.lstrip())
            rest = page.text[begins : page.content_end(begins)]
            odd_colon(page, at + odd.start("colon"), begins, odd["key"], rest)
            return self.value(begins, column)
        after = at + found.end()
        body = page.text[after : page.eol(at)]
        return self.value(after + len(body) - len(body.lstrip(" \t")), column)

    def other(self, at: int, column: int, body: str, *, after_dash: bool) -> int:
        """Look at a line without a key: a value, more of a text, or a key without its colon."""
        page = self.page
        while self.levels and column < self.levels[-1].indent and not after_dash:
            self.levels.pop()
            self.waiting = False
        if body[0] == "{" and not self.waiting and (dash := self.lost_dash(column)):
            return self.dashless(at, dash, body)
        top = self.levels[-1] if self.levels else None
        deeper = top is None or column > top.indent
        if self.is_key(at, column, body):
            self.enter(at, column, mapping=True)
            return self.keyless(at, column, body)
        if self.waiting and deeper:
            return self.value(at, column - (0 if after_dash else 1))
        if not deeper and body[0] in "}]":
            page.slip("READ023", at, Patch(at, at + 1, ""), sure=len(body) == 1, closer=body[0])
        else:
            plain(page, at, page.eol(at))
        return page.eol(at) + 1

    def is_key(self, at: int, column: int, body: str) -> bool:
        """Tell whether a line without a colon ought to be a key."""
        top = self.levels[-1] if self.levels else None
        if top and top.mapping and column in (top.indent, *top.also):
            return True
        begins = self.waiting and (top is None or column > top.indent)
        return begins and body[0] not in "{[\"'" and self.is_mapping(at, column)

    def dashless(self, at: int, dash: Level, body: str) -> int:
        """Tell of an item in brackets whose dash was forgotten."""
        page = self.page
        self.levels = self.levels[: self.levels.index(dash) + 1]
        patch = Patch(page.starts[page.where(at)[0]], at, " " * dash.indent + "- ")
        page.slip("READ032", at, patch, sure=True, what="没有写横线", text=shown(body))
        return self.value(at, dash.indent)

    def lost_dash(self, column: int) -> Level | None:
        """Return the list that a line in brackets belongs to, where its dash was forgotten."""
        lists = [level for level in self.levels if not level.mapping]
        return next((one for one in reversed(lists) if 0 <= column - one.indent <= 2), None)

    def is_mapping(self, at: int, column: int) -> bool:
        """Tell by the lines below whether a line ought to be a key of a mapping."""
        base, astray = self.levels[-1].indent if self.levels else -1, False
        for indent, body in self.lines_below(at):
            if indent > column:
                continue
            if indent < column and not astray and _WITH_VALUE.match(body):
                astray = True  # one line out of line; what follows it says so
            elif indent < column:
                return indent > base and bool(KEY.match(body))
            elif KEY.match(body) and not body.startswith("- "):
                return True
            elif not (ALIKE.match(body) or EQUALS.match(body)):
                return False
        return not self.levels and bool(ALIKE.match(self.page.text, at))

    def lines_below(self, at: int) -> Iterator[tuple[int, str]]:
        """Yield how far each of the next lines is indented, and what it says; no remarks."""
        page = self.page
        begins = page.eol(at) + 1
        for _ in range(SEEN):
            if begins >= len(page.text):
                return
            end = page.eol(begins)
            body = page.text[begins:end].lstrip(BLANK)
            indent, begins = width_of(page.text[begins : end - len(body)]), end + 1
            if body and body[0] != "#":
                yield indent, body

    def keyless(self, at: int, column: int, body: str) -> int:
        """Tell of a key whose colon is missing or is not YAML's."""
        page = self.page
        if found := ALIKE.match(body):
            text = body[found.end() :]
            begins = at + found.end() + len(text) - len(text.lstrip())
            odd_colon(page, at + found.start("colon"), begins, found["key"], text.strip())
            return self.value(begins, column)
        if found := EQUALS.match(body):
            return self.value(equals(page, at, found), column)
        if (apart := SPREAD.match(body)) and (begins := spread_key(page, at, apart)) > at:
            return self.value(begins, column)
        word, _, rest = body.partition(" ")
        rest = rest.strip()
        if word[-1] in ";；.。,，" and len(word) > 1:
            return self.wrong_mark(at, word, rest)
        return self.colonless(at, column, word, rest, body)

    def colonless(self, at: int, column: int, word: str, rest: str, body: str) -> int:
        """Tell of a key after which there is nothing that could be meant for its colon."""
        page = self.page
        stop = at + len(word)
        below = _BELOW.search(page.text, page.eol(at))
        deeper = len(below[1]) - column if below else 0
        parent = not rest and deeper > 0
        if not rest and self.joined(at, word, body):
            return page.eol(at) + 1
        patch = Patch(stop, stop, ":")
        if not (rest or parent) or KEY.match(rest):
            patch = Patch(at, at, "# ")
        advice = "" if parent else "如果是上面一行没写完的话，接到上面一行的末尾。"
        example = f"{word}:" if parent else f"{word}: {shown(rest) or '……'}"
        facts = {"text": shown(body.rstrip()), "example": example, "advice": advice}
        page.slip("READ021", stop, patch, sure=parent and deeper > 1, **facts)
        self.waiting = parent
        return page.eol(at) + 1

    def before_brackets(self, at: int, column: int, found: re.Match[str]) -> int:
        """Tell of a key that has no colon before what it holds in brackets."""
        stop, begins = at + len(found["key"]), at + found.end()
        example = f"{found['key']}: {shown(found.string[found.end() :].rstrip())}"
        facts = {"text": shown(found.string.rstrip()), "example": example, "advice": ""}
        self.page.slip("READ021", stop, Patch(stop, begins, ": "), sure=True, **facts)
        self.enter(at, column, mapping=True)
        return self.value(begins, column)

    def joined(self, at: int, word: str, body: str) -> bool:
        """Tell of a key of this text that its value follows without anything: 记录人段晓岚."""
        page = self.page
        if word in page.words or not (key := page.key_within(word)):
            return False
        stop = at + len(key)
        advice = "如果是上面一行没写完的话，接到上面一行的末尾。"
        example = f"{key}: {shown(body[len(key) :].strip())}"
        facts = {"text": shown(body.rstrip()), "example": example, "advice": advice}
        page.slip("READ021", stop, Patch(stop, stop, ": "), sure=False, **facts)
        self.waiting = False
        return True

    def wrong_mark(self, at: int, word: str, rest: str) -> int:
        """Tell of a key with another mark than a colon."""
        page, stop = self.page, at + len(word) - 1
        patch = Patch(stop, stop + 1, ":")
        what, example = f"写的是「{word[-1]}」", f"{word[:-1]}: {rest}".rstrip()
        page.slip("READ019", stop, patch, key=word[:-1], what=what, example=example)
        self.waiting = not rest
        return page.eol(at) + 1

    def value(self, at: int, column: int) -> int:
        """Look at what stands after a key or a dash; return where the next line begins."""
        page = self.page
        end = page.eol(at)
        rest = page.text[at:end]
        self.blanks(at, end)
        self.waiting = not rest.strip() or rest[0] == "#"
        if not rest.strip():
            return end + 1
        if rest[0] == "#":
            if not re.match(r"#\s|#+$", rest):
                hash_cuts(page, at, at, end)
            return end + 1
        if rest[0] in "{[｛［":
            return self.bracketed(at, column)
        if rest[0] in QUOTES:
            return self.quoted(at)
        if _HEADER.match(rest):
            return self.skip_text(end + 1, column)
        if rest[0] in SIGNS and not (rest[0] in "-?:" and rest[1:2].strip()):
            sign(page, at, end)
            self.waiting = bool(re.fullmatch(r"[&!]\S*[ \t]*", rest))
        elif (found := KEY.match(rest)) and self.key_below(end, column):
            page.slip("READ031", at + len(found["key"]), Patch(at, at, "# "), **two_keys(rest))
            self.waiting = True
        else:
            plain(page, at, end)
        return end + 1

    def key_below(self, end: int, column: int) -> bool:
        """Tell whether the line below is a key of the next level."""
        found = re.compile(r"\n( *)([^\n]*)").match(self.page.text, end)
        return bool(found and len(found[1]) > column and KEY.match(found[2]))

    def blanks(self, at: int, end: int) -> None:
        """Take tabs before a value and at the end of a line for the blanks that they look like."""
        page = self.page
        line = page.starts[page.where(at)[0]]
        before = line + len(page.text[line:at].rstrip(" \t"))
        after = page.content_end(at)
        for start, stop in ((before, at), (after, end)):
            if "\t" in page.text[start:stop]:
                text = page.text[start:stop].replace("\t", " ")
                page.patches.append(Patch(start, stop, text))

    def bracketed(self, at: int, column: int) -> int:
        """Look at brackets and at what stands after them."""
        page = self.page
        if page.text[at] in WIDE:
            if page.text[page.content_end(at) - 1] not in "｝］}]":
                return page.eol(at) + 1
            wide(page, at)
        if page.text[at : at + 2] in TAG_STARTS:
            template_tag(page, at)
            return page.eol(at) + 1
        before = len(page.slips)
        closed = extent(page, at, column)
        if page.text[closed - 1] in "}]" and re.match(r"[^\s,}\]#，。；;]", page.text[closed:]):
            bracketed(page, at, at, page.content_end(closed))
            return page.eol(closed) + 1
        stop = brackets(page, at, column)
        self.after_brackets(at, stop, clean=len(page.slips) == before)
        return page.eol(max(stop, at)) + 1

    def after_brackets(self, at: int, stop: int, *, clean: bool) -> None:
        """Look at what stands between brackets and the end of their line."""
        page = self.page
        end = page.content_end(stop)
        rest = page.text[stop:end].strip()
        if rest and rest[0] in CLOSER.values():
            first = page.text.index(rest[0], stop)
            page.slip("READ023", first, Patch(first, end, ""), sure=len(rest) == 1, closer=rest[0])
        elif rest in (",", "，", "。", "；", ";"):
            page.slip("READ036", stop, Patch(stop, end, ""), sure=True, mark=rest)
        elif rest and (rest[-1] in "}]" or rest[0] == ","):
            closer = page.text[stop - 1]
            page.slip("READ023", stop - 1, Patch(stop - 1, stop, ""), closer=closer)
        elif rest and clean:
            bracketed(page, at, at, end)

    def quoted(self, at: int) -> int:
        """Look at a quoted value, which may go on in the lines below."""
        page = self.page
        end = quote_end(page, at)
        if not end:
            unclosed_quote(page, at, page.content_end(at))
            return page.eol(at) + 1
        stop = page.content_end(end)
        if page.text[end:stop].strip():
            text_after_quote(page, at, stop)
        return page.eol(end) + 1

    def skip_text(self, at: int, column: int) -> int:
        """Pass by the lines of a block text: nothing in them is YAML."""
        page = self.page
        while at < len(page.text):
            end = page.eol(at)
            body = page.text[at:end].lstrip(" ")
            if body and end - at - len(body) <= column:
                return at
            at = end + 1
        return at
