"""What in kcbx.yaml would make papers unlawful, or print the law and the names of another place."""

from collections.abc import Iterator

from kcbx_docs.case.office_faults import office_faults
from kcbx_docs.case.workspace import Workspace
from kcbx_docs.packs.regions import of_another_county
from kcbx_docs.problems import Problem, problem
from kcbx_docs.reading import Loc, Source


def workspace_faults(workspace: Workspace, source: Source) -> Iterator[Problem]:
    """Yield what is wrong with the organs, the courts and the clauses, and which organ is called
    after a county that the region is not of.
    """
    yield from office_faults(workspace, source)
    for number, organ in enumerate(workspace.organs):
        if unit := of_another_county(workspace.region, organ.name):
            loc: Loc = ("其他机关", number - 1) if number else ("机关",)
            place = source.place((*loc, "名称"), value=True)
            facts = {"name": organ.name, "unit": unit, "region": workspace.region}
            yield problem("WORK019", place, **facts)
