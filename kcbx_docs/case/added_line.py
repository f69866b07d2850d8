"""Where a line is added of which a hint speaks: written out, below or behind what stands there."""

from kcbx_docs.reading import Loc, Source


def line_to_add(source: Source, beside: Loc, key: str, value: str) -> str:
    """Say what to write of a key that does not stand there yet, and where; ``beside`` is the key
    after which it goes.
    """
    line = f"{key}: {value}"
    mark, there = source.marks.get(beside), source.values.get(beside)
    if mark is None or there is None or mark[0] != there[0]:
        return f"写法：{line}。"
    number, before = mark[0] + 1, source.text.split("\n")[mark[0]][: mark[1]]
    if before.strip() in ("", "-"):
        return (
            f"写法：在第 {number} 行「{beside[-1]}」下面加一行「{line}」，"
            f"前面空 {mark[1]} 格，和「{beside[-1]}」对齐。"
        )
    return f"写法：在第 {number} 行「{beside[-1]}」的值后面加「, {line}」。"
