# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.fields import Domain
from odoo.tools import SQL

from .dimensions import Dimensions
from .fact_terms import Measure


class MetricFigures:
    """The facts that a metric sums or counts.

    :param metric: a ``sales.metric`` record of kind ``sum`` or ``distinct``
    """

    def __init__(self, metric):
        metric.ensure_one()
        self.env = metric.env
        self._metric = metric

    @property
    def events(self):
        return tuple(self._metric.event_ids.mapped("event"))

    def are_documents_known(self):
        """Return whether the facts store the number of documents."""
        metric = self._metric
        return (
            metric.kind == "distinct"
            and metric.counted == "document"
            and not metric.is_of_known_margin
            and metric._get_domain().is_true()
        )

    def get_measure(self):
        """Return the :class:`Measure` to sum."""
        facts = self.env["sales.fact"]
        column = self._metric.measure or "documents"
        counts = column == "facts" or facts._fields[column].type == "integer"
        return Measure(
            events=self.events,
            column=column,
            type="bigint" if counts else "float8",
            condition=self.get_condition(),
        )

    def get_countable(self, names):
        """Return the FROM item to count, see ``FactQuery.counts``."""
        condition = self.get_condition() or SQL("TRUE")
        if self.are_documents_known():
            uncounted = self._sql_countable(names, SQL("documents IS NULL"))
            return uncounted, self._sql_countable(names, condition)
        return self._sql_countable(names, condition)

    def _sql_countable(self, names, condition):
        if self._metric.counted == "customer":
            kind, key = SQL("''"), SQL("partner_id")
        else:
            kind, key = SQL("source"), SQL("res_id")
        return SQL(
            "(SELECT %s, %s AS kind, %s AS key FROM sales_fact"
            " WHERE event IN %s AND %s IS NOT NULL AND %s) AS countable",
            SQL(", ").join(map(SQL.identifier, ("company_id", "date", *names))),
            kind,
            key,
            self.events,
            key,
            condition,
        )

    def get_condition(self):
        """Return the filter of the metric as a condition on ``sales_fact``, or None."""
        domain = Dimensions(self.env).look_below(self._metric._get_domain())
        if self._metric.is_of_known_margin:
            domain &= Domain.custom(
                to_sql=lambda _facts, alias, _query: SQL(
                    "%s IS NOT NULL", SQL.identifier(alias, "margin")
                )
            )
        if domain.is_true():
            return None
        facts = self.env["sales.fact"].with_context(active_test=False)
        query = facts._search(domain)
        if query.from_clause == SQL.identifier("sales_fact"):
            return query.where_clause
        return SQL("sales_fact.id IN %s", query.subselect())
