"""A roster that came in: what was read from it, and what is chosen to be printed for it."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from werkzeug.datastructures import MultiDict

from kcbx_docs.batch.choices import USUAL, BatchChoices, batch_from
from kcbx_docs.batch.render import sample_of_batch
from kcbx_docs.case.batch import RosterSpec
from kcbx_docs.case.files import LoadedBatch
from kcbx_docs.case.roster import read_roster
from kcbx_docs.case.roster_reading import RosterReading
from kcbx_docs.case.users import OF_SCHOOL
from kcbx_docs.case.workspace import schools_in
from kcbx_docs.desk.blanks import small_number
from kcbx_docs.desk.opened import OpenDesk
from kcbx_docs.desk.previews import Preview, first_pdf
from kcbx_docs.desk.printing import PrintWish
from kcbx_docs.desk.uploads import Upload
from kcbx_docs.light import dataclass
from kcbx_docs.listing.spans import term_of
from kcbx_docs.office.files import folder_key, numbers_in
from kcbx_docs.office.opened import Office
from kcbx_docs.papers.files import Wanted
from kcbx_docs.papers.formats import FORMATS
from kcbx_docs.problems import Place, UserError, raise_errors, stop

_COPIES = "copies-"
_KNOWN = {"学校"}
"""What a batch tells besides its roster."""
_ENROLMENT = {"报到日期": "first", "报到截止": "last", "报到地点": "place"}
BRING = "bring"
HERE = "名册所在的文件夹"
"""Before the name of a file in a command: a browser does not say where it lies."""
Form = MultiDict[str, str]
"""What was filled in, a name with one text or several."""


@dataclass(frozen=True)
class OfferedDocument:
    """A document that everybody may get."""

    name: str
    title: str
    copies: int
    """How often, as it is chosen now; 0 is not at all."""


@dataclass(frozen=True)
class RosterInHand:
    """A roster that waits on a desk, with what is chosen for it."""

    desk: OpenDesk
    upload: Upload
    form: Form

    @property
    def chosen_anything(self) -> bool:
        """Tell whether the form was filled in, or is shown for the first time."""
        return bool(self.form.get("name"))

    @property
    def said(self) -> dict[str, Any]:
        """Return what is said of the roster besides its file."""
        said: dict[str, Any] = {}
        if label := self._text("label"):
            said["班级"] = label
        if column := self._text("column"):
            said["列"] = {"姓名": column}
        return said

    @property
    def reading(self) -> RosterReading:
        """Read the roster; what stands where is said of the name under which it came."""
        said, day = self.said, self.desk.today()
        spec = RosterSpec.model_validate({"文件": self.upload.name, **said})
        key = (self.upload.token, day, str(said))
        read = partial(read_roster, self.upload.path, spec, day, self.upload.name)
        return self.desk.readings.of(key, read)

    @property
    def choices(self) -> BatchChoices:
        """Return what is chosen; what is usual where nothing was filled in."""
        day, office = self.desk.today(), self.desk.office()
        term = self._text("term") or term_of(day)
        return BatchChoices(
            self._text("name") or self._free_name(f"{term}开学告知"),
            term,
            self._school(office),
            {one.title: one.copies for one in self.documents(office) if one.copies},
            self._text("day") or None,
            self.said,
            {key: self._text(name) for key, name in _PRINTING.items() if self._text(name)},
            self._text("order") or "班级",
            self._text("by_class") != "否",
            dict(self._enrolment()),
        )

    def schools(self, office: Office) -> tuple[str, ...]:
        """List the schools that may be chosen: somebody of a school chooses his own."""
        sight = self.desk.sight
        if sight and sight.role == OF_SCHOOL:
            return (sight.user.unit,)
        return tuple(schools_in(office.workspace))

    def _school(self, office: Office) -> str:
        schools, chosen = self.schools(office), self._text("school")
        if self.desk.sight and chosen not in schools:
            chosen = ""
        return chosen or (schools[0] if schools else "")

    def documents(self, office: Office) -> tuple[OfferedDocument, ...]:
        """List the documents of which every pupil may get one or several; what needs more than a
        roster tells is none of them.
        """
        library = office.library
        own = [name for name in library.ids_of("学生") if {*library.card(name).needs} <= _KNOWN]
        return tuple(self._offered(name, library.card(name).title) for name in own)

    def _offered(self, name: str, title: str) -> OfferedDocument:
        if not self.chosen_anything:
            return OfferedDocument(name, title, USUAL.get(title, 0))
        copies = self._text(_COPIES + name)
        return OfferedDocument(name, title, small_number(copies, 0))

    @property
    def formats(self) -> tuple[str, ...]:
        """List the formats that stand ticked on the page."""
        return formats_ticked(self.form) if self.chosen_anything else tuple(FORMATS)

    @property
    def wish(self) -> PrintWish:
        """Return in which formats it is wanted."""
        return wish_of(self.form)

    def batch(self) -> LoadedBatch:
        """Return the batch as its file would be read; raise with what is wrong."""
        if not self.choices.documents:
            raise stop("DESK082", Place())
        loaded, found = batch_from(
            self.desk.office(), self.upload.path, self.choices, self.desk.today()
        )
        raise_errors(found)
        assert loaded is not None
        return loaded

    def sample(self) -> Preview:
        """Return the papers of the first pupil; raise with why there are none."""
        office, loaded, day = self.desk.office(), self.batch(), self.desk.today()
        wanted = Wanted(day, formats=("pdf",), draft=True, today=day)
        key = (self.upload.token, loaded.source.sha256, day)

        def make() -> Preview:
            made = first_pdf(sample_of_batch(office, loaded, wanted))
            return replace(made, problems=tuple(map(self.upload.named, made.problems)))

        try:
            return self.desk.previews.kept(key, make)
        except UserError as error:
            raise UserError(map(self.upload.named, error.problems)) from error

    def _free_name(self, usual: str) -> str:
        files, numbers = self.desk.names, numbers_in(self.desk.office().root)
        names = (usual, *(f"{usual}{number}" for number in range(2, 100)))
        free = (one for one in names if one not in files and folder_key(one) not in numbers)
        return next(free, usual)

    def _enrolment(self) -> Iterator[tuple[str, Any]]:
        for key, name in _ENROLMENT.items():
            if text := self._text(name):
                yield key, text
        if things := [one for one in self._text(BRING).replace("，", "、").split("、") if one]:
            yield "携带材料", things

    def _text(self, name: str) -> str:
        return self.form.get(name, "").strip()


_PRINTING: Mapping[str, str] = {"双面": "duplex", "登记表电话": "phones", "单份": "single"}


def wish_of(form: Form, **more: Any) -> PrintWish:
    """Return what is wanted of a batch by what was ticked; raise where no format is."""
    ticked = formats_ticked(form)
    if not ticked and not more.get("dry"):
        raise stop("DESK081", Place())
    return PrintWish(ticked or tuple(FORMATS), **more)


def formats_ticked(form: Form) -> tuple[str, ...]:
    """List the formats that are ticked."""
    return tuple(one for one in FORMATS if one in form.getlist("format"))
