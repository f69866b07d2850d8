"""What ``kcbx new 工作`` asks, and the file that the answers make: only keys of its kind."""

from collections.abc import Iterator, Mapping
from functools import cached_property
from itertools import chain

from kcbx_docs.case.work import KEYS, NAMES, Work
from kcbx_docs.case.work_text import work_text
from kcbx_docs.case.workspace import issuing_organs
from kcbx_docs.cli import ask
from kcbx_docs.cli.answered import Values, told_day
from kcbx_docs.cli.new_forms import NewFile
from kcbx_docs.office.asked import Answers, Asked
from kcbx_docs.office.new_case import at_their_places, listed_names
from kcbx_docs.office.opened import Office, open_office
from kcbx_docs.office.works import keys_of
from kcbx_docs.procedure.works import work_kinds
from kcbx_docs.reading import Loc

_DAYS = ("日期", "期限")
_TEXTS = ("对象", "事由", "年度", "月份", *_DAYS, "时间", "地点", "标题")
"""What is asked for where a paper of the kind needs it; the rest is written into the file."""


class NewWork(NewFile):
    """A piece of management work."""

    command = "工作"

    @cached_property
    def packs(self) -> Office:
        """Open the office: its packs tell which kinds of work there are."""
        return open_office(self.office.root)

    def flow(self, answers: Mapping[Loc, str]) -> Iterator[Asked]:
        """Yield the questions."""
        kinds = work_kinds(self.packs.law)
        yield Asked(("工作",), "哪一种工作", kinds[0] if kinds else "", words=kinds, needed=True)
        number = f"{answers[('工作',)]}{self.day:%Y%m%d}"
        yield Asked(("编号",), "编号（文件名）", number, check=self._free, needed=True)
        organs = tuple(organ.name for organ in issuing_organs(self.packs.workspace))
        yield Asked(("承办机关",), "承办机关", self._usual(answers), words=organs)
        for key in _TEXTS:
            if key in self._needed(answers):
                yield self._question(key)

    def _usual(self, answers: Mapping[Loc, str]) -> str:
        """Propose the first office that may issue the papers of the kind."""
        cards = [self.packs.library.card(name) for name in self._documents(answers)]
        able = {*chain.from_iterable(card.issuers for card in cards)}
        organs = issuing_organs(self.packs.workspace)
        return next((one.name for one in organs if one.kind in able), organs[0].name)

    def _documents(self, answers: Mapping[Loc, str]) -> tuple[str, ...]:
        return self.packs.library.ids_of_work(answers[("工作",)])

    def _needed(self, answers: Mapping[Loc, str]) -> tuple[str, ...]:
        """List the keys that the papers of the kind need, as they stand in a file."""
        first = self._documents(answers)[:1]
        wanted = self.packs.library.card(first[0]).needs if first else ()
        return tuple(key for key in KEYS if key in wanted)

    def _question(self, key: str) -> Asked:
        label = str(Work.model_fields[NAMES[key]].description).partition("，一")[0]
        if key in _DAYS:
            return Asked((key,), f"{key}（{label}）", check=ask.a_day, told=told_day)
        more = "；几个用顿号隔开" if key == "对象" else ""
        return Asked((key,), f"{key}（{label}{more}）")

    def text(self, answers: Mapping[Loc, str]) -> str:
        """Return the file."""
        kind = answers[("工作",)]
        values: Values = {**dict.fromkeys(self._needed(answers), ""), **at_their_places(answers)}
        if values.get("对象"):
            values["对象"] = [{"名称": name} for name in listed_names(values["对象"])]
        return work_text(values, kind, keys_of(kind, self.packs))

    def number_of(self, answers: Answers) -> str:
        """Return the number of the work."""
        return answers[("编号",)]
