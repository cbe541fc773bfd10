# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""How a value should be written: nothing if it is right already or cannot be told."""

import re
import unicodedata

from stdnum.util import get_cc_module

from odoo.exceptions import UserError
from odoo.tools import email_normalize

from odoo.addons.phone_validation.tools.phone_validation import phone_format

# Full-width letters and digits. Full-width brackets and commas are usual in Chinese.
WIDE = {
    ord(wide): unicodedata.normalize("NFKC", wide)
    for start, end in (("０", "９"), ("Ａ", "Ｚ"), ("ａ", "ｚ"))
    for wide in map(chr, range(ord(start), ord(end) + 1))
}
LATIN_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
# Particles of names, and forms of companies that are not written as words
KEPT = {"de", "der", "den", "van", "von", "la", "le", "di", "da", "dos", "of", "and"}


def clean_name(name, is_company):
    """Return a name without needless spaces, full-width letters, and shouting.

    >>> clean_name("  Acme   Trading ", True)
    'Acme Trading'
    >>> clean_name("ＡＣＭＥ　貿易", True)
    'ACME 貿易'
    >>> clean_name("acme trading", True)
    'Acme Trading'
    >>> clean_name("JOHN O'NEILL", False)
    "John O'Neill"
    >>> clean_name("ANNA MCDONALD", False)
    'Anna McDonald'

    Companies may write themselves in capitals, people with particles.

    >>> clean_name("IBM CORPORATION", True), clean_name("Ludwig van Beethoven", False)
    (None, None)
    >>> clean_name("楓葉（台灣）貿易", True)
    """
    text = " ".join((name or "").translate(WIDE).split())
    latin = "".join(c for c in text if c.isalpha() and c.isascii())
    is_shouted = latin.isupper() and not is_company
    if len(latin) > 3 and " " in text and (latin.islower() or is_shouted):
        text = LATIN_WORD.sub(_capitalize, text)
    return text if text and text != name else None


def _capitalize(match):
    word = match.group()
    if word.lower() in KEPT or not word.isascii():
        return word.lower() if word.isascii() else word
    word = re.sub(r"[A-Za-z]+", lambda part: part.group().capitalize(), word)
    return re.sub(r"\bMc([a-z])(?=[a-z]{2})", lambda m: f"Mc{m[1].upper()}", word)


def clean_email(email):
    """Return an e-mail address in its normal form.

    >>> clean_email(" Info@Acme.EXAMPLE ")
    'info@acme.example'
    >>> clean_email("mailto:info@acme.example;")
    'info@acme.example'
    >>> clean_email("ｉｎｆｏ＠acme.example")
    'info@acme.example'

    Several addresses, and what is none, are left alone.

    >>> clean_email("a@acme.example, b@acme.example"), clean_email("none")
    (None, None)
    >>> clean_email("Amy <amy@acme.example>"), clean_email("amy@acme.example")
    (None, None)
    """
    text = unicodedata.normalize("NFKC", email or "").strip()
    text = re.sub(r"(?i)^mailto:\s*", "", text).rstrip(" ;,.")
    if "<" in text or not re.fullmatch(r"[^\s@,;]+@[^\s@,;]+\.[^\s@,;]+", text):
        return None
    clean = email_normalize(text)
    return clean if clean and clean != email else None


def clean_phone(phone, country_code, country_phone_code=0):
    """Return a phone number with its country code, if it is one.

    >>> clean_phone("0224694407", "TW", 886)
    '+886 2 2469 4407'
    >>> clean_phone("（02）2469-4407", "TW", 886)
    '+886 2 2469 4407'
    >>> clean_phone("+886 2 2469 4407", "TW", 886)

    Without a country only numbers that name theirs can be told.

    >>> clean_phone("00886224694407", None)
    '+886 2 2469 4407'
    >>> clean_phone("12", "TW", 886), clean_phone("2469", None), clean_phone("", "TW")
    (None, None, None)

    Extensions are kept as they are.

    >>> clean_phone("02-2469-4407 ext. 12", "TW", 886)
    """
    text = unicodedata.normalize("NFKC", phone or "").strip()
    if not text or re.search(r"[^\d\s()+./-]", text):
        return None
    if not country_code:
        text = re.sub(r"^00", "+", text)
        if not text.startswith("+"):
            return None
    try:
        clean = phone_format(text, country_code, country_phone_code)
    except UserError:
        return None
    return clean if clean != phone else None


def clean_tax_id(number, country_code):
    """Return a tax ID without blanks and punctuation, if it is valid in the country.

    >>> clean_tax_id("04 59 52 57", "TW")
    '04595257'
    >>> clean_tax_id("be 0477.472.701", "BE")
    'BE0477472701'
    >>> clean_tax_id("BE0477472701", "BE"), clean_tax_id("04595258", "TW")
    (None, None)
    >>> clean_tax_id("/", "TW"), clean_tax_id("1", None), clean_tax_id("1 2", "AQ")
    (None, None, None)
    """
    text = unicodedata.normalize("NFKC", number or "").upper()
    clean = re.sub(r"[\W_]", "", text)
    if not country_code or not clean or clean == number:
        return None
    module = get_cc_module(country_code.lower(), "vat")
    return clean if module and module.is_valid(clean) else None
