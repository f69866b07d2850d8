"""Who may come in: only the browser with the badge, only from the desk's own pages."""

from dataclasses import replace

import pytest

from kcbx_docs.desk.door import Door, Knock

HOME = "http://127.0.0.1:8700"
DOOR = Door(frozenset({"127.0.0.1:8700", "localhost:8700"}), "kcbx-desk-8700")
LOOKS = Knock("GET", "127.0.0.1:8700", {}, DOOR.badge, HOME)
OWN = {"Sec-Fetch-Site": "same-origin", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}
SENDS = replace(LOOKS, method="POST", headers=OWN)


@pytest.mark.parametrize(
    "knock",
    [
        LOOKS,
        replace(LOOKS, host="localhost:8700"),
        replace(LOOKS, headers={"Sec-Fetch-Site": "none", "Sec-Fetch-Mode": "navigate"}),
        SENDS,
        # Chromium sends no Sec-Fetch headers over plain http to another machine of the house.
        replace(SENDS, headers={"Origin": HOME}),
        # A bookmark on another site: what is only looked at changes nothing.
        replace(LOOKS, headers={"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"}),
    ],
    ids=["看", "另一个本机名字", "直接打开", "自己的表", "局域网上自己的表", "从别处点进来看"],
)
def test_its_own_pages_come_in(knock: Knock) -> None:
    assert DOOR.refused(knock) is None


@pytest.mark.parametrize(
    ("knock", "status"),
    [
        (replace(LOOKS, host="evil.example"), 421),
        (replace(LOOKS, host="127.0.0.1:8701"), 421),
        (replace(LOOKS, host="127.0.0.1"), 421),
        (replace(LOOKS, cookie=""), 401),
        (replace(LOOKS, cookie=DOOR.key), 401),
        (replace(LOOKS, cookie="汉字"), 401),
        (replace(SENDS, headers={**OWN, "Sec-Fetch-Site": "same-site"}), 403),
        (replace(SENDS, headers={**OWN, "Sec-Fetch-Site": "cross-site"}), 403),
        (replace(SENDS, headers={}), 403),
        (replace(SENDS, headers={"Origin": "null"}), 403),
        (replace(SENDS, headers={"Origin": "http://127.0.0.1:8701"}), 403),
        (
            replace(LOOKS, headers={"Sec-Fetch-Site": "same-origin", "Sec-Fetch-Dest": "iframe"}),
            403,
        ),
        (replace(LOOKS, headers={"Sec-Fetch-Site": "same-site", "Sec-Fetch-Mode": "no-cors"}), 403),
    ],
    ids=[
        "改了指向的名字",
        "别的端口",
        "没有端口",
        "没有徽章",
        "拿钥匙当徽章",
        "乱写的徽章",
        "同一台电脑别的端口发来",
        "别的网站发来",
        "不说从哪里来",
        "来处是 null",
        "来处是别的端口",
        "框在别的页里",
        "别的页里的图片、脚本",
    ],
)
def test_others_are_refused(knock: Knock, status: int) -> None:
    refusal = DOOR.refused(knock)
    assert refusal is not None
    assert refusal.status == status


def test_keys_are_never_shown_and_never_the_same() -> None:
    other = Door(DOOR.hosts, DOOR.cookie)
    assert DOOR.badge not in repr(DOOR)
    assert DOOR.key not in repr(DOOR)
    assert len({DOOR.key, DOOR.badge, other.key, other.badge}) == 4
    assert not DOOR.opened_by(other.key)
