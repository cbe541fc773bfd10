# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import re
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from ...tools.limits import FIRST_DAY, LAST_DAY
from .month_names import ERA, NAMES, ROC_YEARS, get_year, read_month
from .text import read_chinese_numbers, simplify

# Order of the parts of a date in figures; "roc" is year, month, day of the calendar of
# the Republic of China.
ORDERS = ("ymd", "dmy", "mdy", "roc")
# Day 0 of spreadsheets, and the numbers that are plainly days: 1970 to 2100
SERIAL_START = date(1899, 12, 30)
SERIALS = range(25569, 73416)

TIME = re.compile(
    r"[t\s]+(?:[ap]m|上午|下午)?\s*\d{1,2}:\d\d(?::\d\d(?:[.,]\d+)?)?"
    r"\s*(?:[ap]\.?m\.?|uhr|上午|下午)?\s*(?:z|[+-]\d\d:?\d\d)?$"
)
# A time that says its zone, as programs write it
STAMP = re.compile(
    r"[t\s]+(?P<time>\d\d:\d\d(?::\d\d)?)(?:[.,]\d+)?\s*(?P<zone>z|[+-]\d\d:?\d\d)$"
)
WEEKDAY = re.compile(
    r"\(?(?:星期|週|周|禮拜|礼拜)[一二三四五六日天]\)?|\([一二三四五六日]\)"
    r"|\b(?:mon|tue|wed|thu|fri|sat|sun)(?:s|nes|rs|ur)?(?:day)?\b[.,]?"
)
CHINESE = re.compile(
    rf"{ERA}\s*(?P<y>\d{{1,4}})\s*年\s*(?P<m>\d{{1,2}})\s*月"
    r"\s*(?P<d>\d{1,2})\s*[日号號]?"
)
COMPACT = re.compile(
    r"(?P<y>(?:19|20|21)\d\d)(?P<m>\d\d)(?P<d>\d\d)"
    rf"|{ERA}(?P<roc>[01]\d\d)(?P<rm>\d\d)(?P<rd>\d\d)"
)
FIGURES = re.compile(
    rf"{ERA}\s*(?P<a>\d{{1,4}})\s*(?P<sep>[-/.\s])\s*(?P<b>\d{{1,2}})"
    r"\s*(?P=sep)\s*(?P<c>\d{1,4})\.?"
)
NAME = r"(?:(?P<m>\d{1,2})月|(?P<name>[^\W\d_]+)\.?)"
NAMED = [
    re.compile(form)
    for form in (
        rf"(?P<d>\d{{1,2}})(?:st|nd|rd|th|er|\.)?[\s/.-]*{NAME}[\s,./'-]*(?P<y>\d{{4}}|\d\d)",
        rf"{NAME}[\s/.-]*(?P<d>\d{{1,2}})(?:st|nd|rd|th)?[\s,./-]+(?P<y>\d{{4}}|\d\d)",
        rf"(?P<y>\d{{4}})[\s/.-]*{NAME}[\s/.-]*(?P<d>\d{{1,2}})",
    )
]
NO_YEAR = re.compile(r"(?P<a>\d{1,2})\s*(?:月|[-/.])\s*(?P<b>\d{1,2})\s*[日号號.]?")


def read_date(value, order, year=None, zone=None):
    """Read a day.

    >>> read_date("03/04/2025", "dmy"), read_date("03/04/2025", "mdy")
    (datetime.date(2025, 4, 3), datetime.date(2025, 3, 4))
    >>> read_date("114/03/08", "roc"), read_date("民國114年3月8日", "dmy")
    (datetime.date(2025, 3, 8), datetime.date(2025, 3, 8))
    >>> read_date("31/02/2025", "dmy")
    >>> read_date("2025-03-31T17:00:00Z", "ymd", zone="Asia/Taipei")
    datetime.date(2025, 4, 1)

    :param value: text, date or number
    :param str order: see ``ORDERS``; of dates whose parts could be anything
    :param int year: of dates without one
    :param str zone: time zone of the day that is returned, for a time that says its own
    :return: ``date``, or None if it is something else
    """
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, date):
        return value if FIRST_DAY <= value <= LAST_DAY else None
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        if int(value) in SERIALS:
            return SERIAL_START + timedelta(int(value))
        value = str(int(value)) if value == int(value) else ""
    if not isinstance(value, str):
        return None
    day = _make_date(_read_parts(_strip(value), order, year))
    return _convert(day, STAMP.search(simplify(value)), zone) if day and zone else day


def has_no_year(value):
    """Return whether a day or a month lacks its year."""
    if not isinstance(value, str):
        return False
    month = read_month(value)
    return bool(NO_YEAR.fullmatch(_strip(value)) or (month and month.year is None))


def _convert(day, stamp, zone):
    """:return: the day in a time zone"""
    if not stamp:
        return day
    moment = datetime.fromisoformat(f"{day} {stamp['time']}{stamp['zone'].upper()}")
    return moment.astimezone(ZoneInfo(zone)).date()


def read_first_of_month(value, order, year=None, zone=None):
    """Read a month, or the month of a day.

    >>> read_first_of_month("2025年3月", "ymd"), read_first_of_month("8/3/2025", "dmy")
    (datetime.date(2025, 3, 1), datetime.date(2025, 3, 1))

    :return: its first day, or None if it is something else
    """
    month = read_month(value, bare=True)
    if month and (month.year or year):
        return month.on(year)
    day = read_date(value, order, year, zone)
    return day and day.replace(day=1)


def _strip(text):
    """Leave out the time and the day of the week."""
    text = WEEKDAY.sub(" ", TIME.sub("", simplify(text)))
    return read_chinese_numbers(text.strip(" ,"))


def _make_date(parts):
    """:return: the date of year, month and day, or None if there is none such"""
    try:
        day = date(*parts)
    except (TypeError, ValueError):
        return None
    return day if FIRST_DAY <= day <= LAST_DAY else None


def _read_parts(text, order, year):
    """:return: year, month, day; or None"""
    if match := CHINESE.fullmatch(text):
        parts = match.groupdict()
        is_roc = order == "roc"
        return (
            get_year(parts["y"], parts["era"], is_roc),
            int(parts["m"]),
            int(parts["d"]),
        )
    if match := FIGURES.fullmatch(text):
        return _read_figures(match.groupdict(), order)
    if text.isdecimal() and len(text) == 5 and int(text) in SERIALS:
        day = SERIAL_START + timedelta(int(text))
        return day.year, day.month, day.day
    if match := COMPACT.fullmatch(text):
        return _read_compact(match.groupdict(), order)
    for form in NAMED:
        if match := form.fullmatch(text):
            month = int(match["m"] or NAMES.get(match["name"], 0))
            return get_year(match["y"]), month, int(match["d"])
    if year and (match := NO_YEAR.fullmatch(text)):
        first, second = int(match["a"]), int(match["b"])
        is_day_first = order == "dmy" and "月" not in text
        return (year, second, first) if is_day_first else (year, first, second)
    return None


def _read_figures(parts, order):
    a, b, c = parts["a"], int(parts["b"]), parts["c"]
    if parts["era"] or len(a) == 4:
        return get_year(a, parts["era"]), b, int(c)
    if len(a) == 3:
        # No reading but one takes three digits for a year, so that a column of 99/…
        # and 100/… is plain.
        return (get_year(a), b, int(c)) if order == "roc" else None
    if len(c) == 4 or order in ("dmy", "mdy"):
        if order == "dmy" and len(c) in (2, 4):
            return get_year(c), b, int(a)
        if order == "mdy" and len(c) in (2, 4) and parts["sep"] != ".":
            return get_year(c), int(a), b
        return None
    if len(a) != 2 or (order == "roc" and int(a) not in ROC_YEARS):
        return None
    return get_year(a, is_roc=order == "roc"), b, int(c)


def _read_compact(parts, order):
    if parts["y"]:
        return int(parts["y"]), int(parts["m"]), int(parts["d"])
    if parts["era"] or order == "roc":
        return get_year(parts["roc"]), int(parts["rm"]), int(parts["rd"])
    return None
