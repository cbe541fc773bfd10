# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from dataclasses import dataclass
from datetime import date

from odoo.fields import Domain

from ..tools.period import DAY

# What the first day of a month says as well as any other of its days.
GRANULARITIES = ("month", "quarter", "year")
NUMBERS = ("month_number", "quarter_number", "year_number")
FUNCTIONS = ("sum", "avg", "sum_currency")
DISTINCT = ("array_agg_distinct", "count_distinct")


@dataclass(frozen=True, slots=True)
class FactGroups:
    """What a question about groups of facts needs of the monthly cells.

    :param frozenset dimensions: names of dimensions of the cells
    :param frozenset measures: names of measures of the cells
    """

    dimensions: frozenset
    measures: frozenset


class FactGroupsReader:
    """Tells whether monthly cells answer a question about groups of facts.

    They do if it names nothing but their dimensions, months and sums of measures, and
    takes or leaves a month as a whole.

    :param dimensions: names of the dimensions that cells have
    :param measures: names of the measures that cells have
    """

    def __init__(self, dimensions, measures):
        self._dimensions = dimensions
        self._measures = measures

    def find(self, domain, groupby, aggregates):
        """Return what is needed of the cells, or None if they do not know enough.

        :param domain: items of domains of the facts, optimized
        :param groupby: specifications of groups, as those of ``_read_group``
        :param aggregates: specifications of aggregates
        """
        known = {
            *map(self._read_condition, domain),
            *map(self._read_group, groupby),
            *map(self._read_aggregate, aggregates),
        }
        if None in known:
            return None
        return FactGroups(
            frozenset(known.intersection(self._dimensions)),
            frozenset(known.intersection(self._measures)),
        )

    def _read_condition(self, condition):
        """Return the column that an item of a domain is about, "" if about none."""
        if isinstance(condition, str):
            return ""
        if isinstance(condition, Domain):
            return None  # SQL, which may be about any column
        path, operator, value = condition
        if not isinstance(path, str):
            return ""  # always true or false
        name, _, rest = path.partition(".")
        if name in self._dimensions:
            return name
        if name == "date" and (rest in NUMBERS or self._is_whole(operator, value)):
            return name
        return None

    def _is_whole(self, operator, value):
        """Return whether a condition on the day is the same for all days of a month.

        >>> is_whole = FactGroupsReader((), ())._is_whole
        >>> is_whole(">=", date(2024, 2, 1)), is_whole(">", date(2024, 2, 1))
        (True, False)
        >>> is_whole("<=", date(2024, 2, 29)), is_whole("<=", date(2024, 2, 28))
        (True, False)
        >>> is_whole("in", [False]), is_whole(">=", "today")
        (True, False)
        """
        if operator in ("in", "not in"):
            return not any(value)
        if not isinstance(value, date):
            return False
        if operator in ("<=", ">"):
            value += DAY
        return operator in ("<", "<=", ">", ">=") and value.day == 1

    def _read_group(self, spec):
        path, _, granularity = spec.partition(":")
        name = path.partition(".")[0]
        if name == "date":
            return name if granularity in GRANULARITIES + NUMBERS else None
        return name if name in self._dimensions else None

    def _read_aggregate(self, spec):
        name, _, function = spec.partition(":")
        if name == "__count":
            return ""
        if function in FUNCTIONS and name in self._measures:
            return name
        if function in DISTINCT and name in (*self._dimensions, "currency_id"):
            return name
        return None
