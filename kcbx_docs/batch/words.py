"""What a pupil's papers say, as a hash: the same words again are no new papers.

Only the words count that a family reads, without white space: a program, a template or a font that
says the same voids nobody's papers. It is taken of the papers as they are printed; those of before
are compared under their own serial. What the ledger recorded is compared with it, so the way of
reckoning must stay.
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import replace

from kcbx_docs.batch.plan import BatchDesk, ChosenDocument, NumberedPupil, pupil_papers
from kcbx_docs.batch.preflight import MadePupil, missing_in
from kcbx_docs.light import dataclass
from kcbx_docs.papers.forms import Forms

_NO_SERIAL = "\u2014"
"""What stood where the serial will be, when hashes were taken before anybody had one."""


@dataclass
class Words:
    """The words of what a batch gives to every pupil, whichever documents are printed now."""

    desk: BatchDesk
    documents: Sequence[ChosenDocument]
    forms: Forms

    def of_printed(self, one: MadePupil) -> str:
        """Return the hash of what a pupil's papers say, some of which are made; copies count
        once.
        """
        known = {made.paper.document: made.filled.words for made in one.made}
        rest = [made for made in self.documents if made.flat.front.id not in known]
        known |= self._filled(rest, one.who) if rest else {}
        return self._hash(known.get(made.flat.front.id, "") for made in self.documents)

    def says(self, who: NumberedPupil, content: str) -> bool:
        """Tell whether a pupil's papers say what a hash was taken of: as it is taken now, or as it
        was until November 2026, without the serial and the code.
        """
        before = replace(who, serial=_NO_SERIAL, code="")
        return any(content == self._hash_of(one) for one in (who, before))

    def _hash_of(self, who: NumberedPupil) -> str:
        return self._hash(self._filled(self.documents, who).values())

    def _filled(self, documents: Sequence[ChosenDocument], who: NumberedPupil) -> dict[str, str]:
        """Return the words of a pupil's papers by their documents."""
        own = {paper.document: paper for paper in pupil_papers(self.desk, documents, who).papers}
        return {
            name: self.forms.words(paper) for name, paper in own.items() if not missing_in(paper)
        }

    def _hash(self, words: Iterable[str]) -> str:
        texts = dict.fromkeys(filter(None, words))
        # Sealed papers are others than the same words without.
        seals = [seal for seal in map(self.desk.seal_on, self.documents) if seal]
        return hashlib.sha256("\n".join([*texts, *seals]).encode()).hexdigest()
