# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).


def is_covered(lines, approved, rounding):
    """Tell whether an approval covers lines of a product as they are now.

    It does so unless the price of a unit is lower than the approved one, or more money
    is given away in all. The floor is the one of the approval: nobody has to ask again
    because the product costs more meanwhile. Lines may have floors of their own, as
    with options that cost more: what was approved is measured as what is given now.

    >>> approved = [(12.0, 1020.0, 1050.0)]
    >>> is_covered([(12.0, 1020.0)], approved, 0.01)
    True
    >>> is_covered([(12.0, 1032.0)], approved, 0.01)  # a better price
    True
    >>> is_covered([(10.0, 850.0)], approved, 0.01)  # fewer at the same price
    True
    >>> is_covered([(12.0, 1008.0)], approved, 0.01)  # a worse price
    False
    >>> is_covered([(24.0, 2040.0)], approved, 0.01)  # more is given away
    False
    >>> is_covered([(12.0, 1020.0)], [], 0.01)
    False
    >>> is_covered([(1 / 12, 7.0)], [(1 / 12, 7.0, 7.29)], 0.01)  # one of a dozen
    True
    >>> is_covered([(0.004, 3.0)], [(0.0, 4.0, 4.2)], 0.01)  # of nothing at all
    False
    >>> approved = [(1.0, 85.0, 90.0), (1.0, 160.0, 180.0)]
    >>> is_covered([(1.0, 85.0), (1.0, 160.0)], approved, 0.01)
    True
    >>> is_covered([(1.0, 85.0), (1.0, 135.0)], approved, 0.01)
    False
    >>> is_covered([(1.0, 85.0), (1.0, 85.0), (1.0, 160.0)], approved, 0.01)
    False

    :param list lines: (quantity, amount) of the lines below the floor
    :param list approved: (quantity, amount, amount at the floor) of the approval
    :param float rounding: of the currency
    """
    # A price of nothing is no price.
    approved = [line for line in approved or () if line[0] > 0]
    if not approved:
        return False
    tolerance = rounding / 2
    lowest = min(amount / quantity for quantity, amount, _floor in approved)
    for quantity, amount in lines:
        if amount < lowest * quantity - tolerance:
            return False
    quantities, amounts, floors = map(sum, zip(*approved, strict=True))
    floor = floors / quantities
    gaps = [floor * quantity - amount for quantity, amount in lines]
    agreed = [floor * quantity - amount for quantity, amount, _floor in approved]
    return (
        # What is dear does not make up for what is cheap.
        _sum_above_zero(gaps) <= _sum_above_zero(agreed) + tolerance
        and sum(gaps) <= floors - amounts + tolerance
    )


def _sum_above_zero(values):
    return sum(value for value in values if value > 0)
