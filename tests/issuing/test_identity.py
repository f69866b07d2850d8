"""What tells one attempt at service from another is hashed: old keys must be found again."""

import pytest

from kcbx_docs.case.event import Event
from kcbx_docs.issuing.clerk import attempt_data, identity_of, key_of_act
from kcbx_docs.ledger.model import canonical

EVENT = Event.model_validate(
    {"日期": "2026-03-13", "事项": "送达", "文书": "甲", "方式": "直接", "时间": "09:30"}
)


@pytest.mark.parametrize(
    ("to", "stored", "key"),
    [
        (
            {"guardian": "普正华"},
            '{"clock":"09:30:00","day":"2026-03-13","guardian":"普正华","mail":"",'
            '"method":"直接","outcome":"已送达","paper":"order青政责改〔2026〕1号"}',
            "送达 35b1de06469512fb93e4aaa53da79e03ca0fb8609f88bd82678dd72381ad99e3",
        ),
        (
            {"organ": "云岭县教育体育局"},
            '{"clock":"09:30:00","day":"2026-03-13","mail":"","method":"直接",'
            '"organ":"云岭县教育体育局","outcome":"已送达","paper":"order青政责改〔2026〕1号"}',
            "送达 125c977731d3f740ecc576bcb9530f0a7c0cdfb4aa14e28be61fb65fa01cd730",
        ),
    ],
)
def test_the_bytes_that_are_hashed_stay(to: dict[str, str], stored: str, key: str) -> None:
    told = identity_of("order", "青政责改〔2026〕1号", to, EVENT)
    assert canonical(told).decode("utf-8") == stored
    assert key_of_act("送达", "2026-001", told) == key


def test_what_is_kept_names_the_guardian_or_the_organ() -> None:
    person = attempt_data(3, "order", "1号", {"guardian": "普正华"}, EVENT)
    organ = attempt_data(None, "order", "1号", {"guardian": "", "organ": "甲局"}, EVENT)
    assert [*person] == ["issue", "document", "number", "guardian", "event"]
    assert [*organ] == ["issue", "document", "number", "guardian", "organ", "event"]
