"""The lists that are made of cases and leads, by name: whom each of them holds."""

from collections.abc import Mapping

LEAD_LIST = "线索台账"
"""The one that is made of leads and not of cases."""
ABOUT: Mapping[str, str] = {
    "失学台账": "应当入学而从未入学的孩子",
    "辍学台账": "有学籍、没有完成义务教育而不再到校的孩子",
    "送教台账": "送教上门的孩子，附每一次送教",
    "帮扶台账": "结对帮扶、学业心理辅导、家校联系的孩子，附每一次帮扶",
    "红白名单": "红名单（不稳定，要包保）和白名单（稳定）的孩子",
    "留守儿童": "父母一方或者双方外出的孩子，附父母住址的变动",
    "一校一册": "一所学校一张表：全部案件、做到哪一步",
    LEAD_LIST: "疑似辍学的线索：谁反映的、怎样处理的、受理成了哪个案件",
}
