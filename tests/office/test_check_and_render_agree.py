"""Whatever slip a file has, check, render and next say the same of it, and say where it stands.

A thousand of them: ``python -m benchmarks.check_and_render``.
"""

import pytest

from tests.office.agreeing import Pair, Sample, samples_in

SEEDS = 60


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> list[Sample]:
    return samples_in(tmp_path_factory.mktemp("slips"))


@pytest.mark.parametrize("start", range(6))
def test_check_and_render_say_the_same_of_a_file_with_slips(
    samples: list[Sample], start: int
) -> None:
    cases = [sample for sample in samples if "名册" not in str(sample.data)]
    for seed in range(start, SEEDS, 6):
        pair = Pair(cases[seed % len(cases)], seed)
        assert list(pair.differences()) == [], f"{seed} {pair.sample.name} {pair.slip}"


def test_a_piece_of_a_template_in_a_value_is_told_where_it_is_written(
    samples: list[Sample],
) -> None:
    """Seed 5 once put one into an interview: render named the template, check said nothing."""
    chosen = next(sample for sample in samples if sample.name == "到责令")
    pair = Pair(chosen, 0)
    text = chosen.path.read_text("utf-8").replace(
        "案件: 控辍个案", "案件: 控辍个案\n备注: '{{ 甲 }}'"
    )
    chosen.path.write_text(text, "utf-8")
    for told in (pair.checked, pair.rendered):
        (one,) = [p for p in told if p.code == "CASE095"]
        assert one.place.path == "备注" and one.place.line == 2
