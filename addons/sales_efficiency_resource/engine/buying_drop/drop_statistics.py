# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Tell customers who buy less than before from chance (policy 5.1.3).

If nothing has changed, each order of a customer falls into the recent days with the
same probability as any order of the company. That share carries the season and the
growth of the company. So the number of recent orders is binomial, and how unlikely it
is says how surely a customer has changed.

- Mid-p: J. Cohen et al., and A. Agresti, *Categorical Data Analysis*, 1.4.4: exact
  probabilities of few orders are too cautious by about half of the last one.
- Y. Benjamini and Y. Hochberg, *Controlling the False Discovery Rate*, 1995: with
  thousands of customers, a fixed line would raise false alarms by the dozen.
"""

from dataclasses import dataclass
from math import exp, lgamma, log, log1p

RECENT_DAYS, EARLIER_DAYS = 90, 365
# The earlier days with orders are at least as many as the recent ones.
LEAST_EARLIER_DAYS = RECENT_DAYS
# A customer is tested if complete silence would be this improbable.
TESTABLE = 0.05
WATCHED = 0.05
# Share of alerts that may be false, on average
FALSE_SHARE = 0.20
# An alert also needs orders this far below expectation.
DROP = 0.30
# An alert closes above this probability.
CLOSING = 0.20
# Bounds include equality, whatever the rounding of floats.
PRECISION = 1e-9


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found out about a customer.

    :param int earlier: orders in the earlier days
    :param int recent: orders in the recent days
    :param float expected: orders expected in the recent days
    :param float probability: of as few orders if nothing has changed
    :param str state: ``none``, ``watched`` or ``alert``
    :param float average: mean amount of an order
    :param float at_risk: amount of the orders that are missing
    """

    partner_id: int
    earlier: int
    recent: int
    expected: float
    probability: float
    is_tested: bool
    state: str
    average: float
    at_risk: float


def is_at_most(value, bound):
    """Return whether a value is below a bound or equal to it.

    >>> 0.7 * 3 <= 2.1, is_at_most(0.7 * 3, 2.1)
    (True, True)
    >>> 0.1 + 0.2 <= 0.3, is_at_most(0.1 + 0.2, 0.3)
    (False, True)
    """
    return value <= bound * (1 + PRECISION)


def get_mid_p(orders, recent, share):
    """Return P(X < recent) + ½ P(X = recent), X ~ Binomial(orders, share).

    >>> round(get_mid_p(16, 0, 0.25), 5), round(get_mid_p(16, 1, 0.25), 5)
    (0.00501, 0.03675)
    >>> get_mid_p(4, 2, 0.5), get_mid_p(7, 0, 0), get_mid_p(7, 7, 1)
    (0.5, 0.5, 0.5)

    Neither many orders nor extreme numbers overflow:

    >>> get_mid_p(100_000, 60_000, 0.2), get_mid_p(100_000, 0, 0.2)
    (1.0, 0.0)
    """
    if not 0 < share < 1:
        return 0.5
    # Away from the mean, the terms only fall.
    if recent > orders * share:
        return 1 - _get_tail(orders, orders - recent, 1 - share)
    return _get_tail(orders, recent, share)


def _get_tail(orders, recent, share):
    """Add up the probabilities of fewer orders, downwards from half the first."""
    rest = orders - recent
    term = exp(
        lgamma(orders + 1)
        - lgamma(recent + 1)
        - lgamma(rest + 1)
        + recent * log(share)
        + rest * log1p(-share)
    )
    total, odds = term / 2, (1 - share) / share
    for number in range(recent, 0, -1):
        term *= number / (orders - number + 1) * odds
        if total + term == total:
            break
        total += term
    return total


def is_testable(orders, share):
    """Return whether complete silence would be told from chance.

    >>> is_testable(10, 0.25), is_testable(11, 0.25)
    (False, True)
    """
    return is_at_most((1 - share) ** orders, TESTABLE)


def find_line(probabilities, false_share=FALSE_SHARE):
    """Return the highest probability that is still significant, by Benjamini and
    Hochberg; below 0 if none is.

    >>> find_line([0.60, 0.03, 0.09, 0.11, 0.20])
    0.11
    >>> find_line([0.04, 0.05, 0.06, 0.07, 0.30])
    0.07
    >>> find_line([0.30, 0.50]), find_line([])
    (-1, -1)
    """
    line, count = -1, len(probabilities)
    for rank, probability in enumerate(sorted(probabilities), start=1):
        if is_at_most(probability * count, false_share * rank):
            line = probability
    return line


def judge(counts, share, has_history=True, doubtful=frozenset()):
    """Test all customers of a company.

    :param counts: tuples of partner id, earlier orders, recent orders, amount, and
        whether the customer is watched at all
    :param float share: of all orders, those in the recent days
    :param bool has_history: whether the company has orders of enough earlier days
    :param doubtful: ids of further customers to report on, though not to test
    :return: list of :class:`Finding` of those tested and of the doubtful ones
    """
    known = {}  # Most customers share their numbers with others.
    probabilities, tested = {}, set()
    for partner_id, earlier, recent, _amount, is_watchable in counts:
        orders = earlier + recent
        is_tested = is_watchable and has_history and is_testable(orders, share)
        if not is_tested and partner_id not in doubtful:
            continue
        if (orders, recent) not in known:
            known[orders, recent] = get_mid_p(orders, recent, share)
        probabilities[partner_id] = known[orders, recent]
        if is_tested:
            tested.add(partner_id)
    line = find_line([probabilities[partner_id] for partner_id in tested])
    return [
        _find(count, share, probabilities[count[0]], count[0] in tested, line)
        for count in counts
        if count[0] in probabilities
    ]


def _find(count, share, probability, is_tested, line):
    partner_id, earlier, recent, amount, _is_watchable = count
    orders = earlier + recent
    expected, average = orders * share, amount / orders
    state = "none"
    if is_tested and is_at_most(probability, WATCHED):
        state = "watched"
    if is_tested and probability <= line and is_at_most(recent, (1 - DROP) * expected):
        state = "alert"
    return Finding(
        partner_id=partner_id,
        earlier=earlier,
        recent=recent,
        expected=expected,
        probability=probability,
        is_tested=is_tested,
        state=state,
        average=average,
        at_risk=max(expected - recent, 0) * max(average, 0),
    )
