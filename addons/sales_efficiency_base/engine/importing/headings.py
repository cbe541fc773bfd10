# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import re
from dataclasses import dataclass

from .text import simplify

BRACKETS = re.compile(r"\([^()]*\)|\[[^][]*\]|【[^】]*】|〔[^〕]*〕|「[^」]*」")
MARKS = re.compile(r"[\s_*:#.,;/\\\"'?!、。-]+")
LATIN_WORD = r"(?<![a-zà-ÿ]){}(?![a-zà-ÿ])"


@dataclass(frozen=True)
class Field:
    """What a column may be.

    :param str name: technical name
    :param tuple labels: what the user sees, in all languages of interest
    :param tuple synonyms: other headings, see ``SYNONYMS``
    """

    name: str
    labels: tuple = ()
    synonyms: tuple = ()


def normalize(heading):
    """Return a heading without what does not matter: case, width, blanks, a unit in
    brackets, marks of required columns.

    >>> normalize("＊ Sales Amount (NT$)"), normalize("金 額（元）：")
    ('salesamount', '金額')
    """
    text = simplify(str(heading))
    return MARKS.sub("", BRACKETS.sub("", text)) or MARKS.sub("", text)


def match_headings(headings, fields, remembered=None):
    """Find the columns of fields.

    Each column is taken at most once: what the user chose last time goes before
    labels, labels before synonyms, whole headings before parts of them.

    >>> customer = Field("partner_id", ("Customer",), ("客戶",))
    >>> amount = Field("amount", ("Amount",), ("金額",))
    >>> match_headings(["客戶名稱", "日期", "未稅金額(元)"], [customer, amount])
    {'partner_id': 0, 'amount': 2}

    :param list headings: text, from left to right
    :param list fields: ``Field``s, more important ones first
    :param dict remembered: heading → name of the field, or None for a column that the
        user left out; kept from former files
    :return: dict name of the field → number of the column, from 0
    """
    remembered = {
        normalize(heading): name for heading, name in (remembered or {}).items()
    }
    matches = []
    for column, heading in enumerate(headings):
        key = normalize(heading)
        if not key:
            continue
        for place, field in enumerate(fields):
            if key in remembered:
                score = 4 * (remembered[key] == field.name)
            else:
                score = _score(heading, key, field)
            if score:
                matches.append((-score, place, column, field.name))
    found = {}
    for _rank, _place, column, name in sorted(matches):
        if name not in found and column not in found.values():
            found[name] = column
    return {field.name: found[field.name] for field in fields if field.name in found}


def _score(heading, key, field):
    """:return: how well a heading names a field: 0 not at all, 3 by its label"""
    if key in map(normalize, (field.name, *field.labels)):
        return 3
    if key in map(normalize, field.synonyms):
        return 2
    text = simplify(str(heading))
    parts = [
        len(normalize(word))
        for word in (*field.labels, *field.synonyms)
        if _contains(text, simplify(word))
    ]
    return max(parts, default=0) / len(key) if parts else 0


def _contains(text, word):
    """:return: whether a heading has a word as a part of it"""
    if not word.isascii():
        return len(word) > 1 and word in text
    return len(word) > 2 and bool(re.search(LATIN_WORD.format(re.escape(word)), text))
