"""What a pupil's papers say, as a hash: the same words again are no new papers.

Only the words count that a family reads, without white space, and neither the serial nor the code:
a program, a template or a font that says the same voids nobody's papers. What the ledger recorded
is compared with it, so the way of reckoning must stay.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from kcbx_docs.batch.plan import BatchDesk, ChosenDocument, NumberedPupil, pupil_papers
from kcbx_docs.batch.preflight import made_of
from kcbx_docs.case.roster_reading import RosterPupil
from kcbx_docs.papers.forms import Forms
from kcbx_docs.papers.make import Made
from kcbx_docs.render.fill import FilledLightly
from kcbx_docs.render.static import MARK, Static, with_values
from kcbx_docs.render.text import paragraphs, tight

_NO_SERIAL = "\u2014"
"""What stands where the serial will be."""


@dataclass
class Words:
    """The words of a batch's papers, before anybody has a serial."""

    desk: BatchDesk
    documents: Sequence[ChosenDocument]
    forms: Forms
    _marked: dict[str, list[str]] = field(default_factory=dict)

    def hash_of(self, pupil: RosterPupil, day: date) -> str:
        """Return the hash of what a pupil's papers of a day say; copies count once."""
        who = NumberedPupil(pupil, _NO_SERIAL, day=day)
        papers = pupil_papers(self.desk, self.documents, who).papers
        made, _ = made_of(papers, self.forms, {})
        texts = dict.fromkeys(map(self._text, made))
        # Sealed papers are others than the same words without.
        seals = [seal for seal in map(self.desk.seal_on, self.documents) if seal]
        return hashlib.sha256("\n".join([*texts, *seals]).encode()).hexdigest()

    def _text(self, made: Made) -> str:
        filled = made.filled
        if not isinstance(filled, FilledLightly):
            return "".join(paragraphs(filled.root))
        return with_values(self._split(filled.common), [*map(tight, filled.values)])

    def _split(self, common: Static) -> list[str]:
        """Split the words that papers have in common at the marks of their values; once."""
        if common.key not in self._marked:
            self._marked[common.key] = MARK.split("".join(paragraphs(common.root)))
        return self._marked[common.key]
