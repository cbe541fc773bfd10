# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from dataclasses import dataclass
from datetime import date

from odoo.fields import Domain

from ..tools.period import DAY

# Granularities for which the first day of a month stands for all its days
GRANULARITIES = ("month", "quarter", "year")
NUMBERS = ("month_number", "quarter_number", "year_number")
FUNCTIONS = ("sum", "avg", "sum_currency")
DISTINCT = ("array_agg_distinct", "count_distinct")


@dataclass(frozen=True, slots=True)
class FactGroups:
    """The parts of the monthly cells that answer a grouped read of facts.

    :param frozenset dimensions: names of dimensions of the cells
    :param frozenset measures: names of measures of the cells
    """

    dimensions: frozenset
    measures: frozenset


class FactGroupsReader:
    """Decides whether monthly cells can answer a grouped read of facts.

    They can if it uses only their dimensions, months and sums of measures, and no
    condition splits a month.

    :param dimensions: names of the dimensions of the cells
    :param measures: names of the measures of the cells
    """

    def __init__(self, dimensions, measures):
        self._dimensions = dimensions
        self._measures = measures

    def find(self, domain, groupby, aggregates):
        """Return the required parts of the cells, or None if they cannot answer.

        :param domain: items of optimized domains on facts
        :param groupby: group specifications, as in ``_read_group``
        :param aggregates: aggregate specifications
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
        """Return the column of a domain item, "" if it has none."""
        if isinstance(condition, str):
            return ""
        if isinstance(condition, Domain):
            return None  # SQL may concern any column
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
        """Return whether a condition on the date holds for all days of a month alike.

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
