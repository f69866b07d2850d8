"""The command line: parse, call one function, present.
A command's module is loaded when it is used.
"""

import os
import sys
import warnings

from kcbx_docs.cli import chinese
from kcbx_docs.cli.group import Group, Lazy

chinese.speak_chinese()

os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "true")
# Nobody's plug-ins are wanted, and looking for them reads the metadata of every installed package.

_MODULES = {"next": "next_steps", "help": "help_page", "open": "open_file"}
"""Commands whose module is called otherwise, since Python itself knows the word."""

kcbx = Group(
    "kcbx",
    help="依法控辍保学文书：一份案件文件，生成整套 DOCX 与 PDF。",
    commands={
        name: Lazy(name, f"kcbx_docs.cli.{_MODULES.get(name, name)}", about)
        for name, about in (
            ("init", "建立工作目录：kcbx.yaml、案件和模板的文件夹"),
            ("new", "新建案件、批次、公文或工作文件，带全部说明"),
            ("check", "检查文件，一次列出全部错误"),
            ("fix", "改正只有一种改法的错误，先显示改前改后，问过才写"),
            ("log", "记一件事：写进案件文件的经过"),
            ("service", "登记送达：怎样送的、送到没有、还要送什么"),
            ("roster", "学生名册：看每一行读成了什么；给学校一份空白名册"),
            ("compare", "四查三比对：比对户籍、学籍、在校、脱贫名单，找出失学、辍学的孩子"),
            ("render", "生成文书（DOCX、PDF）"),
            ("watch", "一保存就检查，并刷新草稿"),
            ("open", "打开案件文件，或者它的文书"),
            ("slips", "交回来的回执：扫描、登记、统计、催收"),
            ("lead", "线索（疑似辍学）：看、受理、不受理"),
            ("transfer", "移交整个案件给别的机关，接收移交来的案件"),
            ("dossier", "装订案卷：封面、目录、文书、凭证和证据合成一个 PDF"),
            ("issue", "制发文书：取文号，定稿存进台账"),
            ("paper", "制发过的文书：撤回、作废、补正、更正、盖章件"),
            ("verify", "核对文件或者文号：是不是制发时的原样，还有没有效"),
            ("number", "文号：从几号起，用到几号"),
            ("next", "案件走到哪一步，现在能做什么、不能做什么"),
            ("status", "全部案件一件一行，最急的在前"),
            ("deadlines", "全部期限，按日期排列；可写成日历文件"),
            ("register", "台账名单：失学、辍学、送教、帮扶、红白名单、留守儿童、一校一册"),
            ("report", "月报表、周报表：每个数对得上案件"),
            ("period", "计算期限：从哪天起算，到哪天为止"),
            ("calendar", "查看、添加和检查工作日历"),
            ("law", "查看登记的法律依据和期限"),
            ("pack", "查看、检查和导出模板包；登记处罚依据"),
            ("ledger", "台账：核验、备份、恢复，导出登记簿"),
            ("desk", "办公桌：在浏览器里办案、印文书，不用写命令"),
            ("schema", "写出 JSON Schema，供编辑器边写边提示"),
            ("doctor", "检查本机能不能生成文书，缺什么"),
            ("docs", "阅读说明的各页，不用上网"),
            ("explain", "解释错误代码：在哪里出现，怎样改"),
            ("completion", "按 Tab 补全：打印或者装上终端的补全脚本"),
            ("help", "显示一个命令的帮助"),
        )
    },
)


def main() -> None:
    """Run the program."""
    if not sys.warnoptions:  # libraries warn their users in English, not ours
        warnings.simplefilter("ignore")
    kcbx.main(prog_name="kcbx")
