# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models


class SalesMetric(models.Model):
    """What metrics are computed from: other metrics, figures with a known margin."""

    _inherit = "sales.metric"  # pylint: disable=consider-merging-classes-inherited

    def _is_rate(self):
        """Return whether changes are in percentage points; False without a metric."""
        return self.unit in ("percent", "points")

    def _is_sum_of(self, measure):
        return self.kind == "sum" and self.measure == measure

    def _get_parts(self):
        """Return the metrics that these are directly computed from."""
        ratios = self.filtered(lambda metric: metric.kind == "ratio")
        growths = self.filtered(lambda metric: metric.kind == "growth")
        # Prefetch in one query, before the loop over the ratios
        (ratios.numerator_id | ratios.denominator_id | growths.base_id).mapped("kind")
        parts = ratios.numerator_id | growths.base_id
        return parts.union(*(ratio._get_denominator() for ratio in ratios))

    def _get_all_parts(self):
        """Return the metrics that these are directly or indirectly computed from."""
        return self._follow("_get_parts")

    def _get_named(self):
        """Return the referenced metrics: parts, and base metrics of methods."""
        methods = self.filtered(lambda metric: metric.kind == "method")
        return self._get_parts() | methods.base_id

    def _follow(self, step):
        """Return all metrics reached by calling the method ``step`` repeatedly."""
        reached = found = getattr(self, step)()
        while found:
            found = getattr(found, step)() - reached
            reached |= found
        return reached

    # ------------------------------------------------------------------
    # Who asks
    # ------------------------------------------------------------------

    @api.model
    def _get_methods_by_user(self):
        """Hook: names of the methods whose figures depend on what the user may see.

        What is kept for others to read cannot be made of them.
        """
        return set()

    def _depends_on_user(self):
        """:return: whether the figures of the metrics, or of anything that they are
        computed from, depend on who asks"""
        # sudo: parts may be of other companies; none is shown.
        metrics = self.sudo()
        names = (metrics | metrics._follow("_get_named")).mapped("method_name")
        return not self._get_methods_by_user().isdisjoint(names)

    # ------------------------------------------------------------------
    # Known margin
    # ------------------------------------------------------------------

    def _get_margin_part(self):
        """Return the margin sum behind the metric, its numerator, or the base metric of
        its method, if any."""
        self.ensure_one()
        parts = {"ratio": self.numerator_id, "method": self.base_id}
        part = parts.get(self.kind, self)
        return part.filtered(lambda metric: metric._is_sum_of("margin"))

    def _get_denominator(self):
        """Return the denominator; for margin rates, only figures with a known margin.

        Otherwise unknown margins would count as 0. Figures of other events, e.g.
        opportunities, never have a margin: all of them count.
        """
        self.ensure_one()
        denominator, margin = self.denominator_id, self._get_margin_part()
        if not margin or denominator.kind not in ("sum", "distinct"):
            return denominator
        if denominator._is_sum_of("amount"):
            # The cells have a column for it.
            return denominator.new({"measure": "margin_base"}, origin=denominator)
        is_known = denominator.measure in ("margin", "margin_base")
        if is_known or not margin.event_ids & denominator.event_ids:
            return denominator
        return denominator._restrict_to_known_margin()

    def _restrict_to_known_margin(self):
        """Return the metric limited to figures with a known margin."""
        self.ensure_one()
        return self.new({"is_of_known_margin": True}, origin=self)

    def _get_known(self, scopes, periods):
        """Return the known share of those metrics that are margins or margin rates.

        :return: mapping (metric id, scope, period) -> :class:`Known`; runs no query if
            there is no such metric
        """
        margins = self.filtered(lambda metric: metric._get_margin_part())
        if not (margins and scopes):
            return {}
        return margins._evaluate(scopes, periods, known=True).known
