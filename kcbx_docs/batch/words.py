"""What a pupil's papers say, as a hash: the same words again are no new papers.

Only the words count that a family reads, without white space, and neither the serial nor the code:
a program, a template or a font that says the same voids nobody's papers. What the ledger recorded
is compared with it, so the way of reckoning must stay.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from kcbx_docs.batch.plan import BatchDesk, ChosenDocument, NumberedPupil, pupil_papers
from kcbx_docs.batch.preflight import missing_in
from kcbx_docs.case.roster_reading import RosterPupil
from kcbx_docs.papers.forms import Forms

_NO_SERIAL = "\u2014"
"""What stands where the serial will be."""


@dataclass
class Words:
    """The words of a batch's papers, before anybody has a serial."""

    desk: BatchDesk
    documents: Sequence[ChosenDocument]
    forms: Forms

    def hash_of(self, pupil: RosterPupil, day: date) -> str:
        """Return the hash of what a pupil's papers of a day say; copies count once."""
        who = NumberedPupil(pupil, _NO_SERIAL, day=day)
        papers = pupil_papers(self.desk, self.documents, who).papers
        own = {id(paper): paper for paper in papers if not missing_in(paper)}
        texts = dict.fromkeys(filter(None, map(self.forms.words, own.values())))
        # Sealed papers are others than the same words without.
        seals = [seal for seal in map(self.desk.seal_on, self.documents) if seal]
        return hashlib.sha256("\n".join([*texts, *seals]).encode()).hexdigest()
