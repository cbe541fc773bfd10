# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

# By this much Odoo's ``float_round`` lifts a value, so that ties which floats fall just
# short of go away from zero, as 2.675 does.
LIFT = 1 + 2**-50


def round_all(values, digits):
    """Round many values to some decimals as ``float_round`` does, in a fraction of the
    time: that one looks up how to round anew for each of them, and is off by one in the
    last decimal of values with more than 15 digits.

    :param values: floats, or None
    :param int digits: number of decimals
    :return: list of floats, or None
    """
    factor = float(10**digits)
    return [
        value if value is None else round(value * factor * LIFT) / factor
        for value in values
    ]
