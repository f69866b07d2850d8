"""Who sits at the desk of a machine: the ledger names him, and not the login of the machine."""

from flask import request

from kcbx_docs.case.workspace import Workspace
from kcbx_docs.ledger.who import at_this_machine
from kcbx_docs.office.reason import who_answers

_LONGEST = 20


class Seat:
    """Who sits at the desk, as long as it is open; nobody has said so at first."""

    def __init__(self) -> None:
        self.name = ""

    @property
    def login(self) -> str:
        """Return whom the ledger names while nobody has said who he is."""
        return at_this_machine().name


def name_said() -> str:
    """Return the name of the present form, on one line and no longer than names are."""
    return "".join(filter(str.isprintable, request.form.get("name", "")))[:_LONGEST].strip()


def who_may_sit(workspace: Workspace) -> list[str]:
    """List the people of a workspace who are likely to sit there."""
    principals = [school.principal for school in workspace.schools if school.principal]
    return [*dict.fromkeys((*who_answers(workspace), *principals))]
