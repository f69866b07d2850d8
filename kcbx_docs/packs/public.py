"""What a paper that everybody may read may tell: these values, and nothing else.

All else of the context tells, or may tell, who the child is: his family, school and village,
and what people wrote freely about him.
"""

from collections.abc import Mapping

from kcbx_docs.packs.model import Role

PUBLIC = (
    *("机关", "文书", "地方", "今日", "法条", "规则", "送达公告"),
    *("教育行政部门", "属地政府", "复议机关", "行政法院"),
    *("公开决定.文本", "程序.决定.日期", "程序.决定.文号", "程序.决定.罚款", "程序.处罚依据.引用"),
    *("工作.标题", "工作.对象", "工作.事由", "工作.情况", "工作.年度", "工作.月份", "工作.年月"),
    *("工作.这一方", "工作.问题", "工作.要求", "工作.数字", "工作.期限", "工作.公开文本"),
    *("工作.主送", "工作.抄送", "公文.联合发文"),
)
"""Values that may stand there with all that is below them."""
_FOR_ROLES: Mapping[Role, tuple[str, ...]] = {"送达公告": ("监护人.姓名",)}
"""What the law wants on one kind of paper only: whom a public notice is served on."""


def may_tell(name: str, role: Role | None) -> bool:
    """Tell whether a public paper of a role may hold a value, called as templates call it."""
    parts = name.split(".")
    above = {".".join(parts[:count]) for count in range(1, len(parts) + 1)}
    return not above.isdisjoint(_known(role))


def may_name(name: str, role: Role | None) -> bool:
    """Tell whether a template may name it: also a record, of which only such values are left."""
    return may_tell(name, role) or any(one.startswith(f"{name}.") for one in _known(role))


def _known(role: Role | None) -> tuple[str, ...]:
    return (*PUBLIC, *(_FOR_ROLES.get(role, ()) if role else ()))
