"""A correction in words changes no sum, no period and nobody: what has a key is asked by its key."""

from datetime import date

import pytest

from kcbx_docs.case.files import LoadedCase
from kcbx_docs.issuing.said_of_correction import faults_of_words
from kcbx_docs.office.book import event_in, issues_in
from kcbx_docs.office.opened import open_office
from tests.issuing.test_later import path
from tests.kinds.world import ABSENT, FATHER, MOTHER, case_text

assert path  # the fixture of an order to the father that ends on 2026-03-30


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("改正期限改为2026年10月4日前", "ISSU124"),
        ("请在5日内送孩子到校", "ISSU124"),
        ("笔误：期限应为5日", "ISSU124"),
        ("罚款数额更正为1000元", "ISSU124"),
        ("笔误：罚款应为一千元", "ISSU124"),
        ("更正为一千元", "ISSU124"),
        ("笔误：对象更正为李桂仙", "ISSU125"),
        ("对象更正为普正花", "ISSU126"),
        ("成文日期应为2026年3月11日", "ISSU126"),
        ("笔误：普正华的「华」误作「花」", ""),
        ("笔误：落款日期应为2026年3月12日", ""),
        ("更正报到地点", ""),
        ("报到地点为青石中学3号楼", ""),
        ("联系电话为0877-1234567", ""),
    ],
)
def test_words_change_neither_sum_nor_period_nor_addressee(path, content: str, code: str):
    path.write_text(case_text(ABSENT, guardians=(FATHER, MOTHER)))
    office = open_office(path)
    loaded, told = office.read(path, date(2026, 3, 20))
    assert isinstance(loaded, LoadedCase), told
    (issue,) = issues_in(office.recorded(loaded))
    own = event_in(issue.recorded.data["event"])
    found = [one.code for one in faults_of_words(loaded, issue, own, own, content)]
    assert found == ([code] if code else [])
