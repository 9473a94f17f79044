"""Printed numbers and dates, as the documents print them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from gba_kg.numerals import read_dates, read_figures

FIGURES = [
    ("11.1万多个", "111000", "111000", "more-than"),
    ("1101亿余元", "110100000000", "110100000000", "more-than"),
    ("最高可达数十万元", "100000", "1000000", "up-to"),
    ("超 2 万人次", "20000", "20000", "more-than"),
    ("近 9000 万", "90000000", "90000000", "nearly"),
    ("近3千家", "3000", "3000", "nearly"),
    ("约30%", "30", "30", "about"),
    ("9天以内", "9", "9", "up-to"),
    ("3倍以上", "3", "3", "at-least"),
    ("5-10%", "5", "10", "range"),
    ("1-2周", "1", "2", "range"),
    ("1—2万元", "10000", "20000", "range"),
    ("十五种", "15", "15", "exact"),
    ("一百二十项", "120", "120", "exact"),
    ("两个", "2", "2", "exact"),
    ("1898.65万片", "18986500", "18986500", "exact"),
    ("15%左右", "15", "15", "about"),
    ("1,275 人次", "1275", "1275", "exact"),
    ("数十个", "10", "100", "indefinite"),
]


@pytest.mark.parametrize(("text", "low", "high", "bound"), FIGURES, ids=[row[0] for row in FIGURES])
def test_figure(text: str, low: str, high: str, bound: str) -> None:
    (figure,) = read_figures(text)
    assert (figure.low, figure.high, figure.bound) == (Decimal(low), Decimal(high), bound)


def test_two_figures_are_two() -> None:
    assert [figure.low for figure in read_figures("由24项减少为3项")] == [24, 3]


DATES = [
    ("截至2023年底", "2023-12-31", "2023-12-31", "2023-12-31"),
    ("截至 2024年 2 月", "2024-02", "2024-02-01", "2024-02-29"),
    ("截至2024年2月底", "2024-02-29", "2024-02-29", "2024-02-29"),
    ("2022年3月10日", "2022-03-10", "2022-03-10", "2022-03-10"),
    ("于 2023 年先后", "2023", "2023-01-01", "2023-12-31"),
    ("2023年年底", "2023-12-31", "2023-12-31", "2023-12-31"),
    ("2022 年末", "2022-12-31", "2022-12-31", "2022-12-31"),
    ("（2021版）", "2021", "2021-01-01", "2021-12-31"),
]


@pytest.mark.parametrize(("text", "lexical", "first", "last"), DATES, ids=[row[0] for row in DATES])
def test_date(text: str, lexical: str, first: str, last: str) -> None:
    (date,) = read_dates(text)
    assert (date.lexical, date.first_day, date.last_day) == (lexical, first, last)


def test_no_date_without_a_year() -> None:
    assert list(read_dates("7月9日")) == []
