"""Words for how somebody is related: family, who is surely none, and everything else."""

from typing import Literal

_FAMILY = frozenset(
    [
        "家属",
        "亲属",
        "近亲属",
        "配偶",
        "妻子",
        "妻",
        "丈夫",
        "夫",
        "爱人",
        "老婆",
        "老公",
        "父亲",
        "母亲",
        "父",
        "母",
        "爸爸",
        "妈妈",
        "生父",
        "生母",
        "养父",
        "养母",
        "继父",
        "继母",
        "子",
        "女",
        "儿子",
        "女儿",
        "长子",
        "次子",
        "三子",
        "长女",
        "次女",
        "三女",
        "养子",
        "养女",
        "继子",
        "继女",
        "兄",
        "弟",
        "姐",
        "妹",
        "兄弟",
        "姐妹",
        "哥哥",
        "兄长",
        "大哥",
        "大姐",
        "弟弟",
        "姐姐",
        "妹妹",
        "堂兄",
        "堂弟",
        "堂姐",
        "堂妹",
        "表兄",
        "表弟",
        "表姐",
        "表妹",
        "祖父",
        "祖母",
        "爷爷",
        "奶奶",
        "外祖父",
        "外祖母",
        "外公",
        "外婆",
        "姥爷",
        "姥姥",
        "曾祖父",
        "曾祖母",
        "孙子",
        "孙女",
        "外孙",
        "外孙女",
        "岳父",
        "岳母",
        "公公",
        "婆婆",
        "公爹",
        "儿媳",
        "儿媳妇",
        "媳妇",
        "女婿",
        "伯父",
        "伯伯",
        "伯母",
        "叔父",
        "叔叔",
        "婶婶",
        "婶娘",
        "姑姑",
        "姑母",
        "姑父",
        "舅舅",
        "舅父",
        "舅母",
        "姨妈",
        "姨母",
        "姨父",
        "侄子",
        "侄女",
        "外甥",
        "外甥女",
        "嫂子",
        "弟媳",
        "弟妹",
        "姐夫",
        "妹夫",
        "大伯",
        "小叔",
        "小姑",
        "妯娌",
        "连襟",
    ]
)
_STRANGERS = frozenset(
    [
        "房东",
        "房客",
        "租客",
        "租户",
        "合租人",
        "室友",
        "舍友",
        "同乡",
        "老乡",
        "工友",
        "同事",
        "雇主",
        "老板",
        "雇工",
        "员工",
        "保姆",
        "护工",
        "邻居",
        "朋友",
        "同学",
        "战友",
        "老师",
        "教师",
        "班主任",
        "校长",
        "医生",
        "门卫",
        "保安",
        "物业",
        "房屋中介",
        "快递员",
        "村干部",
        "村主任",
        "村委会主任",
        "村委主任",
        "居委会主任",
        "居委主任",
        "社区主任",
        "村会计",
        "村支书",
        "村长",
        "组长",
        "村民小组长",
        "网格员",
        "楼栋长",
        "社区干部",
        "社区工作人员",
        "驻村干部",
        "无关系",
        "没有关系",
    ]
)

_AGENTS = frozenset(["委托代理人", "诉讼代理人", "代理人", "代理律师", "委托律师"])
_LAWYERS = frozenset(["律师", "法律工作者", "基层法律服务工作者", "法律援助律师"])
"""Who acts for people by calling: whether for this one, only a mandate tells."""

Kin = Literal["家属", "不是家属", "说不准"]


def kin_of(relation: str) -> Kin:
    """Tell whether a relation makes somebody family; what is worded otherwise is not known."""
    if relation in _FAMILY:
        return "家属"
    return "不是家属" if stranger(relation) else "说不准"


def stranger(relation: str) -> bool:
    """Tell whether a relation is surely no family's."""
    return relation in _STRANGERS


def agent(relation: str) -> bool:
    """Tell whether somebody acts for the addressee, who need not live with him."""
    return relation in _AGENTS


def lawyer(relation: str) -> bool:
    """Tell whether somebody may be an agent by calling, of which his mandate is the proof."""
    return relation in _LAWYERS
