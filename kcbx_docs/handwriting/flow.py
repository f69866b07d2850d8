"""What stands in brackets: ``{键: 值, 键: 值}`` and ``[甲, 乙]``."""

import re
from collections.abc import Sequence

from kcbx_docs.handwriting.handwritten import ALIKE, EQUALS, SHORT_KEY, Handwritten, Patch
from kcbx_docs.handwriting.values import (
    QUOTES,
    SIGNS,
    WIDE,
    begins_text,
    bracketed,
    equals,
    hash_cuts,
    odd_colon,
    open_bracket,
    quoted,
    shown,
    stray_closer,
    tabs,
    text_after_quote,
    unclosed_quote,
    wide,
)
from kcbx_docs.light import regex

CLOSER = {"{": "}", "[": "]"}
MAX_DEPTH = 40

_BLOCK_LINE = regex(
    rf"- |-$|[-－—–]? ?[{{｛]{SHORT_KEY}[:：]|(?:{SHORT_KEY})[ \t]*[:：]", re.MULTILINE
)
_BEFORE_KEY = regex(rf"(?P<mark>[，、；;]|\s)\s*(?P<word>{SHORT_KEY})\s*$")
_NEXT_ENTRY = regex(rf"[ \t]*,[ \t]*{SHORT_KEY}[ \t]*:[ \t]|[ \t]*[}}\]]+[ \t]*$|$", re.MULTILINE)
_ENTRY_WITHIN = regex(rf",[ \t]*{SHORT_KEY}[ \t]*:[ \t]")
_AFTER_QUOTE = regex(r"[ \t]*(?:[,\]}:]|#|$)", re.MULTILINE)
_WIDE_PAIR = regex(
    r"(?<=[:,\[{][ \t])(?P<open>[｛［])[^｛［｝］\n]*(?P<close>[｝］])(?=[ \t]*[,}\]｝])"
)
_VALUE_START = regex(r":[ \t]+|[\[{][ \t]*")
_SKIPPED = regex(r"(?:[ \t\n]|(?<=[ \t\n])#[^\n]*)*")


def extent(page: Handwritten, start: int, indent: int) -> int:
    """Return where brackets end; where one is missing, the end of the last line that is theirs."""
    depth, at, text = 0, start, page.text
    while at < len(text):
        char = text[at]
        if char in "{[":
            depth += 1
        elif char in "}]":
            depth -= 1
            if depth == 0:
                return at + 1
        elif char in QUOTES and text[at - 1] in " \t{[,:" and (end := quote_end(page, at)):
            at = end - 1
        elif char == "#" and text[at - 1] in " \t\n":
            at = page.eol(at) - 1
        elif char == "\n" and _block_line(page, at + 1, indent):
            break
        at += 1
    return start + len(text[start:at].rstrip())


def _block_line(page: Handwritten, at: int, indent: int) -> bool:
    """Tell whether a line cannot belong to the brackets above it."""
    line = page.text[at : page.eol(at)]
    body = line.lstrip(" \t\u3000\xa0")
    depth = len(line) - len(body)
    return depth <= indent and bool(_BLOCK_LINE.match(body) or page.heads_block(at, depth))


def quote_end(page: Handwritten, at: int) -> int:
    """Return where a quoted value ends, or nothing where its last quote is missing."""
    text, mark = page.text, page.text[at]
    end = at + 1
    while end < len(text):
        if (text[end] == "\\" and mark == '"') or (
            text[end] == mark and mark == "'" and text[end + 1 : end + 2] == mark
        ):
            end += 1
        elif text[end] == mark:
            return end + 1
        elif text[end] == "\n" and _BLOCK_LINE.match(text[end + 1 : page.eol(end + 1)].lstrip()):
            return 0
        end += 1
    return 0


def brackets(page: Handwritten, start: int, indent: int) -> int:
    """Look at brackets; return where they end."""
    _narrow_pairs(page, start)
    end = extent(page, start, indent)
    if page.text[end - 1] not in "}]" or end - start < 2:
        end = _narrowed(page, start, indent, end)
    flow = _Flow(page, end)
    return max(flow.collection(start, ()), start + 1)


def _narrow_pairs(page: Handwritten, start: int) -> None:
    """Take full-width brackets around a value for what they are meant for."""
    for found in [*_WIDE_PAIR.finditer(page.text, start, page.eol(start))]:
        wide(page, found.start("open"))
        wide(page, found.start("close"))


def _narrowed(page: Handwritten, start: int, indent: int, end: int) -> int:
    """Take full-width closing brackets for what they are meant for."""
    for found in [*re.finditer("[｝］]", page.text[start:end])]:
        at = start + found.start()
        wide(page, at, CLOSER[page.text[start]] if at == end - 1 else "")
    return extent(page, start, indent)


class _Flow:
    """Looks at the entries of brackets, up to an offset beyond which nothing belongs to them."""

    def __init__(self, page: Handwritten, limit: int) -> None:
        self.page, self.limit = page, limit
        self.odd = False
        """Whether keys of these brackets have odd colons."""

    def skip(self, at: int) -> int:
        found = _SKIPPED.match(self.page.text, at, self.limit)
        end = found.end() if found else at
        for tab in re.finditer("\t", self.page.text[at:end]):
            self.page.patches.append(Patch(at + tab.start(), at + tab.start() + 1, " "))
        return end

    def char(self, at: int) -> str:
        return self.page.text[at] if at < self.limit else ""

    def collection(self, start: int, above: Sequence[int]) -> int:
        """Look at one pair of brackets; ``above`` are those that are open around it."""
        before, at = start, self.skip(start + 1)
        while True:
            char = self.char(at)
            if char in ("", "}", "]"):
                if end := self.closing(char, at, start, above, before):
                    return end
                at = self.skip(at + 1)
            elif char == ",":
                self.page.slip("READ036", at, Patch(at, at + 1, ""), sure=True, mark=char)
                at = self.skip(at + 1)
            else:
                ended = self.entry(at, start, above, before)
                if ended < 0:
                    return -ended
                before, at = ended, self.after_entry(ended)

    def after_entry(self, before: int) -> int:
        """Return where the next entry begins; tell of a comma that is not there."""
        at = self.skip(before)
        if self.char(at) == ",":
            return self.skip(at + 1)
        if at < self.limit and self.char(at) not in "}]":
            self.page.slip("READ025", before, Patch(before, before, ","), sure=True, mark="")
        return at

    def closing(self, char: str, at: int, start: int, above: Sequence[int], before: int) -> int:
        """Return the end of brackets; nothing where what closes there belongs to none."""
        text = self.page.text
        if char and char == CLOSER[text[start]]:
            return at + 1
        if char == "":
            return self.unclosed(start, before if before > start else at)
        theirs = [outer for outer in above if CLOSER[text[outer]] == char]
        goes_on = len(theirs) == 1 and _ENTRY_WITHIN.match(text, self.skip(at + 1), self.limit)
        if theirs and not goes_on:
            return self.unclosed(start, before)
        return self.mismatched(start, at)

    def unclosed(self, start: int, at: int) -> int:
        """Tell of a bracket that is not closed, where it should be."""
        mark = self.page.text[start]
        line = self.page.where(start)[0]
        closer = CLOSER[mark]
        at = start + len(self.page.text[start:at].rstrip(" \t\n,"))
        facts = {"mark": mark, "line": line}
        if begins_text(self.page, start, at):
            open_bracket(self.page, start, at, closer)
            return at
        if stray := stray_closer(self.page.text[start:at]):
            facts |= {"closer": stray, "right": closer}
            self.page.slip("READ037", at - 1, Patch(at - 1, at, closer), sure=True, **facts)
        else:
            facts["closer"] = closer
            self.page.slip("READ022", at, Patch(at, at, closer), sure=True, **facts)
        return at

    def mismatched(self, start: int, at: int) -> int:
        """Tell of brackets that are closed by the fellow of others; return where they end."""
        page, mark = self.page, self.page.text[start]
        right, line = CLOSER[mark], page.where(start)[0]
        end = page.content_end(at)
        if end > at + 1 and page.text[end - 1] == right:
            page.slip("READ023", at, Patch(at, at + 1, ""), sure=True, closer=page.text[at])
            self.limit = max(self.limit, end)
            return 0
        facts = {"closer": page.text[at], "mark": mark, "line": line, "right": right}
        page.slip("READ037", at, Patch(at, at + 1, right), sure=True, **facts)
        return at + 1

    def entry(self, at: int, start: int, above: Sequence[int], before: int) -> int:
        """Look at one entry; return where it ends, or minus the end of the brackets around it."""
        mapping = self.page.text[start] == "{"
        end = self.node(at, (*above, start), key=mapping)
        after = self.skip(end)
        colon = self.char(after) == ":" and not self.is_plain_colon(after)
        if not mapping:
            return self.item(at, end, after, colon, start, above, before)
        if not colon:
            return self.bare(at, end, start, before)
        return self.value(at, after + 1, above, start)

    def is_plain_colon(self, at: int) -> bool:
        """Tell whether a colon is a part of a text: nothing blank comes after it."""
        following = self.page.text[at + 1 : at + 2]
        quoted_key = self.page.text[at - 1] in QUOTES
        return not quoted_key and at + 1 < self.limit and following not in " \t\n,[]{}"

    def value(self, key: int, at: int, above: Sequence[int], start: int) -> int:
        """Look at the value of a key, and at what may be a second entry without a comma."""
        first = self.skip(at)
        if self.char(first) in ("", ",", "}", "]"):
            return at
        end = self.node(first, (*above, start), key=False)
        after = self.skip(end)
        while self.char(after) == ":" and not self.is_plain_colon(after):
            end = self.second_colon(first, end, after)
            if end > after:
                return end
            first = self.skip(after + 1)
            end = self.node(first, (*above, start), key=False)
            after = self.skip(end)
        return end

    def second_colon(self, first: int, end: int, colon: int) -> int:
        """Tell of a colon within a value; return its place where a new entry begins with it."""
        page = self.page
        text = page.text[first:end]
        found = _BEFORE_KEY.search(text)
        if found and (found["mark"] not in " \t" or found["word"] in page.words):
            at, mark = first + found.start(), found["mark"].strip()
            word_at = first + found.start("word")
            patch = Patch(at, at, ",") if found["mark"] == "\n" else Patch(at, word_at, ", ")
            sure = found["word"] in page.words and "\n" not in text
            mark = f"，写的是「{mark}」" if mark else ""
            page.slip("READ025", at, patch, sure=sure, mark=mark)
            return colon
        stop = self.text_end(colon)
        value = page.text[first:stop]
        patch = Patch(first, stop, quoted(value))
        page.slip("READ031", colon, patch, value=shown(value), quoted=quoted(shown(value)))
        return stop

    def text_end(self, at: int) -> int:
        """Return where the text of an entry ends: before a comma, a closing bracket, a line end."""
        found = re.compile(r"[,\]}\n]").search(self.page.text, at, self.limit)
        end = found.start() if found else self.limit
        return at + len(self.page.text[at:end].rstrip())

    def bare(self, at: int, end: int, start: int, before: int) -> int:
        """Tell of an entry without a colon."""
        page, text = self.page, self.page.text[at:end]
        first = before == start
        found = ALIKE.match(text)
        if found and (first or self.odd or found["key"] in page.words):
            self.odd = True
            return self.odd_colon(at, found.start("colon"), found["key"], text)
        sign = EQUALS.match(text)
        if sign and (first or sign["key"] in page.words):
            equals(page, at, sign)
            return end
        word, _, rest = text.partition(" ")
        if first or (rest and word in page.words) or page.text[before - 1] in "]}\"'":
            return self.no_colon(at, end, word, rest.strip())
        return self.comma_in_value(before, at)

    def odd_colon(self, at: int, colon: int, key: str, text: str) -> int:
        """Tell of a colon that is none of YAML's: full-width, or without a blank after it."""
        after = len(text) - len(text[colon + 1 :].lstrip())
        odd_colon(self.page, at + colon, at + after, key, text[after:])
        return self.text_end(at)

    def no_colon(self, at: int, end: int, word: str, rest: str) -> int:
        """Tell of an entry whose colon was forgotten."""
        stop = at + len(word)
        new = Patch(stop, stop, ":") if rest else Patch(at, end, f"{word}: ")
        said = f"{word}: {rest}" if rest else f"键: {word}"
        advice = "如果是前面的值的一部分，给整个值加引号。"
        text = shown(f"{word} {rest}".strip())
        self.page.slip("READ021", stop, new, text=text, example=said, advice=advice)
        return end

    def comma_in_value(self, before: int, at: int) -> int:
        """Tell of a comma that cuts a value in two."""
        page = self.page
        comma = max(page.text.rfind(",", 0, at), before)
        head = self.value_start(before)
        stop = self.sentence_end(at)
        value = page.text[head:stop]
        if page.text[stop : stop + 1] == "]" and page.text[head - 1] != "[":
            page.slip("READ038", head, Patch(head, head, "["), sure=True, mark="[", closer="]")
            self.limit = max(self.limit, page.content_end(stop))
            return stop + 1
        whole = bool(value) and value[0] not in "\"'{["
        patch = Patch(head, stop, quoted(value)) if whole else None
        told = quoted(shown(value)) if whole else quoted(shown(page.text[at:stop]))
        chinese = shown(re.sub(r",[ \t]*", "，", value))
        other = f"，或改成中文逗号「{chinese}」" if whole and not value[0].isascii() else ""
        key = ALIKE.match(page.text[at:stop])  # 校长：沈国良 may be an entry, too
        sure = whole and not key
        page.slip("READ024", comma, patch if sure else None, sure=sure, quoted=told, other=other)
        return stop

    def sentence_end(self, at: int) -> int:
        """Return where a value with commas in it ends: before the next entry."""
        page, stop = self.page, self.text_end(at)
        while (after := self.skip(stop)) < self.limit and page.text[after] == ",":
            more = self.skip(after + 1)
            following = self.text_end(more)
            entry = page.text[more:following]
            if not entry or re.search(r":(?=\s|$)|^[{\[\"']", entry):
                break
            stop = following
        return stop

    def value_start(self, before: int) -> int:
        """Return where the value begins that ends at an offset."""
        line = self.page.starts[self.page.where(before)[0]]
        found = [*_VALUE_START.finditer(self.page.text, line, before)]
        return found[-1].end() if found else before

    def item(
        self,
        at: int,
        end: int,
        after: int,
        colon: bool,
        start: int,
        above: Sequence[int],
        before: int,
    ) -> int:
        """Look at an item of a list; a key in it belongs to the brackets around the list."""
        if not colon:
            return end
        if above and self.page.text[above[-1]] == "{" and before > start:
            return -self.unclosed(start, before)
        return self.value(at, after + 1, above, start)

    def node(self, at: int, above: Sequence[int], *, key: bool) -> int:
        """Look at a key or value; return where it ends."""
        char = self.page.text[at]
        if char in "{[":
            if len(above) > MAX_DEPTH:
                return self.limit
            end = self.collection(at, above)
            return self.after_brackets(at, end)
        if char in QUOTES:
            return self.quoted(at, key)
        if char in WIDE:
            wide(self.page, at)
            return self.node(at, above, key=key)
        return self.plain(at, key)

    def after_brackets(self, at: int, end: int) -> int:
        """Tell of text right after brackets that are a part of a value: [2026]3号."""
        following = self.page.text[end : self.limit][:1]
        if following in ("", " ", "\t", "\n", ",", "}", "]", ":", "#"):
            return end
        return self.bracketed(at, at, self.text_end(end))

    def bracketed(self, at: int, mark: int, stop: int) -> int:
        bracketed(self.page, at, mark, stop)
        return stop

    def quoted(self, at: int, key: bool) -> int:
        """Look at a quoted value."""
        page, text = self.page, self.page.text
        end = quote_end(page, at)
        if end and _AFTER_QUOTE.match(text, end):
            return end
        if not end or end > self.limit or _ENTRY_WITHIN.search(text, at, end):
            return unclosed_quote(page, at, self.quote_stop(at))
        if key or _BEFORE_KEY.match(text[end : self.text_end(end)].partition(":")[0]):
            return end
        stop = self.text_end(end)
        text_after_quote(page, at, stop)
        return stop

    def quote_stop(self, at: int) -> int:
        """Return where the last quote of a value was forgotten, as far as can be told."""
        found = _NEXT_ENTRY.search(self.page.text, at, min(self.limit, self.page.eol(at)))
        return found.start() if found else self.limit

    def plain(self, at: int, key: bool) -> int:
        """Look at a text without quotes."""
        page, end = self.page, at
        while end < self.limit:
            char = page.text[end]
            if char in ",]}" or (char == ":" and not self.is_plain_colon(end)):
                break
            if char in "{[" and not key:
                return self.bracketed(at, end, self.bracketed_end(end))
            if char == "#" and page.text[end - 1] in " \t":
                return self.hash(at, end)
            end += 1
        end = at + len(page.text[at:end].rstrip())
        if end == at:
            return at + 1
        if page.text[at] in SIGNS and not (
            page.text[at] in "-?:" and page.text[at + 1 : at + 2].strip()
        ):
            value = page.text[at:end]
            said = quoted(shown(value))
            code = {"&": "READ005", "*": "READ005", "!": "READ006"}.get(value[0], "READ028")
            facts = {"sign": value[0], "tag": value.split()[0], "quoted": said}
            page.slip(code, at, Patch(at, end, quoted(value)), sure=True, **facts)
        else:
            tabs(page, at, end)
        return max(end, at + 1)

    def bracketed_end(self, at: int) -> int:
        """Return where a text with brackets in it ends."""
        closing = self.page.text.find(CLOSER[self.page.text[at]], at, self.limit)
        return self.text_end(closing + 1 if 0 <= closing < self.page.eol(at) else at + 1)

    def hash(self, at: int, mark: int) -> int:
        """Look at a hash after a blank within brackets; it may cut off the closing bracket."""
        page, end = self.page, at + len(self.page.text[at:mark].rstrip())
        rest = page.text[mark : page.eol(mark)]
        if not re.search(r"[,}\]]", rest) and not re.match(r"#\S", rest):
            return end
        found = re.compile(rf",[ \t]*{SHORT_KEY}[ \t]*:[ \t]|[}}\]]*[ \t]*$", re.MULTILINE).search(
            page.text, mark
        )
        stop = found.start() if found else page.eol(mark)
        if stop >= page.eol(mark):
            hash_cuts(page, at, mark - 1, page.eol(mark))
            return end
        value = page.text[at:stop]
        lost, said = shown(page.text[mark:stop]), quoted(shown(value))
        page.slip(
            "READ017", mark, Patch(at, stop, quoted(value)), sure=True, lost=lost, quoted=said
        )
        self.limit = max(self.limit, page.eol(mark))
        return stop
