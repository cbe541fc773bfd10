# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from collections.abc import Mapping
from itertools import product


class MetricValues(Mapping):
    """Read-only mapping ``(metric id, scope, period)`` → value or None.

    Kept as one list per metric, so that a hundred thousand values cost a hundred
    thousand list items and not as many dictionary entries.

    >>> values = MetricValues(["north", "south"], ["may", "june"], {7: [1, 2, 3, None]})
    >>> values[7, "south", "may"]
    3
    >>> len(values), list(values)[1]
    (4, (7, 'north', 'june'))
    >>> values.column(7)
    [1, 2, 3, None]

    :param dict known: columns of the known parts of some metrics, offered as another
        mapping in ``known``
    :param str as_of: ``now``, or the moment at which stored figures were measured
    """

    def __init__(self, scopes, periods, columns, known=None, as_of="now"):
        self.as_of = as_of
        width = len(periods)
        self._rows = {scope: row * width for row, scope in enumerate(scopes)}
        self._offsets = {period: offset for offset, period in enumerate(periods)}
        self._columns = columns
        self.known = MetricValues(scopes, periods, known) if known else {}

    def __getitem__(self, key):
        metric_id, scope, period = key
        return self._columns[metric_id][self._rows[scope] + self._offsets[period]]

    def __iter__(self):
        return product(self._columns, self._rows, self._offsets)

    def __len__(self):
        return len(self._columns) * len(self._rows) * len(self._offsets)

    def column(self, metric_id):
        """Values of a metric in the order of scopes, and of periods within each."""
        return self._columns[metric_id]
