"""``kcbx period``: any period of the law, counted from a day, with every step explained."""

from datetime import date

import click

from kcbx_docs import clock
from kcbx_docs.cli import failure, options, show, where
from kcbx_docs.cli.chinese import Command
from kcbx_docs.law.periods import PeriodResult
from kcbx_docs.law.reference import basis_text, rule_data, rule_figure
from kcbx_docs.office.reckon import law_of_place, periods, reckon
from kcbx_docs.problems import Problems, errors
from kcbx_docs.record.jurisdiction import Jurisdiction


@click.command(
    cls=Command,
    examples=(
        "kcbx period review-60 2026-03-10",
        "kcbx period 陈述申辩期 2026-09-28",
        "kcbx period order-deadline 2026-09-20 --value 10 --region 广西壮族自治区 --json",
        "kcbx period --list",
    ),
)
@click.argument("rule", required=False, metavar="规则")
@click.argument("start", required=False, metavar="日期", type=options.Day())
@options.region
@click.option("--value", type=int, metavar="数", help="法律没有定数或者另有定数时，用这个数计算。")
@click.option("--list", "listed", is_flag=True, help="列出可以计算的规则。")
@options.as_json
def period(
    rule: str | None,
    start: date | None,
    region: str | None,
    value: int | None,
    listed: bool,
    as_json: bool,
) -> None:
    """计算期限：规则写编号或名称，日期写起算的那件事的当天。

    当天不计入；末日是休息日的，当事人的期限顺延到下一个工作日。
    逐步说明起算、跳过、顺延的日子和依据。缺少某年工作日历时，
    按日、月计的给出未经顺延的日期并提醒，按工作日计的不计算。
    """
    law, found = _law(region)
    if listed:
        _list(law, as_json)
        return
    if rule is None or start is None:
        raise failure.usage(
            "请写规则和日期，例如 kcbx period review-60 2026-03-10；"
            "规则用 kcbx period --list 查看。"
        )
    result = reckon(law, rule, start, value)
    if as_json:
        told = {"ok": not errors(result.warnings), **result.as_dict()}
        show.print_json({**told, "problems": show.as_data(found)})
    else:
        _explain(result)
        show.print_problems(found, err=True)


def _law(region: str | None) -> tuple[Jurisdiction, Problems]:
    own = where.workspace()
    library = where.library(region)
    pack = library.chain.pack
    if own is None:
        return law_of_place(library, region or pack.code or pack.name)
    name = region or own.workspace.region or pack.code or pack.name
    return law_of_place(library, name, own.root)


def _list(law: Jurisdiction, as_json: bool) -> None:
    rules = periods(law.registry.rules)
    if as_json:
        show.print_json([rule_data(rule) for rule in rules])
        return
    today = clock.today()
    rows = []
    for rule in rules:
        basis = basis_text(law.registry, rule.basis, today)
        rows.append((rule.id, rule.name, rule_figure(rule), rule.event, rule.bound, basis))
    show.table(("编号", "名称", "数", "起算", "约束", "依据"), rows)


def _explain(result: PeriodResult) -> None:
    show.result(result.explain())
    if result.earliest_next > result.end:
        show.result(f"  期限过后的第一天：{result.earliest_next}")
    hints = [found.hint for found in result.warnings if found.severity == "warning"]
    for hint in dict.fromkeys(filter(None, hints)):
        show.result(f"  办法：{hint}")
