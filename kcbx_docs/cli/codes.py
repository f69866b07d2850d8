"""What the parts of the codes mean: where each kind arises, how grave each grade is."""

from kcbx_docs.light import dataclass


@dataclass(frozen=True)
class Area:
    """A kind of codes: its title, where it arises, the page that tells more."""

    title: str
    arises: str
    page: str = ""


AREAS = {
    "READ": Area("读取文件", "打开文件、读 YAML 的时候，还没有看内容", "案件文件"),
    "TYPE": Area(
        "键和值", "对照案件、批次、公文、工作或 kcbx.yaml 有哪些键、各写什么的时候", "案件文件"
    ),
    "CASE": Area("案件", "看案件文件里写的人、事、日期彼此合不合的时候", "案件文件"),
    "ROST": Area("名册", "读学生名册的工作表、表头和每一行的时候", "名册"),
    "WORK": Area(
        "工作目录、公文和工作", "看 kcbx.yaml、公文和工作文件、找工作目录的时候", "案件文件"
    ),
    "NEXT": Area("找案件、看期限", "按编号、姓名或文件名找案件，算期限的时候"),
    "COMP": Area("比对名单", "比对户籍、学籍、在校、脱贫名单的时候", "比对名单"),
    "LIST": Area("台账名单和报表", "写台账名单、月报表，对照改过的台账的时候", "台账和报表"),
    "BTCH": Area("批次", "看批次文件、从名册得出每名学生文书的时候", "开学发放"),
    "SLIP": Area("回执", "登记、统计学校交回来的回执的时候", "开学发放"),
    "LAW": Area("法律依据", "读登记的法律、法规、期限，核对引用的条款的时候", "法律依据"),
    "CAL": Area("工作日历", "读放假和调休的日历、按工作日算期限的时候"),
    "PACK": Area("模板包", "读模板包的文件、pack.yaml 和继承关系，检查模板包的时候", "维护模板"),
    "TMPL": Area("模板", "读模板的文字和写法，对照可以用的变量的时候", "模板变量"),
    "REND": Area("生成", "把案件填进模板、排成 DOCX 和 PDF 的时候", "维护模板"),
    "FONT": Area("字体", "找字体、看字体里有没有某个字的时候"),
    "PAPR": Area("文书", "决定一份文书能不能做、还缺什么的时候", "案件文件"),
    "PUBL": Area("公开", "生成公开版（--public）、看公开的文字说不说得出是哪个孩子的时候", "公开"),
    "PROC": Area("程序", "对照程序规则，看一步现在能不能走的时候", "法律情形"),
    "LEDG": Area("台账", "读写、核验、备份台账的时候", "台账"),
    "ISSU": Area("制发", "取文号、定稿、撤回和更正文书的时候", "台账"),
    "SERV": Area("送达", "登记送达、看送到没有、从哪天起算的时候", "登记送达"),
    "DOSS": Area("案卷", "装订案卷、编目录的时候"),
    "RUN": Area("批次打印", "由几个进程、几台机器分着印的时候", "多台机器"),
    "SCAN": Area("照片、扫描件和上面的二维码", "打开照片和扫描件、认上面的码的时候"),
    "LEAD": Area("线索和移交", "登记线索、复学后观察、移交和接收案件的时候", "办案人员"),
    "DESK": Area("办公桌", "打开办公桌、在页面上办事的时候"),
    "CLI": Area("命令", "运行命令、改写文件的时候", "命令"),
}
"""In the order in which the page of codes lists them."""

GRADES = {
    "error": ("错误", "必须改正，否则不生成文书，命令返回 1"),
    "warning": ("提醒", "不影响生成，但要看一看：多半写错了，或者以后会被质疑"),
    "note": ("说明", "只是告知，不用改什么"),
}


def area_of(code: str) -> str:
    """Return the letters of a code."""
    return code.rstrip("0123456789")
