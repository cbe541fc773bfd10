# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import codecs
import re
import unicodedata
from collections import Counter

from .vocabulary import FIGURES, FREQUENT, SYNONYMS, TOTALS

MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF32_LE: "utf-32",  # before UTF-16, which begins alike
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
# Names as spreadsheets give them
NAMES = {
    "utf-8": "UTF-8",
    "utf-8-sig": "UTF-8",
    "utf-16": "UTF-16",
    "utf-16-le": "UTF-16",
    "utf-16-be": "UTF-16",
    "utf-32": "UTF-32",
    "gb18030": "GB18030",
    "cp950": "Big5",
    "big5hkscs": "Big5",
    "cp1252": "Windows-1252",
}
# Of bytes that are not Unicode, the likelier first
OTHERS = ("cp950", "big5hkscs", "gb18030", "cp1252")
FAMILIAR = frozenset(
    "".join([FREQUENT, *TOTALS, *FIGURES, *(w for s in SYNONYMS.values() for w in s)])
)
ACCENTED = re.compile(r"[\x80-\u024f]+")
LATIN = frozenset("äöüßéèêàâçîïôûùëñåæøœ£°«»")


def find_encoding(content):
    """Find the encoding of a text, judged on the whole of it.

    >>> find_encoding("日期,金額".encode("big5"))
    'cp950'
    >>> find_encoding("日期,金额".encode("gbk"))
    'gb18030'
    >>> find_encoding("Umsätze".encode("latin-1"))
    'cp1252'

    :param bytes content:
    :return: name of a codec, or None if it is no text, or a damaged one
    """
    for mark, name in MARKS.items():
        if content.startswith(mark):
            return name if _decode(content, name) is not None else None
    if b"\0" in content:
        return _find_utf_16(content)
    if _decode(content, "utf-8") is not None:
        return "utf-8"
    if _is_damaged_utf_8(content):
        return None
    scores = {
        name: score_text(text)
        for name in OTHERS
        if (text := _decode(content, name)) is not None
    }
    return max(scores, key=scores.get, default=None)


def _is_damaged_utf_8(content):
    """Other encodings would read it without a word, and wrongly."""
    text = content.decode("utf-8", errors="replace")
    # Three bytes that fit are Chinese; two may well be of another encoding.
    fitting = sum(character > "\u2e7f" for character in text)
    lost = text.count("\ufffd")
    return lost * 5 < fitting - lost


def score_text(text):
    """Return how much a text looks like one that people write.

    :return: mean of its characters beyond ASCII, 1 for familiar ones, below 0 for
        those that a wrong encoding makes
    """
    score, count = 0.0, 0
    for character, number in Counter(text).items():
        if character > "\u024f":
            count += number
            score += number * _score_character(character)
    # A letter with an accent stands among plain ones.
    for letters in ACCENTED.findall(text):
        count += len(letters)
        score += 1 if letters.lower() in LATIN else -len(letters)
    return score / count if count else 0.0


def _score_character(character):
    if character in FAMILIAR or character == "€":
        return 1.0
    if unicodedata.category(character) in ("Cn", "Co", "Cc"):
        return -1.0
    for codec, last in (("gb2312", b"\xd7\xff"), ("big5", b"\xc6\x7f")):
        try:
            # The first half of both holds the characters of daily use.
            if character.encode(codec) < last:
                return 0.4
        except UnicodeEncodeError:
            continue
    return -0.2


def _find_utf_16(content):
    """UTF-16 without a mark: every other byte of ASCII is zero."""
    zeros = [content[start::2].count(0) for start in (0, 1)]
    name = "utf-16-be" if zeros[0] > zeros[1] else "utf-16-le"
    text = _decode(content, name)
    is_text = text is not None and "\0" not in text and min(zeros) * 10 <= max(zeros)
    return name if is_text else None


def _decode(content, name):
    """:return: text, or None if the bytes are not of this encoding"""
    try:
        return content.decode(name)
    except UnicodeDecodeError:
        return None
