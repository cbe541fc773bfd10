# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models

from ..engine import Evaluation, NewBusiness, NewCustomers
from ..tools import MetricValues


class SalesMetric(models.Model):
    """Measures metrics: a batch at a time, by record or by name."""

    _inherit = "sales.metric"  # pylint: disable=consider-merging-classes-inherited

    def _evaluate(self, scopes, periods, known=False, rounded=True):
        """Measure the metrics for all scopes and periods at once.

        Sums are exact: the database adds decimals, and the result is the nearest
        float. Sums and counts without figures are 0. A ratio divides sums and never
        averages other ratios; it is None if its denominator is 0. It is rounded to the
        decimals of the company's currency or of product units, or to 4 decimals for
        percent, days and numbers. Growth compares the past days of a period with the
        same days a year before.

        The number of queries does not depend on the number or kinds of metrics, scopes
        and periods: at most one query reads the trees, one the sums and one the counts
        of documents and customers. Each metric ``Computed by a method`` adds its own
        queries.

        Record rules do not apply: callers must only request scopes that the user may
        see.

        :param scopes: :class:`Scope` objects; duplicates are measured once
        :param periods: :class:`Period` objects; duplicates are measured once
        :param bool known: whether the same query also reads the known share of margins
            and of their rates: ``MetricValues.known`` then holds the :class:`Known`
            part of the amount, sales and returns alike
        :param bool rounded: whether ratios and growth are rounded; they are not where
            others compute on, and round only their own result
        :rtype: MetricValues
        :raise ValueError: if a scope has a dimension that the figures lack
        """
        return Evaluation(self, scopes, periods).get_values(known, rounded)

    # ------------------------------------------------------------------
    # Methods that metrics name
    # ------------------------------------------------------------------

    def _measure_new_customers(self, metric, scopes, periods):
        """Count the customers whose first sale ever falls in a period.

        :param metric: the metric; its events define a sale
        :return: values in the order of scopes × periods
        """
        events = tuple(metric.event_ids.mapped("event"))
        return NewCustomers(self.env, events).count(scopes, periods)

    def _measure_business(self, metric, scopes, periods):
        """Sum new or existing business, whichever the filter of the metric selects.

        :return: values in the order of scopes × periods
        """
        return NewBusiness.sum(metric, scopes, periods)

    # ------------------------------------------------------------------
    # By name
    # ------------------------------------------------------------------

    @api.model
    @api.private
    def ask(self, names, scopes, periods, as_of="now"):
        """Measure metrics by name in one batch, see ``_evaluate``.

        :param names: codes of metrics; add-ons may support other names
        :param str as_of: ``now``, or another moment for which an add-on keeps figures
        :return: :class:`MetricValues` keyed by name instead of id, with its ``as_of``
        :raise ValueError: if a name or the moment is unknown
        """
        scopes, periods = list(dict.fromkeys(scopes)), list(dict.fromkeys(periods))
        # sudo: callers check what the user may see, see ``_evaluate``
        columns = self.sudo()._ask(list(dict.fromkeys(names)), scopes, periods, as_of)
        return MetricValues(scopes, periods, columns, as_of=as_of)

    @api.model
    def _ask(self, names, scopes, periods, as_of):
        """:return: dict name -> values in the order of scopes × periods"""
        metrics = self._find(names)
        if as_of != "now" and metrics:
            raise ValueError(f"Nobody keeps figures as of {as_of}: {', '.join(names)}")
        values = self.union(*metrics.values())._evaluate(scopes, periods)
        return {name: values.column(metric.id) for name, metric in metrics.items()}

    @api.model
    def _find(self, codes):
        """Return metrics by code, including archived ones.

        :return: dict code -> metric
        :raise ValueError: if no metric has one of the codes
        """
        metrics = self.with_context(active_test=False).search([("code", "in", codes)])
        by_code = {metric.code: metric for metric in metrics}
        if unknown := [code for code in codes if code not in by_code]:
            raise ValueError(f"No metric has the code {', '.join(unknown)}")
        return {code: by_code[code] for code in codes}
