"""Spoil the samples at random and run the commands on them: nothing may crash, hang, eat the memory
or steer the screen.

    python -m benchmarks.fuzz check --first 0 --count 1000

A seed is a number: it decides which file is spoilt, where and how, and always spoils it alike.
Every run is in this process: what is measured is the program, not its start.
"""

import io
import json
import os
import random
import re
import resource
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import Any

import click
import yaml

from kcbx_docs.cli import kcbx

ROOT = Path(__file__).resolve().parents[1]
DAY = "2026-11-22"
SLOW = 20
"""Seconds after which a run counts as hanging."""
MEMORY = 3_000_000_000
STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
FILES = {
    "案件": ("cases/到责令.yaml", "cases/两位监护人.yaml"),
    "单位": ("kcbx.yaml",),
    "批次": ("cases/开学告知.yaml",),
    "公文": ("cases/协查函.yaml", "cases/通知.yaml"),
    "名册": ("cases/名册.xlsx",),
    "模板包": ("templates/pack.yaml", "templates/law.yaml", "templates/procedure.yaml"),
    "模板": (
        "templates/documents/dropout-report.html",
        "templates/documents/order-to-correct.html",
    ),
}
WEIGHTS = {"案件": 8, "单位": 4, "批次": 2, "公文": 2, "名册": 2, "模板包": 3, "模板": 3}
OWN_PACK = (
    "名称: 云岭县\n行政区划代码: '530999'\n版本: '2026.11'\n来源: 举例\n核对日期: 2026-11-22\n"
    "标题:\n  order-to-correct: 责令限期改正通知书\n"
)
"""A pack of the office's own, so that there is something to spoil."""
OTHER = "guangxi"
"""Whose law and steps it takes over: those of its own province are there already."""
VALUES: tuple[Any, ...] = (
    *(
        "",
        " ",
        "是",
        "否",
        "未知",
        "普云飞",
        "2026-09-01",
        "2026-02-30",
        "0001-01-01",
        "9999-12-31",
    ),
    *(
        "20260901",
        "二〇二六年九月一日",
        "0",
        "-1",
        "1e999",
        "9" * 40,
        "NaN",
        "0x10",
        "010",
        "12:30",
    ),
    *(
        "{{ 7 * 7 }}",
        "{% for a in b %}",
        "<b>&amp;</b>",
        "]]>",
        "../../etc/passwd",
        "C:\\a",
        "\\\\h\\a",
    ),
    *(
        "a" * 3_000,
        "甲" * 3_000,
        "𠮷" * 50,
        "甲\n乙",
        "=1+1",
        "@a",
        "*a",
        "&a",
        "!!python/none",
        "|",
        ">",
    ),
    *("530111201009011234", "13800000000", "云政罚〔2026〕1号", "$", "`", "%s", "{0}", "{name}"),
    *(None, [], {}, [[]], {"甲": {}}, ["甲", {"乙": []}]),
)
STRAY = "\0\x1b\x9b\x7f\u202e\u200b\ue000\ufeff\t：，　“【{[&*!|>%@`#'\"-?,:\r\ud800"


@dataclass
class Tally:
    """What came of the runs."""

    ends: Counter[str] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)
    faults: list[tuple[int, str]] = field(default_factory=list)
    slowest: float = 0.0


def office(folder: Path) -> None:
    """Lay out the samples with a pack of the office's own."""
    shutil.copy(ROOT / "kcbx.yaml", folder)
    (folder / "cases").mkdir()
    for names in FILES.values():
        for name in names:
            if name.startswith("cases/"):
                shutil.copy(ROOT / name, folder / name)
    documents = folder / "templates/documents"
    documents.mkdir(parents=True)
    (folder / "templates/pack.yaml").write_text(OWN_PACK, "utf-8")
    for name in ("law.yaml", "procedure.yaml"):
        text = (ROOT / "templates" / OTHER / name).read_text("utf-8")
        (folder / "templates" / name).write_text(text, "utf-8")
    for path in (ROOT / "templates/yunnan/documents").glob("*.html"):
        if path.name in {Path(name).name for name in FILES["模板"]}:
            shutil.copy(path, documents)


def spoil(folder: Path, chance: random.Random) -> tuple[str, str]:
    """Spoil one file; return its kind and name. Files that are not meant are as they were."""
    kind = chance.choices(list(WEIGHTS), list(WEIGHTS.values()))[0]
    name = chance.choice(FILES[kind])
    drop_others(folder, kind, name)
    path = folder / name
    for _ in range(chance.choice((1, 1, 1, 2, 3))):
        if path.suffix == ".xlsx":
            path.write_bytes(of_bytes(path.read_bytes(), chance))
        elif path.suffix == ".yaml" and chance.random() < 0.6:
            path.write_bytes(of_tree(path.read_bytes(), chance))
        else:
            path.write_bytes(of_text(path.read_bytes(), chance))
    return kind, name


def drop_others(folder: Path, kind: str, name: str) -> None:
    """Take the office's own pack away unless it is to be spoilt: most offices have none."""
    if kind not in ("模板包", "模板"):
        shutil.rmtree(folder / "templates")
    elif kind == "模板":
        for other in ("law.yaml", "procedure.yaml"):
            (folder / "templates" / other).unlink()


def of_tree(data: bytes, chance: random.Random) -> bytes:
    """Change one place of the structure, whatever it holds."""
    try:
        root = yaml.load(data, Loader=yaml.BaseLoader)
    except (yaml.YAMLError, ValueError):
        return of_text(data, chance)
    places = list(_places(root)) if isinstance(root, dict | list) else []
    if not places:
        return of_text(data, chance)
    parent, key = chance.choice(places)
    _change(parent, key, chance.choice(places), chance)
    try:
        text = yaml.dump(root, allow_unicode=True, sort_keys=False, width=1_000)
    except RecursionError:
        return data
    return text.encode("utf-8", "surrogatepass")


def _places(node: Any) -> Iterator[tuple[Any, Any]]:
    items = node.items() if isinstance(node, dict) else enumerate(node)
    for key, value in list(items):
        yield node, key
        if isinstance(value, dict | list):
            yield from _places(value)


def _change(parent: Any, key: Any, other: tuple[Any, Any], chance: random.Random) -> None:
    act = chance.randrange(7)
    if act == 0:
        del parent[key]
    elif act == 1 and isinstance(parent, dict):
        parent[chance.choice(["甲", "", str(other[1]), str(key) + "x"])] = parent.pop(key)
    elif act == 2 and isinstance(parent, list):
        parent += [parent[key]] * chance.choice((1, 3, 200))
    elif act == 3:
        copied = json.loads(json.dumps(other[0][other[1]]))
        parent[key] = copied
    elif act == 4 and isinstance(parent[key], str) and parent[key]:
        parent[key] = _stray_in(parent[key], chance)
    else:
        parent[key] = chance.choice(VALUES)


def _stray_in(text: str, chance: random.Random) -> str:
    at = chance.randrange(len(text) + 1)
    return (
        text[:at] + chance.choice(STRAY + "0123456789年月日甲") + text[at + chance.randrange(2) :]
    )


def of_text(data: bytes, chance: random.Random) -> bytes:
    """Change one place of the text, as slips of the hand and broken disks do."""
    lines = data.decode("utf-8", "replace").split("\n")
    at = chance.randrange(len(lines))
    line = lines[at]
    act = chance.randrange(10)
    if act == 0:
        del lines[at]
    elif act == 1:
        lines[at:at] = [line] * chance.choice((1, 2, 500))
    elif act == 2:
        lines[at] = chance.choice((" ", "  ", "\t", "　")) + line
    elif act == 3:
        lines[at] = line[1:]
    elif act == 4:
        other = chance.randrange(len(lines))
        lines[at], lines[other] = lines[other], lines[at]
    elif act == 5:
        lines[at:] = []
    elif act == 6:
        lines[at] = re.sub(r"(: |：).*", lambda found: found[1] + str(chance.choice(VALUES)), line)
    elif act == 7:
        lines[at] = line.replace(": ", chance.choice(("：", ":", " : ", ": &a ", ": *a ", ": [[")))
    else:
        lines[at] = _stray_in(line, chance)
    return "\n".join(lines).encode("utf-8", "surrogatepass")


def of_bytes(data: bytes, chance: random.Random) -> bytes:
    """Change a few bytes of a packed file, or cut it off."""
    raw = bytearray(data)
    if chance.random() < 0.2:
        return bytes(raw[: chance.randrange(len(raw))])
    for _ in range(chance.choice((1, 4, 40))):
        raw[chance.randrange(len(raw))] = chance.randrange(256)
    return bytes(raw)


def words_for(command: str, kind: str, name: str) -> list[str]:
    """Write the command that reads what was spoilt."""
    main = {
        "批次": "cases/开学告知.yaml",
        "名册": "cases/开学告知.yaml",
        "公文": name,
        "案件": name,
    }
    file = main.get(kind, "cases/到责令.yaml")
    if command == "next" and kind in ("批次", "名册", "公文"):
        file = "cases"
    more = ["--format", "docx"] if command == "render" else []
    if command == "render" and kind in ("批次", "名册"):
        more += ["--only", "七年级1班"]
    return [command, file, "--as-of", DAY, *more]


class HangsError(BaseException):
    """A run takes too long."""


@contextmanager
def at_most(seconds: int) -> Iterator[None]:
    """End what takes longer."""

    def stop(_signal: int, _frame: FrameType | None) -> None:
        raise HangsError

    signal.signal(signal.SIGALRM, stop)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)


def run(words: list[str]) -> tuple[str, str]:
    """Run a command; return how it ended and what it said."""
    out = io.StringIO()
    try:
        with at_most(SLOW), redirect_stdout(out), redirect_stderr(out):
            code = kcbx.main(words, prog_name="kcbx", standalone_mode=False) or 0
    except SystemExit as error:
        code = int(error.code or 0)
    except HangsError:
        return "停不下来", out.getvalue()
    except (click.ClickException, Exception) as error:  # noqa: BLE001 - that is what is looked for
        return "崩溃", f"{out.getvalue()}\n{type(error).__name__}: {error}"
    said = out.getvalue()
    if "CLI001" in said or "Traceback" in said or code not in (0, 1):
        return "崩溃", said
    if STEERING.search(said):
        return "操纵屏幕", said
    if code == 0:
        return ("没有错误" if "个提醒" not in said else "只有提醒"), said
    return ("说明了错误" if re.search(r"\[[A-Z]+\d+\]", said) else "没有说明"), said


FAULTS = ("崩溃", "停不下来", "操纵屏幕", "没有说明")


def one(command: str, seed: int, tally: Tally) -> None:
    """Spoil the samples as a seed says, run a command on them, and count."""
    chance = random.Random(f"{command} {seed}")
    with tempfile.TemporaryDirectory(dir=os.environ.get("FUZZ_TMP")) as folder:
        office(Path(folder))
        kind, name = spoil(Path(folder), chance)
        before = Path.cwd()
        os.chdir(folder)
        began = time.process_time()
        try:
            end, said = run(words_for(command, kind, name))
        finally:
            os.chdir(before)
        taken = time.process_time() - began
    tally.ends[end] += 1
    tally.kinds[kind] += 1
    tally.slowest = max(tally.slowest, taken)
    if end in FAULTS:
        tally.faults.append((seed, f"{end}　{kind}　{name}　{said[-400:]!r}"))


def main(words: list[str], tell: Callable[[str], object] = print) -> int:
    """Run the seeds that were asked for and print the counts as JSON."""
    command, first, count = words[0], int(words[words.index("--first") + 1]), 0
    count = int(words[words.index("--count") + 1])
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    tally = Tally()
    for seed in range(first, first + count):
        one(command, seed, tally)
    for seed, told in tally.faults:
        tell(f"{command} {seed}: {told}")
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    told = {
        "command": command,
        "first": first,
        "count": count,
        "ends": dict(tally.ends),
        "kinds": dict(tally.kinds),
        "slowest": round(tally.slowest, 1),
        "memory": memory,
    }
    tell(json.dumps(told, ensure_ascii=False))
    return int(bool(tally.faults))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
