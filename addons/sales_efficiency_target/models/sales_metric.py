# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import re

from odoo import api, models

from ..engine import Pipeline, Results

# Figures of targets that can be requested by name, e.g. attainment_of(margin), and the
# matching figure of ``Results``
NAMED = {
    "target": "amount",
    **{
        name: name
        for name in (
            "actual",
            "expected",
            "attainment",
            "pace",
            "deviation",
            "gap",
            "projected",
            "growth",
            "status",
        )
    },
}
NAME = re.compile(rf"({'|'.join(NAMED)})_of\((\w+)\)")


class SalesMetric(models.Model):
    _inherit = "sales.metric"

    def write(self, vals):
        """Have everything measured when the definition of a metric changes."""
        res = super().write(vals)
        kinds = [kind for kind, _label in self._fields["kind"].selection]
        names = {name for kind in kinds for name in self._get_definition(kind)}
        if not names.union({"kind", "unit", "higher_is_better"}).isdisjoint(vals):
            self.env["sales.target.change"]._ask_for_everything()
        return res

    def _is_additive(self):
        """:return: whether the figures of the parts add up to the whole"""
        self.ensure_one()
        if self.kind == "distinct":
            return self.counted == "document"
        unit = self._define_unit(self.unit, self.env.company)
        return self.kind == "sum" or (self.kind == "method" and unit.adds_up)

    def _get_step(self, company):
        """Return the rounding step of the metric's figures, e.g. 0.01 for money.

        :param company: company of the figures; if empty, the current company
        """
        self.ensure_one()
        unit = self._define_unit(self.unit, company or self.env.company)
        return 1.0 if unit.is_whole and self._is_additive() else unit.step

    def _group_by_statement(self):
        """:return: list of groups of metrics that are cheap to measure together for all
        of their scopes: all those made of sums, then each of the others alone"""
        sums = self.filtered(
            lambda metric: not {"distinct", "method"}
            & set((metric | metric._get_all_parts()).mapped("kind"))
        )
        return [*([sums] if sums else []), *(self - sums)]

    def _is_sum_of_figures(self):
        """:return: whether the metric can be updated by summing changed figures"""
        self.ensure_one()
        return self.kind == "sum" and not self.domain

    def _has_pipeline(self):
        """:return: whether a weighted pipeline makes sense: for sums of amounts only"""
        self.ensure_one()
        return self.kind == "sum" and self.measure == "amount"

    def _get_followed_events(self):
        """:return: see ``_find_targets`` of ``sales.target.change``"""
        self.ensure_one()
        metrics = self | self._get_all_parts()
        # Whether a customer is new also depends on sales outside the scope.
        methods = metrics.filtered(lambda metric: metric.kind == "method")
        again = not self._is_sum_of_figures()
        follow = {
            (self.id, event, bool(methods), again)
            for event in metrics.event_ids.mapped("event")
        }
        if any(not method.event_ids for method in methods):
            follow.add((self.id, None, True, again))
        if self._has_pipeline():
            follow |= {(self.id, "created", False, True)}
        return sorted(follow, key=str)

    # ------------------------------------------------------------------
    # Targets
    # ------------------------------------------------------------------

    @api.model
    def _ask(self, names, scopes, periods, as_of):
        """Support ``target_of(code)``, ``attainment_of(code)``, ... for every metric,
        and figures of targets as of ``closing``."""
        known = {
            name: (NAMED[match[1]], match[2])
            for name in names
            if (match := NAME.fullmatch(name))
        }
        if as_of == "closing":
            known = {name: ("actual", name) for name in names} | known
        others = [name for name in names if name not in known]
        columns = super()._ask(others, scopes, periods, as_of)
        metrics = self._find([code for _figure, code in known.values()])
        asked = self.union(*metrics.values())
        values = Results(self.env).ask(scopes, asked, periods, as_of)
        return columns | {
            name: values.column(metrics[code].id, figure)
            for name, (figure, code) in known.items()
        }

    def _measure_target_of(self, metric, scopes, periods):
        """Return the targets of a metric (``base_id``), for use in ratios and by other
        add-ons, see :meth:`.Results.ask`.

        :return: figures or None, in the order of scopes × periods
        """
        return self._measure_of("target", metric, scopes, periods)

    def _measure_expected_of(self, metric, scopes, periods):
        """Return the figures expected to date, see ``_measure_target_of``."""
        return self._measure_of("expected", metric, scopes, periods)

    def _measure_attainment_of(self, metric, scopes, periods):
        """Return the attainment in percent, see ``_measure_target_of``."""
        return self._measure_of("attainment", metric, scopes, periods)

    def _measure_of(self, name, metric, scopes, periods):
        values = Results(self.env).ask(scopes, metric.base_id, periods)
        return values.column(metric.base_id.id, NAMED[name])

    def _measure_pipeline(self, metric, scopes, periods):
        """Return the weighted pipeline of open opportunities in periods.

        Expected revenue × probability of opportunities expected to close today or
        later. Their scope is that of their figures.

        :param metric: the metric
        :return: values in the order of scopes × periods
        """
        _amounts, weighted = Pipeline(self.env).sum(scopes, periods)
        return weighted
