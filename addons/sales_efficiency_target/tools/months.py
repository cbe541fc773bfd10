# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from babel.dates import format_skeleton

from odoo.tools import babel_locale_parse
from odoo.tools.misc import get_lang

MONTH = "yMMMM"
SHORT_MONTH = "yMMM"
QUARTER = "yQQQ"
YEAR = "y"


def format_period(env, day, skeleton=MONTH):
    """Name the month, quarter or year of a day as the language of the user does.

    A pattern would keep the English order: November 2026 is 2026年11月 in Chinese.

    :param skeleton: which parts are named: MONTH, SHORT_MONTH, QUARTER or YEAR
    """
    return format_skeleton(skeleton, day, locale=babel_locale_parse(get_lang(env).code))
