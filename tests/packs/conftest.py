"""Packs written inside the test: a tree of path -> text."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from kcbx_docs.packs.chain import Chain, chain_of, find_packs
from kcbx_docs.problems import raise_errors

FRONT = "---\n编号: {id}\n标题: 测试文书\n一份对应: 案件\n版式: 执法文书\n---\n"


@pytest.fixture
def packs(tmp_path: Path) -> Callable[[Mapping[str, str]], Path]:
    """Return a function that writes a tree of packs; pack.yaml files are added where missing."""

    def write(tree: Mapping[str, str]) -> Path:
        for name, text in tree.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")
        for name in ("national", "yunnan", "yunnan/yuxi"):
            pack = tmp_path / name / "pack.yaml"
            if pack.parent.is_dir() and not pack.exists():
                pack.write_text(f"名称: {name}\n版本: '1'\n", "utf-8")
        return tmp_path

    return write


@pytest.fixture
def chain(packs: Callable[[Mapping[str, str]], Path]) -> Callable[..., Chain]:
    """Return a function that writes packs and joins those of one id."""

    def join(tree: Mapping[str, str], pack: str = "national") -> Chain:
        found, problems = find_packs([packs(tree)])
        raise_errors(problems)
        return chain_of(pack, found)

    return join
