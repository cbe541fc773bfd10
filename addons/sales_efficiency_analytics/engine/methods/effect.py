# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Did it help? Before and after, and difference in differences with what is comparable.

Rows are the units of a decision: regions, people, customers. Columns:

- ``treated``: 1 where something was done, 0 where nothing was
- ``before``, ``after``: the figures of two periods of the same length
- earlier periods, of any names

Options:

- ``earlier`` (``[]``): the columns of earlier periods, the oldest first. With two or
  more of them, it is checked that both sides ran alike before.
- ``expected`` (None): the change hoped for, in percent of what would have come
- ``less_is_better`` (False): counts only if nothing is expected
- ``limit`` (20,000): so many re-assignments are all tried; of more, so many are drawn
- ``seed`` (0): of these draws

Chart: a line for each side over the periods, with a mark where the decision starts.

Interval: t on the changes of the units, with a pooled variance and n - 2 degrees of
freedom. Placebo p: the share of all ways to choose as many units whose effect is at
least as large, in the same direction; see A. Gerber and D. Green, *Field Experiments*,
chapter 3, and S. Cunningham, *Causal Inference: The Mixtape*, chapter 9.
"""

import math
from dataclasses import dataclass, field
from itertools import combinations

import numpy as np
from scipy import stats

from .refused import Refused
from .table import Table

# Of an interval and of whatever could be chance
CONFIDENCE = 0.95
CHANCE = 0.05
LEAST_UNITS = 2
LEAST_PERIODS = 2
LIMIT = 20_000
# Draws per array: memory grows with draws × units.
BATCH = 1_000
# Differences below this share of the figures are noise of binary fractions.
NOISE = 1e-9


@dataclass
class Effect:
    """Means are those of a unit. What could not be computed is None.

    ``verdict`` is ``helped``, ``did_not`` or ``unknown``; ``reasons`` says why:

    - ``no_control``: nothing to compare with
    - ``few_units``: fewer than two units on a side
    - ``few_assignments``: chance alone cannot be ruled out with so few units
    - ``check_failed``: the two sides did not run alike before
    - ``chance``: the interval leaves out 0, the placebo test does not
    - ``worse``: the effect goes the wrong way
    - ``less_than_expected``: at best, it is smaller than what was hoped for
    - ``no_effect``: nothing was expected, and nothing can be seen
    - ``wide``: both nothing and what was hoped for are possible
    """

    treated_count: int
    control_count: int
    before: float
    after: float
    change: float
    control_before: float | None = None
    control_after: float | None = None
    control_change: float | None = None
    effect: float | None = None
    baseline: float | None = None
    percent: float | None = None
    total: float | None = None
    low: float | None = None
    high: float | None = None
    p_value: float | None = None
    assignments: int = 0
    tried: int = 0
    check: str = "not_made"
    check_periods: int = 0
    check_slope: float | None = None
    check_p: float | None = None
    expected: float | None = None
    verdict: str = "unknown"
    reasons: list = field(default_factory=list)
    left_out: list = field(default_factory=list)


def run(data, options):
    """Compare the treated units with themselves and with the others.

    >>> columns = {
    ...     "treated": [1, 1, 0, 0, 0, 0, 0, 0],
    ...     "before": [100, 120, 90, 110, 80, 130, 70, 100],
    ...     "after": [131, 150, 96, 114, 84, 141, 72, 103],
    ... }
    >>> effect = run({"labels": list("ABCDEFGH"), "columns": columns}, {})
    >>> effect.change, effect.control_change, effect.effect
    (30.5, 5.0, 25.5)
    >>> [round(value, 2) for value in (effect.percent, effect.low, effect.high)]
    [22.17, 19.59, 31.41]
    >>> round(1 / effect.p_value), effect.check, effect.verdict
    (28, 'not_made', 'helped')
    """
    options = {
        "earlier": [],
        "expected": None,
        "less_is_better": False,
        "limit": LIMIT,
        "seed": 0,
        **options,
    }
    units = _Units(data, options["earlier"])
    effect = units.describe()
    if units.control.any():
        units.compare(effect)
        _expect(effect, options["expected"])
    if min(effect.treated_count, effect.control_count) >= LEAST_UNITS:
        units.estimate(effect)
        units.reassign(effect, options["limit"], options["seed"])
        units.check(effect)
    _judge(effect, _get_direction(options))
    return effect


class _Units:
    """The units whose figures are known on both sides of the start."""

    def __init__(self, data, earlier):
        table = Table(data)
        before, after = table.column("before"), table.column("after")
        known = ~np.isnan(before) & ~np.isnan(after)
        self.left_out = [
            label
            for label, is_known in zip(data["labels"], known, strict=True)
            if not is_known
        ]
        self.treated = table.column("treated")[known] == 1
        self.control = ~self.treated
        self.before, self.after = before[known], after[known]
        self.earlier = [table.column(name)[known] for name in earlier]
        self.changes = self.after - self.before
        scale = max(np.abs([*self.before, *self.after, 1.0]))
        self.noise = NOISE * scale

    def describe(self):
        """Say how the treated units changed: always known, and proof of nothing."""
        if not self.treated.any():
            raise Refused("no_treated")
        return Effect(
            treated_count=int(self.treated.sum()),
            control_count=int(self.control.sum()),
            before=_mean(self.before[self.treated]),
            after=_mean(self.after[self.treated]),
            change=_mean(self.changes[self.treated]),
            left_out=self.left_out,
        )

    def compare(self, effect):
        """Subtract what the others changed by, which would have come anyway."""
        effect.control_before = _mean(self.before[self.control])
        effect.control_after = _mean(self.after[self.control])
        effect.control_change = _mean(self.changes[self.control])
        difference = effect.change - effect.control_change
        effect.effect = difference if abs(difference) > self.noise else 0.0
        effect.baseline = effect.before + effect.control_change
        effect.total = effect.effect * effect.treated_count
        if effect.baseline > self.noise:
            effect.percent = 100 * effect.effect / effect.baseline

    def estimate(self, effect):
        """Add the interval of the effect."""
        _difference, error, freedom = self._get_difference(self.changes)
        width = float(stats.t.ppf((1 + CONFIDENCE) / 2, freedom)) * error
        effect.low, effect.high = effect.effect - width, effect.effect + width

    def reassign(self, effect, limit, seed):
        """Add how often units chosen at random show as much."""
        count, size = effect.treated_count, len(self.changes)
        effect.assignments = math.comb(size, count)
        draws = (
            _draw_all(size, count)
            if effect.assignments <= limit
            else _draw_some(size, count, limit, seed)
        )
        # Seen from the treated: the larger, the more they stand out.
        changes = self.changes if effect.effect >= 0 else -self.changes
        total, least = changes.sum(), abs(effect.effect) - self.noise
        extreme = 0
        for chosen in draws:
            sums = changes[chosen].sum(axis=1)
            effects = sums / count - (total - sums) / (size - count)
            extreme += int((effects >= least).sum())
            effect.tried += len(chosen)
        if effect.tried < effect.assignments:
            # What was really chosen is one of them, whether drawn or not.
            extreme, effect.tried = extreme + 1, effect.tried + 1
        effect.p_value = extreme / effect.tried

    def check(self, effect):
        """Compare how both sides ran before: the slopes of the units."""
        if len(self.earlier) < LEAST_PERIODS:
            return
        figures = np.array(self.earlier)
        known = ~np.isnan(figures).any(axis=0)
        sides = (known & self.treated, known & self.control)
        if min(side.sum() for side in sides) < LEAST_UNITS:
            return
        periods = np.arange(len(figures)) - (len(figures) - 1) / 2
        slopes = periods @ np.nan_to_num(figures) / (periods @ periods)
        difference, error, freedom = self._get_difference(slopes, known)
        effect.check_periods, effect.check_slope = len(figures), difference
        if error > self.noise:
            effect.check_p = 2 * float(stats.t.sf(abs(difference) / error, freedom))
        else:
            effect.check_p = float(abs(difference) <= self.noise)
        effect.check = "failed" if effect.check_p < CHANCE else "passed"

    def _get_difference(self, values, known=True):
        """:return: treated less control, its standard error and degrees of freedom"""
        sides = [values[side & known] for side in (self.treated, self.control)]
        freedom = sum(map(len, sides)) - len(sides)
        pooled = sum(((side - side.mean()) ** 2).sum() for side in sides) / freedom
        error = math.sqrt(pooled * sum(1 / len(side) for side in sides))
        return _mean(sides[0]) - _mean(sides[1]), error, freedom


def _mean(values):
    """:return: the mean as a plain number"""
    return float(values.mean())


def _draw_all(size, count):
    """Iterate over all ways to choose, in arrays of one row each.

    >>> [chosen.tolist() for chosen in _draw_all(3, 2)]
    [[[0, 1], [0, 2], [1, 2]]]
    """
    ways = combinations(range(size), count)
    while batch := [way for _number, way in zip(range(BATCH), ways, strict=False)]:
        yield np.array(batch)


def _draw_some(size, count, limit, seed):
    """Iterate over ways chosen at random, the same for the same seed.

    >>> sum(len(chosen) for chosen in _draw_some(50, 10, 2500, seed=0))
    2500
    """
    rng = np.random.default_rng(seed)
    for start in range(0, limit, BATCH):
        rows = min(BATCH, limit - start)
        yield np.argsort(rng.random((rows, size)), axis=1)[:, :count]


def _expect(effect, percent):
    """Add what was hoped for, in the unit of the figures."""
    if percent is not None and effect.percent is not None:
        effect.expected = percent / 100 * effect.baseline


def _get_direction(options):
    """:return: 1 where more is better, -1 where less is"""
    if options["expected"]:
        return math.copysign(1, options["expected"])
    return -1 if options["less_is_better"] else 1


def _judge(effect, direction):
    """Add the verdict and its reasons."""
    effect.verdict = "unknown"
    if not effect.control_count:
        effect.reasons = ["no_control"]
    elif effect.low is None:
        effect.reasons = ["few_units"]
    elif effect.assignments * CHANCE < 1:
        effect.reasons = ["few_assignments"]
    elif effect.check == "failed":
        effect.reasons = ["check_failed"]
    elif effect.low <= 0 <= effect.high:
        _judge_unclear(effect, direction)
    elif effect.p_value > CHANCE:
        effect.reasons = ["chance"]
    elif effect.effect * direction > 0:
        effect.verdict = "helped"
    else:
        effect.verdict, effect.reasons = "did_not", ["worse"]


def _judge_unclear(effect, direction):
    """Judge an effect that may be none: it is small, or not known well enough."""
    if effect.expected is None:
        effect.verdict, effect.reasons = "did_not", ["no_effect"]
        return
    best = max(effect.low * direction, effect.high * direction)
    if best < effect.expected * direction:
        effect.verdict, effect.reasons = "did_not", ["less_than_expected"]
    else:
        effect.reasons = ["wide"]
