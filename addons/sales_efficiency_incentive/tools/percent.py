# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tools import float_round, formatLang

DIGITS = 4


def write_number(env, value, least=0):
    """Write a number with as many decimals as it has, four at most.

    :param int least: decimals that are written anyway
    """
    digits = next(
        digits
        for digits in range(least, DIGITS + 1)
        if digits == DIGITS
        or float_round(value, precision_digits=digits)
        == float_round(value, precision_digits=DIGITS)
    )
    return formatLang(env, value, digits=digits)


def format_percent(env, value):
    """Write a percentage, e.g. 12.5 %."""
    return env._("%s %%", write_number(env, value))
