"""Chinese justification: where a line may be stretched, and that nobody else is touched."""

import itertools
import random
from importlib import import_module

import pytest

from kcbx_docs.problems import UserError
from kcbx_docs.render import justify
from kcbx_docs.render.justify import can_stretch, cjk_justification
from kcbx_docs.render.native import load_weasyprint
from tests.render.looks import is_flush
from tests.render.measure import MM, pages, rules
from tests.render.paper import printed


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("义", "务", True),
        ("，", "义", True),
        ("义", "2", True),
        ("6", "年", True),
        ("a", " ", False),
        (" ", "b", True),
        ("a", "b", False),
        ("2", "6", False),
        ("—", "—", False),
        ("…", "…", False),
        ("义", "—", True),
        ("依", "·", True),
    ],
)
def test_gaps_open_beside_chinese_characters_and_after_spaces(
    left: str, right: str, expected: bool
) -> None:
    assert can_stretch(left, right) is expected


@pytest.mark.pdf
def test_an_unknown_version_of_the_engine_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(load_weasyprint(), "VERSION", "71.0")
    justify.install.cache_clear()
    with pytest.raises(UserError, match=r"REND100.*71\.0.*70\.x"), cjk_justification():
        pass
    monkeypatch.undo()


@pytest.mark.pdf
def test_others_who_use_the_engine_get_its_own_lines() -> None:
    html = f"<style>body {{ width: 300pt; font-size: 16pt; text-align: justify }}</style>{'义务教育，' * 20}"
    weasyprint = load_weasyprint()
    before = weasyprint.HTML(string=html).write_pdf()
    with cjk_justification():
        ours = weasyprint.HTML(string=html).write_pdf()
    assert weasyprint.HTML(string=html).write_pdf() == before
    assert ours != before


@pytest.mark.pdf
def test_putting_it_in_place_twice_changes_nothing() -> None:
    justify.install()
    justify.install.cache_clear()
    first = import_module("weasyprint.layout.inline").justify_line
    justify.install()
    assert import_module("weasyprint.layout.inline").justify_line is first


HAN = (
    "依照中华人民共和国义务教育法第五条适龄儿童少年的父母或者其他法定监护人应当保证按时入学喆堃䶮㛃"
)


def _piece(dice: random.Random) -> str:
    def han(most: int) -> str:
        return "".join(dice.choices(HAN, k=dice.randint(1, most)))

    return dice.choice(
        (
            han(12),
            han(8),
            han(5),
            dice.choice("，。、；：？！"),
            f"“{han(4)}”",
            f"《{han(6)}》（{han(3)}）",
            "〔2026〕12号",
            str(dice.randint(1, 10 ** dice.randint(1, 18))),
            "2026年9月1日",
            "——",
            "……",
            "word",
            "e-mail address",
            " ",
            "\u3000",
            "阿依·古丽",
            "50%",
            "①②",
            "１２３",
            "A公司",
            f'<blank name="空" width="{dice.randint(1, 12)}">{han(6)}</blank>',
            '<blank name="空" width="5"/>',
            f'<blank name="空" width="4">{han(30)}</blank>',
            f"<b>{han(14)}</b>",
            f'<span class="楷体">{han(9)}<b>1{han(2)}</b></span>',
            f'<span class="下划线">{han(14)}</span>',
        )
    )


@pytest.mark.pdf
@pytest.mark.parametrize("seed", range(3))
def test_any_mixture_ends_at_the_right_edge(seed: int) -> None:
    dice = random.Random(seed)
    paragraphs = [
        "段首" + "".join(_piece(dice) for _ in range(dice.randint(10, 60))) for _ in range(20)
    ]
    data = printed("".join(f"<p>{paragraph}</p>" for paragraph in paragraphs))
    flow = [(line, number) for number, page in enumerate(pages(data)) for line in page[:-1]]
    full = [
        here for here, (after, _) in itertools.pairwise(flow) if not after.text.startswith("段首")
    ]
    assert len(full) > 60
    for line, number in full:
        drawn = [char.right for char in line.chars if char.text != "\u3000"]
        under = [
            right
            for _, top, right, bottom in rules(data, number)
            if top < line.baseline + 6 and bottom > line.baseline
        ]
        assert is_flush(line, 184 * MM, drawn + under), line.text


@pytest.mark.pdf
@pytest.mark.parametrize("elastic", ["\u3000", " ", '<blank name="空" width="3"/>'])
def test_blanks_and_spaces_take_what_would_look_stretched(elastic: str) -> None:
    data = printed(
        f'<p class="平段">学校联系电话以及教育体育局{elastic}联系电话义务教育专用530102201001011234567890</p>'
    )
    chars = [char for char in pages(data)[0][0].chars if char.text != "\u3000"]
    *ordinary, widest = sorted(
        after.left - before.left for before, after in itertools.pairwise(chars)
    )
    assert chars[-1].right == pytest.approx(184 * MM, abs=0.5)
    assert max(ordinary) <= 15.8 + 16 / 8 + 0.1
    assert widest > 2 * 15.8
