"""The pages say what the commands say: every sample, every case."""

import json

from kcbx_docs.desk.page_words import OFFICE, page_words
from tests.cli.office import run
from tests.desk.conftest import DAY, asked, desk_at, let_in, words


def test_the_list_is_that_of_status(office) -> None:
    told = asked(office, "status")
    page = words(let_in(desk_at(office)).get("/cases").get_data(as_text=True))
    assert len(told["cases"]) > 5
    for case in told["cases"]:
        assert case["case"].replace(" ", "") in page
        for person in case["guardians"]:
            assert person["state"] in page, case["case"]


def test_what_is_due_is_that_of_deadlines(office) -> None:
    told = asked(office, "deadlines")
    page = let_in(desk_at(office)).get("/days").get_data(as_text=True)
    shown, rows = words(page), page.split("<h2>全部期限</h2>")[1].count("<tr>") - 1
    assert rows == len(told["deadlines"]) > 5
    for due in told["deadlines"]:
        assert f"{due['by']}" in shown
        assert words(due["what"]) in shown
        assert all(words(article) in shown for article in due["basis"])


def test_every_step_of_every_case_is_that_of_next(office) -> None:
    desk = desk_at(office)
    browser, steps = let_in(desk), 0
    for path in desk.cases:
        done = run(office, "next", str(path), "--as-of", str(DAY), "--json")
        for case in json.loads(done.stdout)["cases"]:
            page = words(browser.get(f"/cases/{desk.called(path)}").get_data(as_text=True))
            for person in case.get("guardians", ()):
                assert words(person["name"] + "（" + (person["relation"] or "监护人")) in page
                assert person["state"] in page
                for option in (*person["allowed"], *person["blocked"]):
                    steps += 1
                    told = (option["name"], *option["basis"])
                    for one in option["findings"]:
                        said = page_words(one["code"], one["reason"], one["hint"], {})
                        told += (said.message, said.hint.replace("kcbx.yaml", OFFICE))
                    assert [one for one in told if words(one) not in page] == []
    assert steps > 50
