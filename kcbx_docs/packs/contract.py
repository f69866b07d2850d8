"""The contract between templates and the data that fills them, checked without rendering."""

from collections import Counter
from functools import lru_cache

from jinja2 import nodes
from jinja2.exceptions import TemplateSyntaxError

from kcbx_docs.light import dataclass
from kcbx_docs.packs.flatten import FlatTemplate
from kcbx_docs.packs.language import environment
from kcbx_docs.packs.located import Located, Spread, place_of_name, spelled
from kcbx_docs.packs.markup import Piece, Tag, chinese_jinja_error
from kcbx_docs.packs.schema import Variable
from kcbx_docs.packs.walk import Walk
from kcbx_docs.problems import Place, Problem, Problems, problem


@dataclass(frozen=True)
class Cited:
    """A call that a template makes with constant arguments."""

    arguments: tuple[object, ...]
    named: tuple[tuple[str, object], ...]
    place: Place


def check_contract(flat: FlatTemplate, schema: Variable) -> Problems:
    """Find unknown variables, filters and functions, and whole records printed as text."""
    if found := syntax_problems(flat):
        return found
    return check_names(flat, schema)


def check_names(text: Located, schema: Variable) -> Problems:
    """Find unknown names and wrong uses in a source that Jinja can read."""
    found = _found(text, schema)
    # Most templates are sound: only where one is not is the place of every sign looked for.
    return _found(Spread(text), schema) if found else ()


def _found(text: Located, schema: Variable) -> Problems:
    body = parse_source(text.source).body
    return tuple(dict.fromkeys(Walk(text).body(body, dict(schema.fields))))


def syntax_problems(flat: FlatTemplate) -> Problems:
    """Say where Jinja cannot read a template."""
    try:
        parse_source(flat.source)
    except TemplateSyntaxError as error:
        line, said = error.lineno, error.message or ""
    except RecursionError:
        line, said = 0, "recursion"
    else:
        return ()
    broken = [(tag.offset, fault_alone(tag)) for tag in broken_tags(flat)]
    if line and not any(flat.source.count("\n", 0, at) == line - 1 for at, _ in broken):
        return (_unread(flat.place_of_line(line), said),)
    return tuple(_unread(flat.place(at), told) for at, told in broken) or (
        _unread(flat.place_of_line(line or 1), said),
    )


def _unread(place: Place, said: str) -> Problem:
    return problem("TMPL002", place, detail=chinese_jinja_error(said))


_ALONE = {"if": "{%% %s %%}{%% endif %%}", "for": "{%% %s %%}{%% endfor %%}", "set": "{%% %s %%}"}


_ENDS = ("else", "endif", "endfor")
_WORDS = ("if", "elif", "for", "set", "block", "include", *_ENDS)


def broken_tags(flat: FlatTemplate) -> list[Tag]:
    """List the tags that Jinja cannot read, whatever stands around them."""
    return [tag for tag in flat.tree.walk() if isinstance(tag, Tag) and fault_alone(tag)]


def fault_alone(tag: Tag | Piece) -> str:
    """Return what Jinja says of a tag that it cannot read, nothing of one that it can."""
    if not tag.code:
        return "Expected an expression"
    # An elif is tried as the if that it ends in.
    form = _ALONE.get(tag.word.removeprefix("el"))
    if tag.kind == "variable":
        form = "{{ %s }}"
        if " " in tag.code and tag.word in _WORDS:
            return f"statement {tag.word}"
    elif tag.word in _ENDS and tag.code != tag.word:
        return "else if" if tag.code.startswith("else if") else f"nothing after {tag.word}"
    if form is None:
        return ""
    try:
        environment.parse(form % tag.code.removeprefix("el"))
    except TemplateSyntaxError as error:
        return error.message or "unexpected ''"
    except RecursionError:
        return "recursion"
    return ""


@lru_cache(maxsize=128)
def parse_source(source: str) -> nodes.Template:
    """Read a source; what was read is kept."""
    return environment.parse(source)


@lru_cache(maxsize=128)
def only_prints(source: str, function: str) -> bool:
    """Tell whether a template uses a function only to print what it returns: it decides nothing."""
    tree = environment.parse(source)
    printed: set[int] = set()
    for output in tree.find_all(nodes.Output):
        calls = (node for node in output.nodes if isinstance(node, nodes.Call))
        printed.update(id(call.node) for call in calls)
    names = (node for node in tree.find_all(nodes.Name) if node.name == function)
    return all(id(name) in printed for name in names)


def calls(flat: Located, function: str) -> tuple[tuple[Cited, ...], Problems]:
    """List the calls of 法条 or 规则; arguments that are not constant are refused: unchecked."""
    cited: list[Cited] = []
    found: list[Problem] = []
    nth: Counter[int] = Counter()
    for call in _calls(flat.source):
        if not (isinstance(call.node, nodes.Name) and call.node.name == function):
            continue
        nth[call.lineno] += 1
        place = place_of_name(flat, call.lineno, function, nth[call.lineno])
        try:
            positional = tuple(argument.as_const() for argument in call.args)
            named = tuple((keyword.key, keyword.value.as_const()) for keyword in call.kwargs)
        except nodes.Impossible:
            found.append(problem("TMPL024", place, function=function))
            continue
        cited.append(Cited(positional, named, place))
    return tuple(cited), tuple(found)


@lru_cache(maxsize=128)
def _calls(source: str) -> tuple[nodes.Call, ...]:
    return tuple(parse_source(source).find_all(nodes.Call))


def variables(flat: FlatTemplate) -> tuple[str, ...]:
    """List the variables of the context that a template names, as they are written."""
    tree = parse_source(flat.source)
    own = {name.name for name in tree.find_all(nodes.Name) if name.ctx == "store"} | {"loop"}
    called = {id(call.node) for call in tree.find_all(nodes.Call)}
    inner = {id(member.node) for member in tree.find_all(nodes.Getattr)}
    found: set[str] = set()
    for node in tree.find_all((nodes.Name, nodes.Getattr)):
        name = spelled(node)
        whole = id(node) not in inner and id(node) not in called
        if whole and name.split(".")[0] not in own and "…" not in name:
            found.add(name)
    return tuple(sorted(found))
