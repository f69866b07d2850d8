"""Which packs serve a place, and why no more particular one does, in a sentence."""

from kcbx_docs.packs import placenames
from kcbx_docs.packs.chain import Chain


def packs_in_use(region: str, chain: Chain) -> str:
    """Say which place a region is, which packs serve it, and why no more particular one does."""
    code = region if region.isdigit() else placenames.code_of(region)
    name = placenames.name_of(code)
    used = "将使用：" + "→".join(folder.pack.name for folder in chain.folders)
    if placenames.former_of(region):
        return f"{used}。"
    if not name:
        day = placenames.LISTED_ON
        return f"地区：{region}，没有登记（名单截止 {day}，以后新设的、虚构的都不在内）。{used}。"
    own = chain.folders[-1].pack.code == placenames.bare(code)
    why = "" if own else "；这个地方没有自己的模板包，用上级的"
    return f"地区：{placenames.shown(code)}。{used}{why}。"
