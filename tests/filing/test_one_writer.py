"""Two runs never write into one output folder at the same time; a run that died keeps nobody out."""

import pytest

from kcbx_docs.filing import lock
from kcbx_docs.problems import UserError


def test_a_second_writer_waits_and_is_told_who_writes(tmp_path, monkeypatch):
    monkeypatch.setattr(lock, "PATIENCE", 0.0)
    told = []
    with (
        lock.only_writer(tmp_path, "2026-001"),
        pytest.raises(UserError) as refused,
        lock.only_writer(tmp_path, "2026-002", told.append),
    ):
        pass
    (problem,) = refused.value.problems
    assert problem.code == "PAPR018" and "正在写「2026-001」" in problem.message + problem.hint
    assert set(told) == {"另一次运行正在写文书，等它写完"}


def test_after_a_run_that_failed_the_next_one_writes(tmp_path):
    with pytest.raises(RuntimeError), lock.only_writer(tmp_path, "2026-001"):
        raise RuntimeError
    with lock.only_writer(tmp_path, "2026-002"):
        assert "2026-002" in (tmp_path / lock.LOCK).read_text("utf-8")
    assert (tmp_path / lock.LOCK).read_text("utf-8") == ""
