# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from decimal import Decimal
from math import lcm


def allocate(total, weights, step=0.01):
    """Split a total by weights into parts that add up to it exactly (policy 2.1.1).

    Uses the largest remainder method: each part gets its whole steps, and the parts
    with the largest remainders get one more; ties go to the earlier part. A remainder
    of the total smaller than a step goes to the part with the largest weight. If all
    weights are 0, they count as equal.

    >>> allocate(100, [1, 1, 1])
    [33.34, 33.33, 33.33]
    >>> allocate(1_000_000, [1, 1, 1], step=1000)
    [334000.0, 333000.0, 333000.0]
    >>> allocate(10_500, [1, 3], step=1000)
    [3000.0, 7500.0]
    >>> allocate(-0.05, [1, 1])
    [-0.03, -0.02]
    >>> allocate(10, [0, 0])
    [5.0, 5.0]
    >>> allocate(10, [])
    []

    :param float total: total to split
    :param list weights: non-negative numbers, in any scale
    :param float step: parts are multiples of it, e.g. the rounding of a currency
    :return: list of floats
    :raise ValueError: if a weight is negative
    """
    if any(weight < 0 for weight in weights):
        raise ValueError(f"A weight cannot be negative: {min(weights)}.")
    if not weights:
        return []
    step = Decimal(str(step))
    exact = Decimal(str(total)).copy_abs()
    shares = _scale(weights) if any(weights) else [1] * len(weights)
    steps, rest = divmod(exact, step)
    whole = sum(shares)
    # Integers are exact, and fast for thousands of targets.
    quotas = [divmod(int(steps) * share, whole) for share in shares]
    parts = [part for part, _rest in quotas]
    by_rest = sorted(range(len(parts)), key=lambda n: -quotas[n][1])
    for number in by_rest[: int(steps) - sum(parts)]:
        parts[number] += 1
    parts = [part * step for part in parts]
    parts[shares.index(max(shares))] += rest
    sign = -1 if total < 0 else 1
    return [sign * float(part) for part in parts]


def _scale(weights):
    """Return integers in the same proportion."""
    ratios = [weight.as_integer_ratio() for weight in weights]
    common = lcm(*(denominator for _numerator, denominator in ratios))
    return [numerator * (common // denominator) for numerator, denominator in ratios]
