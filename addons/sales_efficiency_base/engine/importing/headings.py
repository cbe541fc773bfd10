# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import re
from dataclasses import dataclass
from functools import cached_property, lru_cache

from .text import match_any, simplify
from .vocabulary import NO_SUMS

BRACKETS = re.compile(r"\([^()]*\)|\[[^][]*\]|【[^】]*】|〔[^〕]*〕|「[^」]*」")
MARKS = re.compile(r"[\s_*:#.,;/\\\"'?!、。-]+")
NO_LETTERS = re.compile(r"[\W_]+")
NO_SUM = re.compile(match_any(NO_SUMS))


@dataclass(frozen=True)
class Field:
    """What a column may be.

    :param str name: technical name
    :param tuple labels: what the user sees, in all languages of interest
    :param tuple synonyms: other headings, see ``SYNONYMS``
    :param bool is_number: whether its cells are figures
    """

    name: str
    labels: tuple = ()
    synonyms: tuple = ()
    is_number: bool = False

    @cached_property
    def names(self):
        """What the column is called by us"""
        return {normalize(word) for word in (self.name, *self.labels)}

    @cached_property
    def other_names(self):
        return {normalize(word) for word in self.synonyms}

    @cached_property
    def parts(self):
        """What may be a part of its heading"""
        return [simplify(word) for word in (*self.labels, *self.synonyms)]


@lru_cache(maxsize=4096)
def normalize(heading):
    """Return a heading without what does not matter: case, width, blanks, a unit in
    brackets, marks of required columns.

    >>> normalize("＊ Sales Amount (NT$)"), normalize("金 額（元）：")
    ('salesamount', '金額')
    """
    text = simplify(heading)
    return MARKS.sub("", BRACKETS.sub("", text)) or MARKS.sub("", text)


def match_headings(headings, fields, remembered=None, numeric=None, unlikely=()):
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
    :param set numeric: columns with figures, if known: Sales may be an amount or a
        person
    :param unlikely: columns that others go before, e.g. in a foreign currency
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
                if score and field.is_number and numeric is not None:
                    score += 0.5 if column in numeric else -score
            if score:
                score -= 0.25 * (column in unlikely)
                matches.append((-score, place, column, field.name))
    found = {}
    for _rank, _place, column, name in sorted(matches):
        if name not in found and column not in found.values():
            found[name] = column
    return {field.name: found[field.name] for field in fields if field.name in found}


def _score(heading, key, field):
    """:return: how well a heading names a field: 0 not at all, 3 by its label"""
    text = simplify(heading)
    if field.is_number and ("%" in text or NO_SUM.search(BRACKETS.sub("", text))):
        return 0
    if key in field.names:
        return 3
    if key in field.other_names:
        return 2
    words = [word for word in field.parts if _contains(text, word)]
    return max(map(len, map(normalize, words)), default=0) / len(key)


def _contains(text, word):
    """:return: whether a heading has a word as a part of it"""
    if not word.isascii():
        return len(word) > 1 and word in text
    return len(word) > 2 and f" {word} " in f" {NO_LETTERS.sub(' ', text)} "
