"""What is made with its first use is what the library makes at once."""

import dataclasses
import importlib
import itertools
import pickle
import pkgutil
import re
from dataclasses import field
from functools import cached_property
from pathlib import Path

import pytest

import kcbx_docs
from kcbx_docs.light import dataclass, regex


@dataclass(frozen=True)
class Pupil:
    name: str
    marks: list[int] = field(default_factory=list, compare=False)
    school: str = "青石中学"
    seen: dict[str, int] = field(default_factory=dict, init=False, repr=False, compare=False)

    @cached_property
    def short(self) -> str:
        return self.name[0]


@dataclass
class Boarder:
    name: str
    room: int = 0
    floor: int = field(init=False, default=3)

    def __post_init__(self) -> None:
        self.room += 1


def test_it_holds_what_it_is_given():
    one, other = Pupil("普云飞"), Pupil("普云飞", [1], school="白沙小学")
    assert (one.name, one.marks, one.school, one.seen) == ("普云飞", [], "青石中学", {})
    assert (other.marks, other.school) == ([1], "白沙小学")
    assert one.marks is not Pupil("罗玉芬").marks
    assert one.short == "普"
    with pytest.raises(TypeError):
        Pupil()
    with pytest.raises(TypeError):
        Pupil("普云飞", seen={})


def test_it_is_compared_and_hashed_by_what_counts():
    assert Pupil("普云飞") == Pupil("普云飞", [1]) != Pupil("罗玉芬")
    assert len({Pupil("普云飞"), Pupil("普云飞", [1]), Pupil("罗玉芬")}) == 2
    assert Pupil("普云飞") != Boarder("普云飞")
    with pytest.raises(TypeError):
        hash(Boarder("普云飞"))


def test_what_is_frozen_stays():
    with pytest.raises(dataclasses.FrozenInstanceError):
        Pupil("普云飞").name = "罗玉芬"
    with pytest.raises(dataclasses.FrozenInstanceError):
        del Pupil("普云飞").name


def test_the_library_knows_it():
    one = Boarder("普云飞", room=3)
    assert one.room == 4 and one.floor == 3, "nobody gives it, and its default stands"
    assert dataclasses.replace(one, name="罗玉芬").name == "罗玉芬"
    assert dataclasses.asdict(Pupil("普云飞"))["school"] == "青石中学"
    assert pickle.loads(pickle.dumps(Pupil("普云飞"))) == Pupil("普云飞")
    assert repr(Pupil("普云飞")) == "Pupil(name='普云飞', marks=[], school='青石中学')"


def test_a_pattern_is_compiled_with_its_first_use():
    wrong = regex("(")
    with pytest.raises(re.error):
        wrong.match("")
    year = regex(r"(\d{4})年", re.ASCII)
    assert year.fullmatch("2026年")[1] == "2026" and year.pattern == r"(\d{4})年"
    assert year.groups == 1 and not year.search("２０２６年")
    assert pickle.loads(pickle.dumps(year)).sub("今年", "2026年") == "今年"


def test_every_pattern_of_the_program_can_be_compiled():
    """One that is wrong would be found by whoever uses it first."""
    names = [one.name for one in pkgutil.walk_packages(kcbx_docs.__path__, "kcbx_docs.")]
    modules = [importlib.import_module(name) for name in names if not name.endswith("__main__")]
    held = (vars(module).values() for module in modules)
    patterns = [one for one in itertools.chain.from_iterable(held) if isinstance(one, regex)]
    assert len(patterns) > 200 and all(one.groups >= 0 for one in patterns)


def test_the_program_declares_lightly():
    """A command pays for every class and pattern of the modules that it loads."""
    heavy = re.compile(
        r"^from dataclasses import .*\bdataclass\b|^@dataclasses\.|^\w+(?:: [^=]+)? = re\.compile\(",
        re.MULTILINE,
    )
    program = Path(kcbx_docs.__file__).parent
    sources = (path for path in program.rglob("*.py") if path.stem != "light")
    found = [path.name for path in sources if heavy.search(path.read_text("utf-8"))]
    assert found == [], "take dataclass and regex from kcbx_docs.light"
