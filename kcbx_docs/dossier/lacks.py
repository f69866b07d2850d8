"""What a dossier lacks, each with the command that mends it, ready to be copied."""

from collections.abc import Iterator, Sequence
from datetime import date

from kcbx_docs.case.model import name_key
from kcbx_docs.dossier.pieces import SIGNED, Item
from kcbx_docs.ledger.model import Recorded
from kcbx_docs.light import dataclass
from kcbx_docs.office.book import Issue, issues_in
from kcbx_docs.packs.library import Library
from kcbx_docs.papers.dossier_facts import DossierLack
from kcbx_docs.record.acts import Act
from kcbx_docs.record.agreement import number_key
from kcbx_docs.record.docket import Docket
from kcbx_docs.words import command_line

_SCAN = "扫描件.pdf"


@dataclass(frozen=True)
class Lacks:
    """Looks for what a dossier lacks; ``path`` is the case file as the workspace calls it."""

    docket: Docket
    library: Library
    path: str

    def of_papers(self, papers: Sequence[Item]) -> Iterator[DossierLack]:
        """Say of issued papers what does not prove them: no seal, no service, no receipt."""
        for piece in papers:
            if not piece.ended:
                yield from self._of_paper(piece)

    def _of_paper(self, piece: Item) -> Iterator[DossierLack]:
        if not any(one.role in SIGNED for one in piece.kept):
            which = ["--number", piece.number] if piece.number else ["--doc", piece.title]
            whom = ["--to", piece.whom] if piece.whom else []
            words = ["paper", "seal", self.path, *which, *whom, "--file", _SCAN]
            yield _lack(f"{piece.name}没有盖章件", words)
        if self.library.card(piece.document).served and not piece.below:
            yield _lack(f"{piece.name}没有送达记录", ["service", "record", self.path])
        for receipt in (one for one in piece.below if not one.ended):
            what = f"{piece.name}{receipt.day}的{receipt.title}"
            words = ["service", "proof", self.path, str(receipt.seq), "--file"]
            for group in receipt.lacking:
                yield _lack(f"{what}缺{'或'.join(group)}", [*words, f"{group[0]}={_SCAN}"])
            if not (receipt.kept or receipt.lacking):
                yield _lack(f"{what}没有扫描件", [*words, f"其他={_SCAN}"])

    def only_told(self, events: Sequence[Recorded], day: date) -> Iterator[DossierLack]:
        """Say of papers that only the case file tells: what left the house lies nowhere."""
        issues = issues_in(events)
        for person in self.docket.case.guardians:
            for document, acts in self.docket.progress(person, day).papers.items():
                days = [act.day for act in acts]
                for act in acts:
                    kept = bool(act.event.handed_by and act.event.files)
                    ours = any(_is(one, act, person.name) for one in issues)
                    if not (act.implied or kept or ours):
                        yield self._told(
                            document, act, person.name, several=days.count(act.day) > 1
                        )

    def _told(self, document: str, act: Act, name: str, *, several: bool) -> DossierLack:
        title, card = self.docket.law.title(document), self.docket.law.card(document)
        whom = ["--to", name] if card and card.unit == "监护人" else []
        numbered = act.number or ("文号" if card and card.number else "")
        number = ["--number", numbered] if numbered else []
        which = ["--time", f"{act.event.clock:%H:%M}"] if several and act.event.clock else []
        words = ["issue", self.path, "--doc", title, *whom, *number]
        what = f"《{title}》（{act.number or act.day}）只写在案件文件里，没有原件"
        if organ := act.event.handed_by:  # it is no paper of ours, and gets no place in our ledger
            cure = f"请{organ}补送，放进 移交 文件夹，在这一件事里写 文件: 移交/{_SCAN}"
            return DossierLack(缺什么=what, 怎样补=cure)
        return _lack(what, [*words, *which, "--existing", _SCAN, "--day", str(act.day)])

    def of_evidence(self, proofs: Sequence[Item]) -> Iterator[DossierLack]:
        """Say which evidence has no file."""
        for piece in proofs:
            if not piece.file:
                cure = f"放进工作目录，在 {self.path} 的这一条证据里写 文件: 附件/{_SCAN}"
                yield DossierLack(缺什么=f"证据{piece.name}没有电子文件", 怎样补=cure)


def _lack(what: str, words: Sequence[str]) -> DossierLack:
    return DossierLack(缺什么=what, 怎样补=command_line(words))


def _is(issue: Issue, act: Act, name: str) -> bool:
    """Tell whether an issue is what the record tells of: by its number, else by its day."""
    if issue.document != act.document or number_key(issue.number) != number_key(act.number):
        return False
    if act.number:
        return not issue.guardian or name_key(issue.guardian) == name_key(name)
    return issue.recorded.day == act.day
