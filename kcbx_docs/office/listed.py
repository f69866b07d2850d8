"""One line a case: its state, the office's own next act, what is due; and the same as data."""

from collections.abc import Iterator, Sequence
from datetime import date

from kcbx_docs.office.coming import Coming
from kcbx_docs.office.outlook import Outlook
from kcbx_docs.office.summary import gathered
from kcbx_docs.office.todo import LATER, Todo, todo_data
from kcbx_docs.problems import errors
from kcbx_docs.words import days_left, with_doubt


def states(case: Outlook) -> str:
    """Write the state of each guardian, or the state once where all are in the same."""
    if len({state for _, state in case.states}) == 1:
        return case.states[0][1]
    return "；".join(f"{name} {state}" for name, state in case.states)


_OURS = ("机关", "学校")


def first_act(case: Outlook, day: date) -> tuple[str, str, str, str]:
    """Tell the office's own next act, with its last day if there is one; else what others owe."""
    due, todos = case.first, case.todos
    if (due and case.urgency[0] == 0 and not due.rule) or (not todos and due):
        return str(due.by), days_left((due.by - day).days), due.who, what(due)
    if not todos:
        return "", "", "", ""
    people = [name for name, _ in case.states]
    now = [todo for todo in todos if todo.when not in LATER]
    acts = "；".join(_acts(now or todos, people))
    if due and due.who in _OURS:
        until = f"{acts}（期限：{what(due)}）"
        return str(due.by), days_left((due.by - day).days), due.who, until
    if now:
        return "", "现在", now[0].who, acts
    since, left = _from_when(todos, day)
    return since, left, todos[0].who, acts


def _from_when(todos: Sequence[Todo], day: date) -> tuple[str, str]:
    """Tell from when something may be done; where all is on its way, only that it is awaited."""
    since = min((todo.since for todo in todos if todo.when == "以后" and todo.since), default=None)
    return (f"{since}起", days_left((since - day).days)) if since else ("", "等待")


def _acts(todos: Sequence[Todo], people: Sequence[str]) -> Iterator[str]:
    """Name the steps, each once with whom it is for; what waits for people is said as that."""
    for when in dict.fromkeys(todo.when for todo in todos):
        same = [todo_data(todo) for todo in todos if todo.when == when]
        lead = _LEADS.get(when, "")
        yield lead + "、".join(gathered(same, people))


_LEADS = {
    "由人决定": "由人决定：",
    "说明理由": "须说明理由：",
    "挡住": "被挡住：",
    "等待": "等结果：",
    "等别人": "等别人做：",
}


def what(coming: Coming) -> str:
    """Write what is due, with its paper."""
    paper = f"《{coming.title}》" if coming.title else ""
    detail = f"：{coming.detail}" if coming.detail else ""
    return with_doubt(coming.what + detail + paper, coming.doubted)


def case_data(case: Outlook, day: date) -> dict[str, object]:
    """Return where a case stands; the places of what is wrong with it are the caller's to name."""
    return {
        "file": case.path,
        "case": case.case_id,
        "pupil": case.pupil,
        **({"kind": case.kind} if case.kind else {}),
        "office": case.office,
        "guardians": [{"name": name, "state": state} for name, state in case.states],
        "next": coming_data(case.first, day) if case.first else None,
        "todos": [todo_data(todo) for todo in case.todos],
        "urgency": case.urgency[:2],
        "errors": len(errors(case.problems)),
    }


def coming_data(coming: Coming, day: date) -> dict[str, object]:
    """Return something that is due, for ``--json``."""
    return {
        "what": coming.what,
        **({"detail": coming.detail} if coming.detail else {}),
        "by": coming.by,
        "days_left": (coming.by - day).days,
        "who": coming.who,
        "guardian": coming.guardian,
        "document": coming.document,
        "title": coming.title,
        "rule": coming.rule,
        "service_doubted": coming.doubted,
        "basis": coming.basis,
        "warnings": coming.warnings,
    }
