# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from babel.dates import format_skeleton

from odoo.tools import babel_locale_parse
from odoo.tools.misc import get_lang

MONTH = "yMMMM"
SHORT_MONTH = "yMMM"
QUARTER = "yQQQ"
YEAR = "y"
SKELETONS = {"month": MONTH, "quarter": QUARTER, "year": YEAR}


def name_period_kinds(env):
    """Return the kinds of periods in which figures are shown.

    :return: dict of kind → name
    """
    return {
        "month": env._("Month"),
        "quarter": env._("Quarter"),
        "to_date": env._("Year to date"),
        "year": env._("Year"),
    }


def select_period_kinds(model):
    """Return the kinds of periods as the selection of a field."""
    return list(name_period_kinds(model.env).items())


def name_period(env, kind, day):
    """Name a month, a quarter, a year or the year to date.

    :param str kind: see ``name_period_kinds``
    :param day: first day of the period; if empty, the name is empty
    """
    if not day:
        return ""
    if kind == "to_date":
        return env._("%(year)s to date", year=day.year)
    return format_period(env, day, SKELETONS[kind])


def format_period(env, day, skeleton=MONTH):
    """Name the month, quarter or year of a day in the language of the user.

    Skeletons follow the order of the language: November 2026 is 2026年11月 in Chinese.

    :param skeleton: parts of the name: MONTH, SHORT_MONTH, QUARTER or YEAR
    """
    return format_skeleton(skeleton, day, locale=babel_locale_parse(get_lang(env).code))
