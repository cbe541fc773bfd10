# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import re
import unicodedata

CHINESE_DIGITS = "零一二三四五六七八九"
# Blanks and signs that Unicode does not regard as forms of the ASCII ones
SAME = str.maketrans(
    {
        "−": "-",
        "–": "-",
        "—": "-",
        "‐": "-",
        "‑": "-",
        "’": "'",
        "\ufeff": None,
    }
)
CHINESE_NUMBER = re.compile(r"[〇零一二三四五六七八九十]+(?=\s*[年月日号號])")


def simplify(text):
    """Return text without what does not matter to a reader: width, case, blanks.

    >>> simplify("　ＮＴ＄　１，０００ ")
    'nt$ 1,000'
    """
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text).translate(SAME)
    return " ".join(text.casefold().split())


def match_any(words):
    """Return the pattern of any of the words; Chinese ones may be parts of others.

    >>> match_any(["單價", "rate", "per"])
    '單價|\\\\b(?:rate|per)\\\\b'
    """
    chinese = [word for word in words if not word.isascii()]
    latin = "|".join(word for word in words if word.isascii())
    return "|".join([*chinese, rf"\b(?:{latin})\b"])


def read_chinese_numbers(text):
    """Write the Chinese numbers of a date in digits.

    >>> read_chinese_numbers("二〇二五年十二月二十一日")
    '2025年12月21日'
    """
    return CHINESE_NUMBER.sub(_read_chinese_number, text)


def _read_chinese_number(match):
    text = match[0].replace("〇", "零")
    if "十" not in text:
        return "".join(str(CHINESE_DIGITS.index(digit)) for digit in text)
    tens, _ten, ones = text.partition("十")
    if len(tens) > 1 or len(ones) > 1 or "十" in ones:
        return match[0]
    return str(
        10 * (CHINESE_DIGITS.index(tens) if tens else 1)
        + (CHINESE_DIGITS.index(ones) if ones else 0)
    )
