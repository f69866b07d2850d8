"""Chinese numerals of papers: article numbers, dates in 〇 style, and sums of money in capitals."""

from datetime import date
from decimal import Decimal, InvalidOperation

from kcbx_docs.problems import stop
from kcbx_docs.words import DIGITS, four_digits, number_in_words

_CAPITALS = "零壹贰叁肆伍陆柒捌玖"
_CAPITAL_UNITS = ("", "拾", "佰", "仟")
_GROUPS = ("", "万", "亿", "万亿")
_LARGEST = Decimal(10) ** 16


def chinese_number(number: int) -> str:
    """Write 0..9999 as in article numbers: 20 二十, 102 一百零二, 1259 一千二百五十九."""
    if not 0 <= number <= 9999:
        raise stop("LAW030", value=number)
    return number_in_words(number)


def chinese_date(day: date) -> str:
    """Write a date in 〇 style: 二〇二六年九月一日."""
    year = "".join("〇" if char == "0" else DIGITS[int(char)] for char in str(day.year))
    return f"{year}年{chinese_number(day.month)}月{chinese_number(day.day)}日"


def parse_amount(value: Decimal | int | str) -> Decimal:
    """Read a sum of money in yuan; at most two decimals, not negative, below 10^16."""
    try:
        amount = Decimal(value)
    except (InvalidOperation, ValueError, TypeError) as error:
        raise stop("LAW031", value=value, reason="不是数字") from error
    if not amount.is_finite() or amount < 0:
        raise stop("LAW031", value=value, reason="金额不能为负，也不能是无穷大")
    if amount >= _LARGEST:
        raise stop("LAW031", value=value, reason="金额超出可以写成大写的范围")
    if amount != amount.quantize(Decimal("0.01")):
        raise stop("LAW031", value=value, reason="金额最多到分")
    return amount


def capital_amount(value: Decimal | int | str) -> str:
    """Write a sum in capitals by 支付结算办法: 1409.50 壹仟肆佰零玖元伍角, 1000 壹仟元整."""
    amount = parse_amount(value)
    yuan, cents = divmod(int(amount * 100), 100)
    jiao, fen = divmod(cents, 10)
    whole = _capital_integer(yuan) + "元" if yuan else ""
    if not cents:
        return (whole or "零元") + "整"
    text = whole
    if jiao:
        text += _CAPITALS[jiao] + "角"
    elif whole:
        text += "零"
    if fen:
        text += _CAPITALS[fen] + "分"
    return text


def _capital_integer(number: int) -> str:
    """Write the whole yuan in groups of four digits, from the smallest up."""
    out, later = "", 0
    for level in range(4):
        number, part = divmod(number, 10_000)
        if part:
            # A following group without its thousands digit is joined by 零.
            joint = "零" if out and later < 1000 else ""
            out = four_digits(part, _CAPITALS, _CAPITAL_UNITS) + _unit(level, out) + joint + out
        later = part
    return out


def _unit(level: int, following: str) -> str:
    """Name a group of four digits; 亿 is not said twice in 万亿…亿."""
    if level == 3 and "亿" in following:
        return "万"
    return _GROUPS[level]
