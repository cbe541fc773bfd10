# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Normal forms of what tells customers apart: equal forms mean the same customer."""

import re
import unicodedata
from urllib.parse import urlsplit

LATIN_FORMS = {
    *("ab", "ag", "as", "asa", "bv", "co", "company", "corp", "corporation", "gmbh"),
    *("inc", "incorporated", "kg", "kk", "limited", "llc", "llp", "lp", "ltd", "nv"),
    *("oy", "oyj", "plc", "pte", "pty", "sa", "sarl", "sas", "spa", "srl", "ug"),
}
# Longer forms first: one may end with another one.
CHINESE_FORMS = (
    "股份有限公司",
    "有限責任公司",
    "有限责任公司",
    "股份公司",
    "有限公司",
    "株式会社",
    "有限会社",
    "株式會社",
    "股公司",
    "公司",
)
LEAST_DIGITS = 7


def get_name_key(name):
    """Return a name without case, spaces, width, punctuation and form of company.

    >>> get_name_key("ＡＣＭＥ Co., Ltd.") == get_name_key("Acme Limited")
    True
    >>> get_name_key("楓葉貿易股份有限公司") == get_name_key(" 楓葉 貿易 ")
    True
    >>> get_name_key("株式会社トヨタ")
    'トヨタ'
    >>> get_name_key("Müller S.A. & Söhne GmbH")
    'müllersasöhne'
    >>> get_name_key("Co. Ltd.")
    'coltd'
    """
    text = unicodedata.normalize("NFKC", name or "").casefold()
    text = re.sub(r"[.'’`]", "", text)
    words = re.sub(r"[\W_]+", " ", text).split()
    whole = "".join(words)
    while words and words[-1] in LATIN_FORMS:
        words.pop()
    return _strip_chinese("".join(words)) or whole


def _strip_chinese(text):
    for form in CHINESE_FORMS:
        text = text.removesuffix(form).removeprefix(form)
    return text


def get_tax_key(number):
    """Return a tax ID without case, blanks and punctuation.

    >>> get_tax_key("be 0477.472.701")
    'BE0477472701'
    >>> get_tax_key("/")
    ''
    """
    text = unicodedata.normalize("NFKC", number or "").upper()
    key = re.sub(r"[\W_]", "", text)
    return key if len(key) > 3 else ""


def get_email_key(email):
    """Return an e-mail address; one domain is shared by all who work there.

    >>> get_email_key("Info <INFO@Acme.example>")
    'info@acme.example'
    >>> get_email_key("acme.example")
    ''
    """
    found = re.search(r"[^\s<>,;\"]+@[^\s<>,;\"]+", email or "")
    return found.group().lower() if found else ""


def get_phone_key(phone):
    """Return the digits of a phone number that is long enough to tell anything.

    >>> get_phone_key("+886 2 2469-4407")
    '886224694407'
    >>> get_phone_key("ext. 12")
    ''
    """
    digits = re.sub(r"\D", "", unicodedata.normalize("NFKC", phone or ""))
    digits = digits.removeprefix("00")
    return digits if len(digits) >= LEAST_DIGITS else ""


def get_website_key(website):
    """Return the address of a site without protocol and what follows the path.

    >>> get_website_key("https://www.Acme.example/")
    'acme.example'
    >>> get_website_key("acme.example")
    'acme.example'
    >>> get_website_key("http://")
    ''
    """
    text = unicodedata.normalize("NFKC", website or "").strip().lower()
    try:
        parts = urlsplit(text if "//" in text else f"//{text}")
    except ValueError:
        return ""
    if "." not in parts.netloc:
        return ""
    return (parts.netloc.removeprefix("www.") + parts.path).rstrip("/")
