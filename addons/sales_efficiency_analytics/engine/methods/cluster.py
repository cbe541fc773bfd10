# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Groups of rows that are alike, by k-means on standardised values.

Options:

- ``log`` = False: columns of which the logarithm is taken (of 1 + value); True: all
- ``k_min`` = 2, ``k_max`` = 8: fewest and most groups; the best silhouette decides
- ``order_by`` = None: column by which groups are ordered, highest mean first; None: the
  first
- ``seed`` = 0: of all that is drawn

Rows are customers or other things; one with a missing value belongs to no group. Chart:
scatter of the first two columns, a colour per group.
"""

from dataclasses import dataclass

import numpy as np
from sklearn.cluster import KMeans
from sklearn.metrics import adjusted_rand_score, silhouette_score
from threadpoolctl import threadpool_limits

from .refused import Refused
from .table import Table, is_constant, option

FEWEST, MOST = 2, 8
STARTS = 20
RESAMPLES = 50
REFERENCES = 30
# Silhouettes of more rows are estimated from so many of them.
SAMPLE = 2_000
# Below, resamples of the same rows fall into other groups.
STABLE = 0.6
# Groups of chance alone are as good in 5 % of cases.
CHANCE = 95


@dataclass
class Group:
    """:param means: dict column -> mean, as given
    :param medians: the same of medians
    :param apart: pairs of a column and the mean of its standardised values, what
        differs most first
    """

    number: int
    size: int
    share: float
    means: dict
    medians: dict
    apart: list


@dataclass
class Clusters:
    """:param groups: number of the group of each row, None where a value is missing
    :param clear: whether there are groups at all
    :param why: ``chance`` or ``unstable`` if there are none
    :param silhouettes: dict number of groups -> silhouette, of all that were tried
    :param chance: the silhouette that rows without groups reach in 5 % of cases
    :param stability: mean adjusted Rand index over resamples
    :param equal: columns without differences, which were left out
    """

    columns: list
    labels: list
    groups: list
    k: int
    clear: bool
    why: str | None
    silhouettes: dict
    silhouette: float
    chance: float
    stability: float
    rows: int
    missing: int
    equal: list
    log: list
    order_by: str
    seed: int
    found: list


def run(data, options):
    """Group the rows, see the options above.

    >>> columns = {"x": [1, 1, 2, 2, 80, 81, 82, 83], "y": [1, 2, 1, 2, 8, 9, 8, 9]}
    >>> run({"labels": list("abcdefgh"), "columns": columns}, {"k_max": 3}).groups
    [2, 2, 2, 2, 1, 1, 1, 1]
    """
    table = _Rows(data, options)
    seed = option(options, "seed", 0, int, 0, 2**32 - 1)
    k_min = option(options, "k_min", FEWEST, int, FEWEST, MOST)
    k_max = option(options, "k_max", MOST, int, k_min, MOST)
    numbers = table.get_numbers(k_min, k_max)
    # More threads only wait for each other, and add up in another order.
    with threadpool_limits(1):
        grouping = _Grouping(table.points, numbers, seed)
    places = table.order(grouping.places, grouping.k)
    why = grouping.get_doubt()
    return Clusters(
        columns=table.columns,
        labels=list(data["labels"]),
        groups=table.spread(places + 1),
        k=grouping.k,
        clear=why is None,
        why=why,
        silhouettes={str(k): value for k, value in grouping.silhouettes.items()},
        silhouette=grouping.silhouettes[grouping.k],
        chance=grouping.chance,
        stability=grouping.stability,
        rows=len(table.points),
        missing=len(data["labels"]) - len(table.points),
        equal=table.equal,
        log=table.log,
        order_by=table.order_by,
        seed=seed,
        found=[
            table.describe(places == number, number) for number in range(grouping.k)
        ],
    )


class _Rows:
    """The rows without a missing value, standardised, in an order of their own.

    The same rows in another order fall into the same groups: k-means depends on it.
    """

    def __init__(self, data, options):
        columns = data["columns"]
        if not columns:
            raise Refused("no_columns")
        log = options.get("log") or []
        self.log = self._check_names(columns if log is True else log, columns)
        order_by = options.get("order_by") or next(iter(columns))
        [self.order_by] = self._check_names([order_by], columns)
        values = Table(data).matrix(columns)
        self._number = len(values)
        kept = np.flatnonzero(~np.isnan(values).any(axis=1))
        self._kept = kept[np.lexsort(values[kept].T[::-1])]
        self._values = values[self._kept]
        self._names = list(columns)
        points = self._take_logarithms()
        differs = [len(points) > 0 and not is_constant(each) for each in points.T]
        self.columns = [n for n, d in zip(columns, differs, strict=True) if d]
        self.equal = [name for name in columns if name not in self.columns]
        if not self.columns:
            raise Refused("all_equal")
        points = points[:, differs]
        self.points = (points - points.mean(axis=0)) / points.std(axis=0)

    @staticmethod
    def _check_names(names, columns):
        for name in names:
            if name not in columns:
                raise Refused("no_column", column=str(name)[:40])
        return list(names)

    def _take_logarithms(self):
        points = self._values.copy()
        for name in self.log:
            number = self._names.index(name)
            if (points[:, number] < 0).any():
                raise Refused("log_of_negative", column=name)
            points[:, number] = np.log1p(points[:, number])
        return points

    def get_numbers(self, k_min, k_max):
        """Return the numbers of groups to try."""
        distinct = len(np.unique(self.points, axis=0))
        if distinct < k_min or len(self.points) <= k_min:
            raise Refused("fewer_points_than_k", points=distinct, k=k_min)
        return range(k_min, min(k_max, distinct, len(self.points) - 1) + 1)

    def order(self, places, k):
        """Renumber groups by their mean in the column that orders them."""
        values = self._values[:, self._names.index(self.order_by)]
        means = [values[places == number].mean() for number in range(k)]
        ranks = np.empty(k, dtype=int)
        ranks[np.argsort(means)[::-1]] = np.arange(k)
        return ranks[places]

    def spread(self, groups):
        """Return a group for each given row."""
        rows = [None] * self._number
        for row, group in zip(self._kept.tolist(), groups.tolist(), strict=True):
            rows[row] = group
        return rows

    def describe(self, chosen, number):
        """Return the :class:`Group` of the chosen rows."""
        values, centre = self._values[chosen], self.points[chosen].mean(axis=0)
        order = np.argsort(-np.abs(centre), kind="stable")
        return Group(
            number=number + 1,
            size=int(chosen.sum()),
            share=float(chosen.mean()),
            means=dict(zip(self._names, values.mean(axis=0).tolist(), strict=True)),
            medians=dict(
                zip(self._names, np.median(values, axis=0).tolist(), strict=True)
            ),
            apart=[[self.columns[index], float(centre[index])] for index in order],
        )


class _Grouping:
    """The best grouping, and whether it is more than chance.

    :param points: standardised rows
    :param numbers: numbers of groups to try
    """

    def __init__(self, points, numbers, seed):
        self._points = points
        self._numbers = numbers
        self._seed = seed
        self._random = np.random.default_rng(seed)
        sample = self._draw_sample()
        found = {k: self._fit(points, k) for k in numbers}
        self.silhouettes = {
            k: self._get_silhouette(points[sample], model.labels_[sample])
            for k, model in found.items()
        }
        self.k = max(self.silhouettes, key=self.silhouettes.get)
        self.places = found[self.k].labels_
        self.chance = self._get_chance()
        self.stability = self._get_stability()

    def get_doubt(self):
        """Return why these are no groups, None if they are."""
        if self.silhouettes[self.k] <= self.chance:
            return "chance"
        return "unstable" if self.stability < STABLE else None

    def _fit(self, points, k):
        model = KMeans(k, init="k-means++", n_init=STARTS, random_state=self._seed)
        return model.fit(points)

    def _draw_sample(self):
        number = len(self._points)
        if number <= SAMPLE:
            return np.arange(number)
        return np.sort(self._random.choice(number, SAMPLE, replace=False))

    @staticmethod
    def _get_silhouette(points, places):
        if not 1 < len(np.unique(places)) < len(points):
            return 0.0
        return float(silhouette_score(points, places))

    def _get_chance(self):
        """Return the silhouette that is reached without any groups in 5 % of cases.

        Uniform rows have none, yet can be cut into tidy parts: their best silhouette
        says how tidy.
        """
        low, high = self._points.min(axis=0), self._points.max(axis=0)
        size = (min(len(self._points), SAMPLE), self._points.shape[1])
        best = []
        for _reference in range(REFERENCES):
            points = self._random.uniform(low, high, size)
            best.append(
                max(
                    self._get_silhouette(points, self._fit(points, k).labels_)
                    for k in self._numbers
                )
            )
        return float(np.percentile(best, CHANCE))

    def _get_stability(self):
        """Return how alike the groups of resamples are, judged on all rows."""
        number, scores = len(self._points), []
        for _resample in range(RESAMPLES):
            drawn = self._points[self._random.integers(number, size=number)]
            # Few rows drawn over and over may not be enough for so many groups.
            if len(np.unique(drawn, axis=0)) < self.k:
                scores.append(0.0)
                continue
            places = self._fit(drawn, self.k).predict(self._points)
            scores.append(adjusted_rand_score(self.places, places))
        return float(np.mean(scores))
