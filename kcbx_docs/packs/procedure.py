"""The procedure as data: steps, what each needs, its earliest and latest day,
read and merged along a chain of packs.

A pack folder may hold ``procedure.yaml``; maps merge, lists replace. ``程序`` of pack.yaml switches
steps or whole routes (是, 否, 未知, 须说明理由, 必经, or a map of 开关 and 理由),
``期间`` gives local figures of rules.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Annotated, Any, Literal, cast, get_args

from pydantic import BeforeValidator, Field, WithJsonSchema

from kcbx_docs.case.fields import Texts
from kcbx_docs.handwriting.echoes import without_echoes
from kcbx_docs.law.model import Basis
from kcbx_docs.light import dataclass
from kcbx_docs.packs.chain import Chain, Stamp, merged_data, stamped_files
from kcbx_docs.packs.model import Card, Role, Unknown
from kcbx_docs.packs.proofs import Proof
from kcbx_docs.packs.work_steps import WorkOrder, WorkStep
from kcbx_docs.problems import Problems, raise_errors
from kcbx_docs.reading import Model, Source, Yes, read_model, read_yaml

FILE = "procedure.yaml"

Verdict = Literal["禁止", "须说明理由", "提醒", "通过"]
Switch = Literal["是", "否", "未知", "须说明理由", "必经"]
Route = Literal[
    "学校劝返", "责令改正", "行政处罚", "申请强制执行", "民事起诉", "监护人资格", "移送", "办结"
]
_UNCODED: tuple[Route, ...] = ("行政处罚", "申请强制执行")
VERDICTS: tuple[Verdict, ...] = ("通过", "提醒", "须说明理由", "禁止")
SWITCHES: tuple[Switch, ...] = ("是", "否", "未知", "须说明理由", "必经")

State = Literal[
    "无缺课",
    "缺课",
    "劝返中",
    "已报告",
    "责令待送达",
    "责令期内",
    "责令期满",
    "已立案",
    "告知待送达",
    "申辩期内",
    "听证申请期内",
    "待听证",
    "待决定",
    "不予处罚",
    "决定待送达",
    "缴款期内",
    "逾期未缴",
    "复议诉讼中",
    "催告待送达",
    "催告期内",
    "催告期满",
    "已申请执行",
    "法院执行中",
    "法院不准执行",
    "处罚已撤销",
    "已缴清",
    "执行完毕",
    "民事诉讼中",
    "民事已结",
    "已返校",
    "有正当理由",
    "未到校",
    "处罚后未到校",
    "了结后未到校",
    "监护已终止",
    "中止",
    "已移交",
    "已结案",
]
"""Where a case can stand for one guardian, roughly in the order of the ladder.

未到校, 处罚后未到校 and 了结后未到校 are never all that is said: they stand beside the others
while the child is away, whatever else is under way.
"""

STATES: tuple[State, ...] = get_args(State)

Moment = Literal[
    "首次缺课",
    "本次缺课",
    "接到线索",
    "劝返",
    "书面报告",
    "责令",
    "责令送达",
    "责令期满",
    "核查",
    "立案",
    "告知",
    "告知送达",
    "申辩期满",
    "听证期满",
    "听证",
    "决定",
    "决定送达",
    "缴款期满",
    "复议期满",
    "起诉期满",
    "起诉期满（未顺延）",
    "催告",
    "催告送达",
    "催告期满",
    "催告最迟送达",
    "申请执行",
    "法院受理",
    "法院拒绝",
    "返校",
    "复学观察",
    "移交",
    "接收移交",
    "民事裁判",
    "民事履行期满",
]
"""A day of a guardian's record from which the limits of a step may count."""

MOMENTS: tuple[Moment, ...] = get_args(Moment)


def _verdicts(value: Any) -> Any:
    """A list of checks means that each of them forbids."""
    listed = isinstance(value, list) and all(isinstance(name, str) for name in value)
    return dict.fromkeys(value, "禁止") if listed else value


_CHECKS = {
    "anyOf": [
        {"type": "array", "items": {"type": "string"}},
        {"type": "object", "additionalProperties": {"enum": [*get_args(Verdict)]}},
    ]
}


class Limit(Model):
    """An earliest or latest day: a rule counted from a moment, or the moment itself."""

    rule: str = Field(default="", alias="规则", description="规则编号；不写就是起算那一天")
    start: str = Field(alias="起算", description="从哪一天起算，见时刻表")
    met_by: Texts = Field(
        default=(), alias="也算办到", description="除了这一步自己的事项，还有哪些事项记了就算办到"
    )

    @property
    def moment(self) -> Moment:
        """Return the moment from which it counts; a name that is none is the linter's affair."""
        return cast(Moment, self.start)


class Step(Model):
    """One step of the procedure."""

    name: str = Field(default="", alias="名称", description="步骤名称", max_length=30)
    route: Route = Field(default="责令改正", alias="路径", description="属于哪一条路径")
    documents: Texts = Field(
        default=(), alias="文书", description="这一步制发的文书，以文书编号列出"
    )
    enclosed: Texts = Field(default=(), alias="附带文书", description="随同制作、不单独判断的文书")
    enclosed_by_office: Texts = Field(
        default=(), alias="机关起诉时附带", description="本机关作原告的，另外随同制作的文书"
    )
    event: str = Field(default="", alias="事项", description="经过里记录这一步的事项")
    proof: Proof | None = Field(
        default=None, alias="证据", description="没有文书的事项留下的证据；有文书的写在文书里"
    )
    states: Texts = Field(default=(), alias="状态", description="走到哪些状态时考虑这一步")
    states_without_order: Texts = Field(
        default=(),
        alias="不以责令为前提时的状态",
        description="处罚依据不以逾期不改为前提时，另外在哪些状态考虑",
    )
    needs: Texts = Field(default=(), alias="须有", description="这些时刻都已经有了才考虑这一步")
    checks: Annotated[
        Mapping[str, Verdict], BeforeValidator(_verdicts), WithJsonSchema(_CHECKS)
    ] = Field(default={}, alias="前提", description="检查名称: 不符合时的结论；写成列表的一律禁止")
    rests_on: tuple[Role, ...] = Field(
        default=(), alias="依托", description="建立在哪些文书上，以角色列出；它们不合法的，要说明"
    )
    earliest: tuple[Limit, ...] = Field(default=(), alias="最早", description="都过了才可以做")
    latest: tuple[Limit, ...] = Field(default=(), alias="最迟", description="最先到的那个为准")
    bound: Literal["当事人", "机关", "法院", "学校", "原告"] = Field(
        default="机关", alias="由谁", description="这一步由谁做"
    )
    effect: str = Field(default="", alias="效力", description="做了以后有什么效力")
    basis: tuple[Basis, ...] = Field(default=(), alias="依据", description="法律依据")
    switch: Switch = Field(default="是", alias="开关", description="模板包没有写时的开关")
    reason: str = Field(default="", alias="理由", description="开关的理由")
    practice: str = Field(
        default="", alias="做法", description="各地的不同做法，每种写明哪年哪个法院"
    )
    named_only: Yes = Field(
        default=False,
        alias="不点名不做",
        description="是：由人选择的步骤，经过里没有、--doc 也没有点名的，不做它的文书",
    )
    unless: Texts = Field(
        default=(), alias="有了就做", description="这些时刻都已经到了的，不点名也做"
    )
    note: str = Field(default="", alias="说明", description="补充说明")


class CheckInfo(Model):
    """What a named check rests on."""

    basis: tuple[Basis, ...] = Field(default=(), alias="依据", description="法律依据")
    basis_of: dict[str, tuple[Basis, ...]] = Field(
        default={}, alias="各项依据", description="错误代码: 依据；同一检查说几种话、依据不同的写"
    )
    note: str = Field(default="", alias="说明", description="检查什么")
    former: Texts = Field(default=(), alias="旧名", description="以前的名称，仍然认得")
    fixed: Yes = Field(default=False, alias="不可放宽", description="是：模板包不得把结论改轻")
    undated: Yes = Field(
        default=False,
        alias="只看现在",
        description="是：看的是没有日期的情况，不能拿来说以前制发的文书违法",
    )


class Recurring(Model):
    """A report that is due again and again."""

    name: str = Field(alias="名称", description="名称")
    rule: str = Field(alias="规则", description="规则编号")
    note: str = Field(default="", alias="说明", description="补充说明")


class Banned(Model):
    """A paper that nobody of ours may make, whatever a place is used to."""

    reason: str = Field(alias="原因", description="为什么不能制发")
    basis: tuple[Basis, ...] = Field(default=(), alias="依据", description="法律依据")


class Exclusive(Model):
    """Papers of which one person gets those of one side only."""

    sides: tuple[Texts, ...] = Field(
        alias="各方", description="每一方是一份或几份文书，以文书编号列出；不同方的不能同时做"
    )
    one_act: Yes = Field(
        default=False,
        alias="同一件事",
        description="是：几方是同一件事的不同写法，经过写明做了哪一种的，只有那一种",
    )
    reason: str = Field(alias="原因", description="为什么不能同时做")
    basis: tuple[Basis, ...] = Field(default=(), alias="依据", description="法律依据")


class DangerDuty(Model):
    """To whom a danger to a child is reported, and who else is told."""

    report: dict[str, tuple[Basis, ...]] = Field(
        default={}, alias="报告", description="部门: 依据；应当立即报告的，最急的在前"
    )
    under_age: dict[str, tuple[Basis, ...]] = Field(
        default={}, alias="年幼另报", description="部门: 依据；孩子没有到「年幼」的年龄时另外报告的"
    )
    young: str = Field(default="", alias="年幼", description="年龄的规则编号")
    below: str = Field(
        default="",
        alias="未满",
        description="年龄的规则编号；「未满另引」只在孩子没有到这个年龄时引用",
    )
    below_basis: tuple[Basis, ...] = Field(
        default=(), alias="未满另引", description="孩子没有到「未满」的年龄时另外引用的依据"
    )
    inform: Texts = Field(default=(), alias="通报", description="还可以通报哪些部门")
    absence: Literal["就是", "可能是", "不是"] = Field(
        default="不是",
        alias="缺课的原因",
        description="孩子遇到它，是不是他不能到校的原因；不是的照常责令监护人",
    )


class ProcedureFile(Model):
    """One procedure.yaml, or the merged values of a chain of them."""

    steps: dict[str, Step] = Field(default={}, alias="步骤", description="步骤编号: 步骤")
    checks: dict[str, CheckInfo] = Field(default={}, alias="检查", description="检查名称: 依据")
    names: dict[str, Texts] = Field(
        default={}, alias="文书别名", description="文书编号: 还有哪些叫法"
    )
    exclusive: dict[str, Exclusive] = Field(
        default={}, alias="互相排斥", description="名称: 哪些文书不能同时做给一个人"
    )
    banned: dict[str, Banned] = Field(default={}, alias="不得制发", description="文书名称: 原因")
    dangers: dict[str, DangerDuty] = Field(
        default={}, alias="危险情形", description="种类: 向哪些部门报告"
    )
    recurring: dict[str, Recurring] = Field(default={}, alias="定期", description="编号: 定期报告")
    work: dict[str, dict[str, WorkStep]] = Field(
        default={}, alias="工作", description="工作的种类: 它的各步，步骤编号: 步骤"
    )
    work_order: dict[str, dict[str, WorkOrder]] = Field(
        default={}, alias="工作次序", description="工作的种类: 它的日子的先后，编号: 先后"
    )


@dataclass(frozen=True)
class Switched:
    """Whether a step exists here, and why."""

    value: Switch = "是"
    reason: str = ""


@dataclass(frozen=True)
class Procedure:
    """The procedure of one place."""

    file: ProcedureFile
    switches: Mapping[str, Switched]

    @property
    def steps(self) -> Mapping[str, Step]:
        """Return the steps by their ids, in the order of the ladder."""
        return self.file.steps

    def switch(self, step_id: str) -> Switched:
        """Tell whether a step exists here: its own switch, then that of its route,
        then the step's default.
        """
        step = self.steps[step_id]
        for key in (step_id, step.name, step.route):
            if key in self.switches:
                found = self.switches[key]
                return Switched(found.value, found.reason or step.reason)
        return Switched(step.switch, step.reason)

    def uncoded(self, card: Card) -> bool:
        """Tell whether a paper must bear no code that is scanned: none of a fine does."""
        routes = {self.steps[key].route for key in self.steps_for(card.id)}
        return card.uncoded or not routes.isdisjoint(_UNCODED)

    def steps_for(self, document: str) -> tuple[str, ...]:
        """List the steps that make a document."""
        return self._makers.get(document, ())

    @cached_property
    def _makers(self) -> Mapping[str, tuple[str, ...]]:
        made: dict[str, tuple[str, ...]] = {}
        for key, step in self.steps.items():
            for document in dict.fromkeys(step.documents):
                made[document] = (*made.get(document, ()), key)
        return made


def read_procedure(chain: Chain) -> tuple[Procedure, Problems]:
    """Read and merge the procedure of a chain of packs; raise what cannot be used."""
    file, found = _read_files(stamped_files(chain, FILE))
    return Procedure(file, dict(read_switches(chain.pack.steps))), found


@lru_cache(maxsize=16)
def _read_files(files: tuple[tuple[Path, str, Stamp], ...]) -> tuple[ProcedureFile, Problems]:
    """Read and merge files; those that have not changed on disk are not read again."""
    sources: list[Source] = []
    found: list[Any] = []
    for path, shown, _ in files:
        source, problems = read_yaml(path, shown)
        found += problems
        if source.data is not None:
            typed = read_model(ProcedureFile, source)[1]
            found += without_echoes(typed, source.text, source.doubtful)
            sources.append(source)
    raise_errors(found)
    merged = merged_data(with_new_names(sources))
    file, problems = read_model(ProcedureFile, Source(FILE, "", merged))
    raise_errors(problems)
    assert file is not None
    return file, tuple(found)


def with_new_names(sources: Sequence[Source]) -> tuple[Source, ...]:
    """Write the checks of all files under their present names, so that old files still merge."""
    names: dict[str, str] = {}
    for source in sources:
        names.update(_former_names(source.data))
    return tuple(replace(source, data=_renamed(source.data, names)) for source in sources)


def _former_names(data: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for name, info in (data.get("检查") or {}).items():
        former = (info or {}).get("旧名") or ()
        for old in [former] if isinstance(former, str) else former:
            yield old, name


def _renamed(data: Mapping[str, Any], names: Mapping[str, str]) -> dict[str, Any]:
    steps = data.get("步骤") or {}
    return {
        **data,
        "检查": {names.get(name, name): info for name, info in (data.get("检查") or {}).items()},
        "步骤": {key: _with_checks_renamed(step, names) for key, step in steps.items()},
    }


def _with_checks_renamed(step: Any, names: Mapping[str, str]) -> Any:
    asked = step.get("前提") if isinstance(step, Mapping) else None
    if isinstance(asked, Mapping):
        return {**step, "前提": {names.get(name, name): told for name, told in asked.items()}}
    if isinstance(asked, list):
        return {**step, "前提": [names.get(name, name) for name in asked]}
    return step


def read_switches(values: Mapping[str, Any]) -> Iterator[tuple[str, Switched]]:
    """Read 程序 of pack.yaml; what is not a switch is left to ``lint``."""
    for key, value in values.items():
        word, reason = value, ""
        if isinstance(value, Mapping):
            word, reason = value.get("开关", "是"), str(value.get("理由", ""))
        if isinstance(word, Unknown):
            word = "未知"
        if word in SWITCHES:
            yield key, Switched(word, reason)


def worst(verdicts: Iterable[Verdict]) -> Verdict:
    """Return the gravest of some verdicts."""
    return max(verdicts, key=VERDICTS.index, default="通过")
