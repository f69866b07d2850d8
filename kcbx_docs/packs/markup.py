"""Templates as text: the pieces that Jinja sees, and the tree of elements that readers see.

Jinja's own lexer cuts the text first; its tags are carried through the XML parser as processing
instructions, so that tags and elements are both known with the exact place where they stand.
"""

import bisect
import re
from collections.abc import Callable, Iterator
from dataclasses import field
from typing import Literal
from xml.parsers import expat

from jinja2 import Environment
from jinja2.exceptions import TemplateSyntaxError

from kcbx_docs.handwriting.characters import forbidden
from kcbx_docs.light import dataclass, regex
from kcbx_docs.problems import Place, Problem, Problems, problem

MAX_DEPTH = 30
VALUED = ("blank", "qr")
"""The elements whose content is a value of one paper, no words of the template."""

PieceKind = Literal["data", "variable", "block", "comment"]
Locate = Callable[[int], Place]

_LEXER = Environment(keep_trailing_newline=True).lexer
_FULL_WIDTH_BRACES = regex(r"[｛{]\s*[｛{%％]|[}｝%％]\s*[}｝]")
TAG = regex(
    # A tag that has no end is not carried on to that of the next.
    r"\{\{(?:(?!\{[{%#]).)*?\}\}|\{%(?:(?!\{[{%#]).)*?%\}|\{#.*?#\}",
    re.DOTALL,
)
_HIDDEN = regex(
    r"[^\n\t -~\u00a1-\u00ac\u2010-\u2027\u2030-\u205e\u3001-\u3017\u4e00-\u9fa5\uff01-\uff5e]"
)
_COMMENT = regex(r"\{#.*?#\}", re.DOTALL)
_STRING = regex(r"'[^'\n]*'|\"[^\"\n]*\"")
_FULL_WIDTH_SIGNS = regex(r"[．，（）：；｜＝＋＜＞！【】“”‘’％＂＇　]")
_CONTROL = regex(r"\{[{%#][-+]|[-+][}%#]\}")
_LONELY = regex(r"\{[{%#]|[}%#]\}")


@dataclass(frozen=True)
class Piece:
    """A stretch of a template: data, or one Jinja tag as it is written."""

    kind: PieceKind
    text: str
    offset: int

    @property
    def code(self) -> str:
        """Return what stands between the delimiters."""
        return self.text[2:-2].strip()

    @property
    def word(self) -> str:
        """Return the first word of a block tag: for, if, set, endif ..."""
        return self.code.split(None, 1)[0] if self.code else ""


@dataclass(frozen=True)
class Tag:
    """A Jinja tag in the tree."""

    kind: PieceKind
    code: str
    offset: int

    @property
    def word(self) -> str:
        """Return the first word of a block tag."""
        return self.code.split(None, 1)[0] if self.code else ""


@dataclass(frozen=True)
class Text:
    """Characters in the tree."""

    text: str
    offset: int


@dataclass
class Element:
    """An element with its children in order."""

    name: str
    attributes: dict[str, str] = field(default_factory=dict)
    offset: int = 0
    children: "list[Element | Text | Tag]" = field(default_factory=list)

    def elements(self) -> "Iterator[Element]":
        """Yield the child elements."""
        return (child for child in self.children if isinstance(child, Element))

    def walk(self) -> "Iterator[Element | Text | Tag]":
        """Yield everything below, in reading order."""
        open_ones = [iter(self.children)]  # a generator for each level would be passed through
        while open_ones:
            for child in open_ones[-1]:
                yield child
                if type(child) is Element:
                    open_ones.append(iter(child.children))
                    break
            else:
                open_ones.pop()

    def text(self) -> str:
        """Return all characters below."""
        return "".join(node.text for node in self.walk() if isinstance(node, Text))


def line_column(source: str, offset: int) -> tuple[int, int]:
    """Return the 1-based line and column of an offset."""
    before = source[:offset]
    return before.count("\n") + 1, offset - (before.rfind("\n") + 1) + 1


def place_in(source: str, name: str, first_line: int = 0) -> Locate:
    """Return the function from an offset of one file's text to its place."""

    def locate(offset: int) -> Place:
        line, column = line_column(source, offset)
        return Place(name, first_line + line, column)

    return locate


def scan(source: str, locate: Locate) -> tuple[tuple[Piece, ...], Problems]:
    """Cut a template into data and Jinja tags; slips of the input method are problems."""
    found = list(_slips(source, locate))
    if found:
        return (), tuple(found)
    try:
        return tuple(_pieces(source)), ()
    except TemplateSyntaxError as error:
        offset = _offset_of_error(source, error)
        detail = chinese_jinja_error(error.message or "")
        return (), (problem("TMPL002", locate(offset), detail=detail),)


def _slips(source: str, locate: Locate) -> Iterator[Problem]:
    for hidden in _HIDDEN.finditer(source):
        if forbidden(hidden.group()):
            yield problem("READ012", locate(hidden.start()), char=f"U+{ord(hidden.group()):04X}")
    for match in _FULL_WIDTH_BRACES.finditer(_blanked(_COMMENT, source)):
        if any(char in match.group() for char in "｛｝％ "):
            yield problem("TMPL001", locate(match.start()), found=match.group())
    for tag in TAG.finditer(source):
        if not tag.group().startswith("{#"):
            yield from _slips_in_tag(tag, locate)
    for match in _LONELY.finditer(_blanked(TAG, source)):
        yield problem("TMPL005", locate(match.start()), found=match.group())


def _slips_in_tag(tag: re.Match[str], locate: Locate) -> Iterator[Problem]:
    if control := _CONTROL.search(tag.group()):
        yield problem("TMPL004", locate(tag.start() + control.start()))
    for sign in _FULL_WIDTH_SIGNS.finditer(_blanked(_STRING, tag.group())):
        yield problem("TMPL003", locate(tag.start() + sign.start()), found=sign.group())


def _blanked(pattern: re.Pattern[str], text: str) -> str:
    """Overwrite what a pattern finds; offsets of the rest stay as they are."""
    return pattern.sub(lambda match: "_" * len(match.group()), text)


def _pieces(source: str) -> Iterator[Piece]:
    offset = start = 0
    kind: PieceKind = "data"
    opened = {
        "variable_begin": "variable",
        "block_begin": "block",
        "comment_begin": "comment",
        "raw_begin": "block",
    }
    for _line, token, value in _LEXER.tokeniter(source, None):
        if token in opened:
            if token == "raw_begin":
                raise TemplateSyntaxError(f"raw at {offset}", 1)
            start, kind = offset, opened[token]  # type: ignore[assignment]
        elif token == "data":
            yield Piece("data", value, offset)
        offset += len(value)
        if token in ("variable_end", "block_end", "comment_end"):
            yield Piece(kind, source[start:offset], start)


def _offset_of_error(source: str, error: TemplateSyntaxError) -> int:
    if match := re.search(r" at (\d+)$", error.message or ""):
        return min(int(match.group(1)), len(source))
    lines = source.split("\n")
    return sum(len(line) + 1 for line in lines[: error.lineno - 1])


_SAID = (
    (r"unexpected char '&'", "「并且」要写成 and，不写 &"),
    (r"unexpected char '!'", "「不是」要写成 not，不等于写 !=，不写 !"),
    (r"unexpected char '\?'", "「?」不能用，二选一写成 甲 if 条件 else 乙"),
    (r"unexpected char '(.)'", "标签里有不能识别的字符「{0}」"),
    (r"unexpected '>'", "这里不该出现「>」，不等于写成 !="),
    (r"expected token 'name', got '(.*)'", "「{0}」前面少了一个名称"),
    (r"expected token 'end of [a-z ]+', got '='", "等于要写成两个等号 =="),
    (r"expected token '.*', got '(?:且|并|并且|和|与|及)'", "「并且」要写成 and"),
    (r"expected token '.*', got '或者?'", "「或者」要写成 or"),
    (r"expected token '.*', got '(?:等于|是)'", "「等于」要写成 =="),
    (r"expected token '.*', got '(?:大于|小于|不等于)'", "比较要写成 >、<、!= 这样的符号"),
    (r"^statement (.*)", "语句要写在 {{% … %}} 里，如 {{% {0} … %}}"),
    (r"^else if", "否则如果 要写成 elif，中间不空格"),
    (r"^nothing after (.*)", "「{0}」后面不能再写别的"),
    (r"unexpected '(.*)'", "这里不该出现「{0}」"),
    (
        r"'end of (?:print statement|statement block)', got '(.*)'",
        "「{0}」前面少了逗号、| 或者点",
    ),
    (r"expected token '(.*)', got '(.*)'", "这里应是「{0}」，写的却是「{1}」"),
    (r"Encountered unknown tag '(.*?)'", "不认识的标签「{0}」"),
    (r"No filter named '(.*?)'", "没有名为「{0}」的过滤器"),
    (r"No test named '(.*?)'", "没有名为「{0}」的判断"),
    (
        r"Unexpected end of template|end of template|unexpected end",
        "标签没有写完，或者少了 endif、endfor",
    ),
    (r"Expected an expression", "标签里没有内容"),
    (r"Missing end of (.*) tag", "注释没有结束"),
    (r"^raw", "不支持 raw 标签"),
    (r"tag name expected", "语句里没有内容"),
    (r"recursion", "括号套得太深"),
    (r"number too long", "标签里的数太长"),
)


def chinese_jinja_error(message: str) -> str:
    """Say in Chinese what Jinja's parser found wrong."""
    for pattern, text in _SAID:
        if match := re.search(pattern, message):
            return text.format(*match.groups())
    return message


def parse(
    source: str, pieces: tuple[Piece, ...], locate: Locate
) -> tuple[Element | None, Problems]:
    """Build the tree of a template's body; ill-formed XML is a problem with its place."""
    return _Tree(source, pieces, locate).build()


def parse_plain(text: str, name: str) -> tuple[Element | None, Problems]:
    """Build the tree of a text that holds no tags (a rendered body)."""
    return _Tree(text, (Piece("data", text, 0),), place_in(text, name)).build()


def tidy(text: str) -> str:
    """Take the line breaks and the indentation of the source out of a text."""
    lines = text.split("\n")
    if len(lines) == 1:
        return text
    return "".join([lines[0].rstrip(), *(line.strip() for line in lines[1:-1]), lines[-1].lstrip()])


_EMPTY = ("br", "tab")
_NAME = regex(r"[\w-]+")
_START, _END = b"<body>", b"</body>"


class _Tree:
    """Feed the pieces to expat, tags as processing instructions; every node keeps its offset."""

    def __init__(self, source: str, pieces: tuple[Piece, ...], locate: Locate) -> None:
        self.source, self.locate = source, locate
        self.tags = [p for p in pieces if p.kind in ("variable", "block")]
        self.starts: list[int] = []  # byte offsets in what expat reads ...
        self.origins: list[int] = []  # ... and where that stands in the source
        self.lengths: list[bool] = []  # data maps byte by byte, a tag to its start
        self.fed = self._feed(pieces)
        self.last = (-1, 0, 0)  # the last place: its piece, its byte, its character in the piece
        self.parser = expat.ParserCreate("utf-8")
        self.root = Element("body")
        self.stack = [self.root]

    def _feed(self, pieces: tuple[Piece, ...]) -> bytes:
        out, size, number = [_START], len(_START), 0
        for piece in pieces:
            self.starts.append(size)
            self.origins.append(piece.offset)
            self.lengths.append(piece.kind == "data")
            if piece.kind == "data":
                chunk = piece.text.encode("utf-8", "surrogatepass")
            elif piece.kind == "comment":
                chunk = b""
            else:
                chunk = f"<?j {number}?>".encode()
                number += 1
            out.append(chunk)
            size += len(chunk)
        return b"".join([*out, _END])

    def offset(self, index: int) -> int:
        """Map a byte offset of the fed text to an offset of the source."""
        at = max(bisect.bisect_right(self.starts, index) - 1, 0)
        if not self.starts or index < self.starts[0]:
            return 0
        if not self.lengths[at]:
            return self.origins[at]
        return self.origins[at] + len(self.fed[self.starts[at] : index].decode("utf-8", "ignore"))

    def build(self) -> tuple[Element | None, Problems]:
        parser = self.parser
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.ProcessingInstructionHandler = self._instruction
        parser.CommentHandler = self._comment
        parser.StartCdataSectionHandler = self._section
        parser.StartDoctypeDeclHandler = self._doctype
        try:
            parser.Parse(self.fed, True)
        except expat.ExpatError as error:
            # Where the text ends too early the error stands in the </body> that we added.
            offset = self.offset(min(parser.ErrorByteIndex, len(self.fed) - len(_END) - 1))
            return None, (self._ill_formed(error, offset, parser.ErrorByteIndex),)
        except _Refused as refused:
            detail, offset = refused.args
            return None, (problem("TMPL006", self.locate(offset), detail=detail),)
        return self.root, ()

    def _here(self) -> int:
        """Map the place that expat has come to; in long data it is counted from the last one."""
        index = self.parser.CurrentByteIndex
        at = bisect.bisect_right(self.starts, index) - 1
        if at < 0 or not self.lengths[at]:
            return self.offset(index)
        piece, byte, chars = self.last
        if piece != at or index < byte:
            byte, chars = self.starts[at], 0
        chars += len(self.fed[byte:index].decode("utf-8", "surrogatepass"))
        self.last = (at, index, chars)
        return self.origins[at] + chars

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if self.parser.CurrentByteIndex == 0:  # the <body> that we added: the root
            return
        if len(self.stack) > MAX_DEPTH:
            raise _Refused(f"套了 {MAX_DEPTH} 层以上", self._here())
        element = Element(name, attributes, self._here())
        self.stack[-1].children.append(element)
        self.stack.append(element)

    def _end(self, _name: str) -> None:
        if len(self.stack) > 1:
            self.stack.pop()

    def _text(self, data: str) -> None:
        """Add characters; expat hands one stretch of text over in several pieces."""
        siblings = self.stack[-1].children
        if siblings and isinstance(last := siblings[-1], Text):
            siblings[-1] = Text(last.text + data, last.offset)
        else:
            siblings.append(Text(data, self._here()))

    def _instruction(self, target: str, data: str) -> None:
        if target != "j" or not data.isdigit() or int(data) >= len(self.tags):
            raise _Refused("<? … ?> 不会印出来，请删去", self._here())
        piece = self.tags[int(data)]
        self.stack[-1].children.append(Tag(piece.kind, piece.code, piece.offset))

    def _comment(self, _data: str) -> None:
        detail = "<!-- … --> 不会印出来，给维护人看的说明请写成 {# … #}"
        raise _Refused(detail, self._here())

    def _section(self) -> None:
        raise _Refused("不支持 <![CDATA[ … ]]>，请直接写文字", self._here())

    def _doctype(self, *_: object) -> None:
        raise _Refused("不允许写 DOCTYPE", self._here())

    def _ill_formed(self, error: expat.ExpatError, offset: int, index: int) -> Problem:
        said = expat.errors.messages.get(error.code, "")
        at = bisect.bisect_right(self.starts, index) - 1
        in_tag = 0 <= at < len(self.lengths) and not self.lengths[at]
        if "not well-formed" in said and in_tag:
            return problem("TMPL007", self.locate(self.origins[at]))
        if said == "mismatched tag":
            return self._unpaired(offset, index)
        if said == "undefined entity" and self.source.startswith("&nbsp;", offset):
            detail = "不用 &nbsp;，空格直接打全角空格"
            return problem("TMPL006", self.locate(offset), detail=detail)
        if self.source[:offset].endswith("="):
            detail = '属性的值要加英文引号，如 class="主送"'
            return problem("TMPL006", self.locate(offset), detail=detail)
        texts = {
            "undefined entity": "不认识的实体，& 请写成 &amp;",
            "not well-formed (invalid token)": "尖括号或 & 用得不对；& 请写成 &amp;，< 请写成 &lt;",
            "duplicate attribute": "属性重复",
            "unclosed token": "尖括号没有写完",
        }
        return problem("TMPL006", self.locate(offset), detail=texts.get(said, said))

    def _unpaired(self, offset: int, index: int) -> Problem:
        """Say where an element begins that has no end, or where an end stands that ends nothing."""
        last, inside = self.stack[-1], index < len(self.fed) - len(_END)
        found = _NAME.match(self.source, offset) if inside else None
        opened = [element.name for element in self.stack[1:]]
        if found and found[0] not in opened:
            detail = f"</{found[0]}> 前面没有打开的 <{found[0]}>"
            return problem("TMPL006", self.locate(offset), detail=detail)
        detail = f"<{last.name}> 没有结束，缺少 </{last.name}>"
        if last.name in _EMPTY:
            detail = f"<{last.name}> 没有结束，要写成 <{last.name}/>"
        return problem("TMPL006", self.locate(last.offset), detail=detail)


class _Refused(Exception):  # noqa: N818
    """The text holds something that must not be in a template: what, and its offset."""
