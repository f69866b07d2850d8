"""The samples that come with the program, planned as a place words them: what every document of a
place looks like. Everybody in them is invented.
"""

import datetime
import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import chain
from pathlib import Path

import kcbx_docs
from kcbx_docs.batch.plan import (
    BatchDesk,
    ChosenDocument,
    NumberedPupil,
    class_sheets,
    documents_of,
    filled_in,
    groups_of,
    numbered_by_row,
    own_facts,
    pupil_papers,
)
from kcbx_docs.case.files import (
    WORKSPACE_FILE,
    Loaded,
    LoadedBatch,
    LoadedCase,
    LoadedLetter,
    LoadedWork,
    LoadedWorkspace,
    load_file,
    load_workspace,
)
from kcbx_docs.case.roster import read_roster
from kcbx_docs.dossier.volumes import own_sheet
from kcbx_docs.light import dataclass
from kcbx_docs.office.opened import Office, open_law
from kcbx_docs.packs.chain import LOCAL, PackFolder, read_pack
from kcbx_docs.packs.library import Library
from kcbx_docs.packs.model import Unit
from kcbx_docs.papers.context import TermFacts, facts
from kcbx_docs.papers.desk import Desk
from kcbx_docs.papers.dossier_facts import DossierFacts, DossierLack, DossierRow, DossierStandIn
from kcbx_docs.papers.paper import Paper
from kcbx_docs.papers.plan import plan_case, plan_letter
from kcbx_docs.papers.reminder_facts import ReminderFacts, ReminderPart
from kcbx_docs.papers.ticket_facts import (
    HeldFacts,
    TicketClass,
    TicketFacts,
    TicketFile,
    TicketPupil,
)
from kcbx_docs.papers.work_plan import plan_work
from kcbx_docs.problems import Place, Problems, raise_errors

TEMPLATES = "templates"
DAY = datetime.date(2026, 11, 22)
"""On which the samples are looked at."""
CODE = "AAAA-BBBB-CCCC-DDDD-EEEE-F"
"""What an issued paper and its slip bear besides: it needs room, too."""
_KEPT = 32
"""Offices of samples kept open: there are a few in each place."""
UNITS_OF_CASES: tuple[Unit, ...] = ("案件", "监护人", "劝返", "事项", "送达文书")

Planned = tuple[tuple[Paper, ...], Problems]


def samples_root() -> Path:
    """Return the folder of the samples: inside the wheel, or beside the source tree."""
    package = Path(kcbx_docs.__file__).parent
    inside = package / "samples"
    return inside if inside.is_dir() else package.parent


@dataclass(frozen=True)
class Samples:
    """The samples as one place words them."""

    root: Path
    library: Callable[[PackFolder | None], Library]
    """The packs of the place, with the pack of a sample's own workspace on top, if it has one."""

    def planned(self) -> Iterator[tuple[str, tuple[Paper, ...], Problems]]:
        """Yield the papers of every sample."""
        for name, office, loaded in self.files():
            yield name, *_planned(office, loaded)

    def drafts(self) -> Iterator[tuple[str, tuple[Paper, ...], Problems]]:
        """Yield, of the case with the longest history, every paper that a case may have, lawful or
        not, and the sheets of its dossier.
        """
        name, office, loaded = max(self.cases(), key=lambda one: len(one[2].case.history))
        desk = Desk(office, office.docket(loaded), DAY, draft=True)
        units = (office.library.ids_of(unit) for unit in UNITS_OF_CASES)
        papers, found = plan_case(desk, [*chain.from_iterable(units)])
        yield name, (*papers, *dossier_sheets(desk)), found

    def asked(self, documents: Sequence[str], *, draft: bool) -> Iterator[Paper]:
        """Yield papers that people choose, of every case that may have them, or their drafts."""
        for _, office, loaded in self.cases():
            desk = Desk(office, office.docket(loaded), DAY, draft=draft)
            for name in documents:
                yield from plan_case(desk, (name,))[0]

    def cases(self) -> Iterator[tuple[str, Office, LoadedCase]]:
        """Yield the cases among the samples."""
        for name, office, loaded in self.files():
            if isinstance(loaded, LoadedCase):
                yield name, office, loaded

    def files(self) -> tuple[tuple[str, Office, Loaded], ...]:
        """Return every sample by the name of its file, with the office it would lie in."""
        return _files(self)

    def office(self, root: Path) -> Office:
        """Open the office of a sample as if it lay in the place."""
        return _office(self, root)


@lru_cache(maxsize=1)
def _files(samples: Samples) -> tuple[tuple[str, Office, Loaded], ...]:
    """Read the samples once: they are gone through several times."""
    return tuple(_read(samples))


def _read(samples: Samples) -> Iterator[tuple[str, Office, Loaded]]:
    for path in sorted(samples.root.glob("cases/**/*.yaml")):
        root = next(one for one in path.parents if (one / WORKSPACE_FILE).is_file())
        if path.name == WORKSPACE_FILE or TEMPLATES in path.parts:
            continue
        office = samples.office(root)
        loaded, found = load_file(path, DAY, office.workspace)
        if loaded is None:
            raise_errors(found)
        else:
            yield path.stem, office, loaded


@lru_cache(maxsize=_KEPT)
def _office(samples: Samples, root: Path) -> Office:
    own, local = root / TEMPLATES, None
    if root != samples.root and (own / "pack.yaml").is_file():
        local, found = read_pack(own, LOCAL)
        raise_errors(found)
    library = samples.library(local)
    office = _people_of(_workspace_at(root), library)
    return Office(office, library, open_law(library, office.workspace, root)[0])


def _workspace_at(root: Path) -> LoadedWorkspace:
    loaded, found = load_workspace(root)
    if loaded is None:
        raise_errors(found)
    assert loaded is not None
    return loaded


def _people_of(office: LoadedWorkspace, library: Library) -> LoadedWorkspace:
    """Keep of the people of a sample those whose posts the place knows."""
    posts = {*chain.from_iterable(library.chain.pack.lines.values())}
    known = [one for one in office.workspace.responsible if one.post in posts]
    workspace = office.workspace.model_copy(update={"responsible": tuple(known)})
    return replace(office, workspace=workspace)


def _planned(office: Office, loaded: Loaded) -> Planned:
    if isinstance(loaded, LoadedCase):
        return plan_case(Desk(office, office.docket(loaded), DAY))
    if isinstance(loaded, LoadedBatch):
        return _of_batch(office, loaded)
    if isinstance(loaded, LoadedWork):
        cards = map(office.library.card, office.library.ids_of_work(loaded.work.kind))
        whole = [card.id for card in cards if not loaded.work.missing(card.needs)]
        return plan_work(loaded, office, DAY, whole)  # also the public version of a paper
    return plan_letter(loaded.letter, office, DAY) if isinstance(loaded, LoadedLetter) else ((), ())


def _of_batch(office: Office, loaded: LoadedBatch) -> Planned:
    """Plan the papers of the pupil of a batch with the longest name, of the first one, and the
    sheets of a class.
    """
    desk = BatchDesk(office, loaded, DAY)
    ordered, problems = documents_of(desk)
    reading = read_roster(loaded.roster_path, loaded.batch.roster, DAY)
    _, members = groups_of(reading.pupils, loaded.batch.printing)[0]
    pupils = numbered_by_row(desk, members)
    longest = max(pupils, key=lambda one: len(one.pupil.pupil.name))
    issued = replace(longest, code=CODE)
    long, first = (pupil_papers(desk, ordered, one).papers for one in (issued, pupils[0]))
    papers = (*long, *first, *reminders(desk, pupils[0]))
    return (*papers, *class_sheets(desk, ordered, pupils), *tickets(desk)), problems


def reminders(desk: BatchDesk, who: NumberedPupil) -> Iterator[Paper]:
    """Remind a family of a slip and of a whole paper, one without a signature."""
    parts = (
        ReminderPart(文书="控辍保学告知书", 回执=True),
        ReminderPart(文书="承诺书", 情形="未签名"),
    )
    told = ReminderFacts(各份=parts, 回执="控辍保学告知书")
    own = {**own_facts(desk, who), "催收": facts(told)}
    for name in desk.library.ids_as("回执提醒"):
        chosen = ChosenDocument(desk.library.document(name), desk.organs[-1], None, 1, Place())
        yield filled_in(desk, chosen, name, own, desk.day)


def tickets(desk: BatchDesk) -> Iterator[Paper]:
    """Make the ticket and the list of a batch of one class, two of whom need a look."""
    pupil = TicketPupil(班级="七年级1班", 姓名="岩温罕", 位置="七年级1班!第9行", 原因="父亲姓名")
    stack = TicketFile(名称="01-七年级1班-1告知书等", 学生=20, 面数=60, 空白面=0, 张数=60)
    row = TicketClass(
        班级="七年级1班", 文件=(stack,), 学生=20, 暂缓=1
    )  # fmt: skip
    ticket = TicketFacts(
        单双面="单面",
        每人=("控辍保学告知书1份", "承诺书2份"),
        各班=(row,),
        学生=20,
        文件数=1,
        面数=60,
        空白面=0,
        张数=60,
    )
    held = HeldFacts(暂缓=(pupil,), 留空=(pupil,))
    term = TermFacts(名称=desk.loaded.batch.id, 学期=desk.loaded.batch.term)
    told = {"批次": facts(term), "发印单": facts(ticket), "暂缓名单": facts(held)}
    for name in desk.library.ids_of("批次"):
        chosen = ChosenDocument(desk.library.document(name), desk.organs[-1], None, 1, Place())
        yield filled_in(desk, chosen, name, told, desk.day)


def dossier_sheets(desk: Desk) -> Iterator[Paper]:
    """Make the sheets of a dossier that lacks something and holds one paper."""
    law, told = desk.office.law, desk.case.history
    issued = next(one for one in told if one.document and one.number and one.day)
    title = f"{law.title(law.document(issued.document))}（{'、'.join(issued.targets)}）"
    row = DossierRow(
        序号=1, 责任者=desk.workspace.office.name, 题名=title,
        文号=issued.number, 日期=issued.day, 首页=1, 末页=3, 备注="原件另存",
    )  # fmt: skip
    digest = hashlib.sha256("录音".encode()).hexdigest()
    stand_in = DossierStandIn(
        题名="录音", 文件="附件/录音.pdf", 校验值=f"sha256:{digest}", 原因="PDF 加了密码"
    )
    filed = next((one.day for one in told if one.kind == "立案"), None)
    lack = DossierLack(缺什么="证据《录音》没有电子文件", 怎样补="把录音存成文件")
    about = DossierFacts(
        当事人=[guardian.name for guardian in desk.case.guardians], 立案日期=filed, 立卷日期=DAY,
        件数=1, 页数=3, 目录=[row], 缺件=[lack],
        代页=stand_in, 册首="KCBX 1 00 2026-11-22", 册首短码="0000-0000",
    )  # fmt: skip
    for name in desk.library.ids_of("案卷"):
        yield own_sheet(desk, name, about)
