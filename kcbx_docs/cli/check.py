"""``kcbx check``: everything that is wrong with the files, at once."""

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kcbx_docs import clock
from kcbx_docs.cli import options, show
from kcbx_docs.cli.chinese import Command
from kcbx_docs.office.check import check_files
from kcbx_docs.office.files import files_below
from kcbx_docs.office.opened import Office
from kcbx_docs.office.without_file import uncounted
from kcbx_docs.problems import Problem, Problems

if TYPE_CHECKING:
    from kcbx_docs.case.files import LoadedBatch, LoadedLetter
    from kcbx_docs.case.roster_reading import RosterPupil


def of_letter(office: Office, loaded: "LoadedLetter") -> Iterable[Problem]:
    """Compare a letter with what was issued of it."""
    from kcbx_docs.papers.issued import letter_otherwise  # no case needs it

    return letter_otherwise(loaded, office.recorded(loaded))


def of_batch(
    office: Office, loaded: "LoadedBatch", today: date
) -> "tuple[Problems, Sequence[RosterPupil]]":
    """Read the roster for what the ordered papers print, as printing does."""
    from kcbx_docs.batch.asked import EVERYBODY
    from kcbx_docs.batch.run import prepare
    from kcbx_docs.case.roster import account_of
    from kcbx_docs.papers.files import Wanted

    run = prepare(office, loaded, Wanted(today, formats=()), EVERYBODY)
    account = account_of(run.reading) if run.reading.tables else ()
    return (*run.problems, *account), run.everybody


@click.command(cls=Command, examples=("kcbx check cases/到责令.yaml", "kcbx check cases kcbx.yaml"))
@options.files()
@options.as_of("看哪一天的情况；不写就是今天。")
@options.as_json
@click.pass_context
def check(ctx: click.Context, paths: tuple[Path, ...], day: date, as_json: bool) -> None:
    """检查案件、批次（连同名册）、公文、工作和 kcbx.yaml。

    可以写文件，也可以写文件夹。全部文件的全部错误一次列出：
    文件:行:列: [代码] 说明 提示。只检查，不生成文书。
    """
    listed = files_below(paths)
    problems = check_files(listed, day, of_letter, of_batch, known=max(day, clock.today()))
    problems = (*problems, *uncounted(path for path in paths if path.is_dir()))
    clean = f"检查了 {len(listed)} 个文件，没有错误。"
    ctx.exit(
        show.conclude(
            problems, ctx.obj, as_json=as_json, clean=clean, files=[str(path) for path in listed]
        )
    )
