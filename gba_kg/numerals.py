"""Reads the numbers and dates of Chinese print: digits, Chinese numerals, scales (万, 亿), bounds (超, 近, 多 ...)."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

__all__ = ["NUMERAL", "Figure", "PrintedDate", "read_dates", "read_figures"]

_SCALES = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8, "億": 10**8, "萬": 10**4}
_CHINESE = "〇零一二三四五六七八九十百千万亿两萬億兩"
NUMERAL = re.compile(rf"[0-9０-９]+(?:[.,][0-9]+)*|[{_CHINESE}]+")
"""A run of digits or of Chinese numerals: what must be covered by a passage or by a reviewed wording."""

# Words before a number, and words after it, that bound it. The longest comes first.
_BEFORE = {
    "more-than": ("超过", "超過", "突破", "逾", "超"),
    "nearly": ("接近", "将近", "近"),
    "about": ("大约", "大約", "约", "約"),
    "at-least": ("不少于", "至少"),
    "up-to": ("最高可达", "最高可達", "最高", "最多", "不超过", "至多"),
}
_AFTER = {
    "more-than": ("多", "余", "餘"),
    "about": ("左右", "上下"),
    "at-least": ("以上",),
    "up-to": ("以内", "以內", "以下", "之内"),
}
# A verb may stand between a bound and its number: 约有20万, 至少通关两次.
_VERBS = "有|通关|通關"
_NUMBER = rf"(?:[0-9]{{1,3}}(?:,[0-9]{{3}})+|[0-9]+)(?:\.[0-9]+)?|[{_CHINESE}]+"
_SPACE = r"\s*"
_SCALE = r"[十百千万亿萬億]*"
_BEFORE_WORDS = "|".join(word for words in _BEFORE.values() for word in words)
_FIGURE = re.compile(
    rf"(?:(?P<before>{_BEFORE_WORDS})(?:{_VERBS})?)?{_SPACE}(?P<vague>[数几數幾])?{_SPACE}"
    rf"(?P<low>{_NUMBER}){_SPACE}(?P<scale>{_SCALE}){_SPACE}(?P<percent>%)?"
    rf"(?:{_SPACE}(?:-|—|–|~|至|到){_SPACE}(?P<high>{_NUMBER}){_SPACE}(?P<high_scale>{_SCALE}){_SPACE}%?)?"
    rf"{_SPACE}(?P<more>[多余餘])?{_SPACE}(?P<late_scale>[万亿萬億]?)"
)
_AFTER_WORDS = re.compile("|".join(word for words in _AFTER.values() for word in words))
_DATE = re.compile(
    r"(?P<year>[0-9]{4})\s*[年版](?:\s*(?P<end>年?[底末])|\s*(?P<month>[0-9]{1,2})\s*月(?:\s*(?P<month_end>[底末])|\s*(?P<day>[0-9]{1,2})\s*日)?)?"
)


@dataclass(frozen=True)
class Figure:
    """A printed number: its least and greatest reading (equal unless a range or vague) and how it is bounded.

    ``low`` and ``high`` have their scale applied (11.1万 is 111000); a percentage stays as printed (99.79).
    """

    low: Decimal
    high: Decimal
    bound: str


@dataclass(frozen=True)
class PrintedDate:
    """A printed date at its own precision, as an XSD lexical form: 2023, 2023-04 or 2023-04-30.

    The end of a year or month (年底, 2月底) is its last day.
    """

    lexical: str

    @property
    def first_day(self) -> str:
        """The first day that the date may mean, as YYYY-MM-DD."""
        return self.lexical + "-01" * (2 - self.lexical.count("-"))

    @property
    def last_day(self) -> str:
        """The last day that the date may mean, as YYYY-MM-DD.

        >>> PrintedDate("2024-02").last_day
        '2024-02-29'
        """
        parts = [int(part) for part in self.lexical.split("-")]
        year, month = parts[0], parts[1] if len(parts) > 1 else 12
        day = parts[2] if len(parts) > 2 else calendar.monthrange(year, month)[1]
        return f"{year:04}-{month:02}-{day:02}"


def read_figures(text: str) -> list[Figure]:
    """All figures of a short printed text, in order.

    >>> read_figures("11.1万多个")
    [Figure(low=Decimal('111000.0'), high=Decimal('111000.0'), bound='more-than')]
    >>> read_figures("1-2周")
    [Figure(low=Decimal('1'), high=Decimal('2'), bound='range')]
    >>> read_figures("数十万元")
    [Figure(low=Decimal('100000'), high=Decimal('1000000'), bound='indefinite')]
    """
    return [_figure(match, text) for match in _FIGURE.finditer(text)]


def read_dates(text: str) -> Iterator[PrintedDate]:
    """All dates with a year of a printed text, in order.

    >>> [date.lexical for date in read_dates("截至 2024年2月底，自2022 年 3 月 10 日起")]
    ['2024-02-29', '2022-03-10']
    """
    for match in _DATE.finditer(text):
        year, month, day = match["year"], match["month"], match["day"]
        if match["end"]:
            yield PrintedDate(f"{year}-12-31")
        elif match["month_end"]:
            yield PrintedDate(PrintedDate(f"{year}-{int(month):02}").last_day)
        else:
            yield PrintedDate("-".join([year, *(f"{int(part):02}" for part in (month, day) if part)]))


def _figure(match: re.Match[str], text: str) -> Figure:
    scale = _factor(match["scale"]) * _factor(match["late_scale"])
    low = _number(match["low"]) * scale
    bound = _bound(match, text)
    if match["vague"]:
        return Figure(low, low * 10, "up-to" if bound == "up-to" else "indefinite")
    if match["high"]:
        high_scale = _factor(match["high_scale"]) * _factor(match["late_scale"])
        # In 1-2万 the scale of the upper end holds for the lower end too.
        low = low if match["scale"] else low * high_scale
        return Figure(low, _number(match["high"]) * high_scale, "range")
    return Figure(low, low, bound)


def _bound(match: re.Match[str], text: str) -> str:
    if match["before"]:
        return next(bound for bound, words in _BEFORE.items() if match["before"] in words)
    if match["more"]:
        return "more-than"
    # 9天以内: the bounding word follows the unit, before the next number or pause.
    rest = re.split(r"[0-9，。；、（）()]", text[match.end() :], maxsplit=1)[0]
    after = _AFTER_WORDS.search(rest)
    if after:
        return next(bound for bound, words in _AFTER.items() if after[0] in words)
    return "exact"


def _factor(scales: str | None) -> int:
    product = 1
    for scale in scales or "":
        product *= _SCALES[scale]
    return product


def _number(text: str) -> Decimal:
    if text[0].isdigit() and text[0].isascii():
        return Decimal(text.replace(",", ""))
    import cn2an  # 0.1 s: for Chinese numerals alone

    simplified = text.translate(str.maketrans("萬億兩〇", "万亿两零"))
    return Decimal(str(cn2an.cn2an(simplified, "smart")))
