# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from dataclasses import dataclass


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
    """Return a heading without what does not matter: case, width, blanks, brackets
    with a unit, marks of required columns."""
    raise NotImplementedError


def match_headings(headings, fields, remembered=None):
    """Find the columns of fields.

    Each column is taken at most once: what the user chose last time goes before
    labels, labels before synonyms, whole headings before parts of them.

    :param list headings: text, from left to right
    :param list fields: ``Field``s, more important ones first
    :param dict remembered: heading → name of the field, or None for a column that the
        user left out; kept from former files
    :return: dict name of the field → number of the column, from 0
    """
    raise NotImplementedError
