# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

# Same factor as in Odoo's ``float_round``: rounds ties away from zero even if the float
# is slightly below the tie, as 2.675 is.
LIFT = 1 + 2**-50


def round_all(values, digits):
    """Round many values like ``float_round``, in a fraction of the time.

    ``float_round`` looks up the rounding method for each value, and is off by one in
    the last decimal of values with more than 15 digits.

    :param values: floats, or None
    :param int digits: number of decimals
    :return: list of floats, or None
    """
    factor = float(10**digits)
    return [
        value if value is None else round(value * factor * LIFT) / factor
        for value in values
    ]
