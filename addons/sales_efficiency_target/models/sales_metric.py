# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import re

from odoo import api, fields, models
from odoo.tools import SQL

from odoo.addons.sales_efficiency_base.engine import FactColumns, Measure

from ..engine import Results

# What can be asked of the targets of a metric by name, e.g. attainment_of(margin), and
# the figure of ``Results`` that it is
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
        """Have everything measured when something else is measured from now on."""
        res = super().write(vals)
        kinds = [kind for kind, _label in self._fields["kind"].selection]
        names = {name for kind in kinds for name in self._get_definition(kind)}
        if not names.union({"kind", "unit", "higher_is_better"}).isdisjoint(vals):
            self.env["sales.target.change"]._ask_for_everything()
        return res

    def _is_additive(self):
        """:return: whether the figures of the parts add up to that of the whole"""
        self.ensure_one()
        if self.kind == "distinct":
            return self.counted == "document"
        unit = self._define_unit(self.unit, self.env.company)
        return self.kind == "sum" or (self.kind == "method" and unit.adds_up)

    def _get_step(self, company):
        """Return what figures of the metric are multiples of, e.g. 0.01 for money.

        :param company: the one that the figures are of; the present one as long as
            nothing is chosen
        """
        self.ensure_one()
        unit = self._define_unit(self.unit, company or self.env.company)
        return 1.0 if unit.is_whole and self._is_additive() else unit.step

    def _group_by_statement(self):
        """:return: list of the metrics that are cheap to measure together, for all of
        their scopes: those that are made of sums; any other stands alone"""
        sums = self.filtered(
            lambda metric: not {"distinct", "method"}
            & set((metric | metric._get_all_parts()).mapped("kind"))
        )
        return [*([sums] if sums else []), *(self - sums)]

    def _is_sum_of_figures(self):
        """:return: whether sums of changed figures say by how much it has changed"""
        self.ensure_one()
        return self.kind == "sum" and not self.domain

    def _has_pipeline(self):
        """:return: whether the amounts of opportunities are figures of its kind"""
        self.ensure_one()
        return self.kind == "sum" and self.measure == "amount"

    def _get_followed_events(self):
        """:return: see ``_find_targets`` of ``sales.target.change``"""
        self.ensure_one()
        metrics = self | self._get_all_parts()
        # Where a customer is new may change by a sale to them anywhere else.
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
    # What was promised
    # ------------------------------------------------------------------

    @api.model
    def _ask(self, names, scopes, periods, as_of):
        """Know ``target_of(code)``, ``attainment_of(code)``, ... of every metric, and
        what figures that have a target were as of ``closing``."""
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
        """Answer what was asked for of a metric (``base_id``), so that ratios and other
        add-ons can be made of it, see :meth:`.Results.ask`.

        :return: figures or None, in the order of scopes × periods
        """
        return self._measure_of("target", metric, scopes, periods)

    def _measure_expected_of(self, metric, scopes, periods):
        """Answer what was expected to date, see ``_measure_target_of``."""
        return self._measure_of("expected", metric, scopes, periods)

    def _measure_attainment_of(self, metric, scopes, periods):
        """Answer how much is attained, in percent, see ``_measure_target_of``."""
        return self._measure_of("attainment", metric, scopes, periods)

    def _measure_of(self, name, metric, scopes, periods):
        values = Results(self.env).ask(scopes, metric.base_id, periods)
        return values.column(metric.base_id.id, NAMED[name])

    def _measure_pipeline(self, metric, scopes, periods):
        """Weigh what open opportunities are expected to bring in periods.

        Expected revenue × probability of those that are expected to close from today
        on. They count where their figures lie.

        :param metric: the metric
        :return: values in the order of scopes × periods
        """
        self.env["crm.lead"].flush_model(
            ["active", "won_status", "date_deadline", "probability"]
        )
        figures = FactColumns(self.env, scopes, periods)
        relation = SQL(
            """
            (SELECT 'pipeline' AS event, l.date_deadline AS date, %(columns)s,
                    f.amount * l.probability / 100 AS amount
               FROM crm_lead l
               JOIN sales_fact f ON f.source = 'opportunity' AND f.res_id = l.id
                AND f.event = 'created'
               JOIN res_company c ON c.id = f.company_id
              CROSS JOIN LATERAL (
                SELECT %(now)s::timestamp AT TIME ZONE 'UTC' AT TIME ZONE c.sales_tz
                    AS now
              ) here
              WHERE l.active AND l.won_status = 'pending'
                AND l.date_deadline >= here.now::date
            ) AS pipeline
            """,
            columns=SQL(", ").join(
                SQL.identifier("f", name) for name in ("company_id", *figures.names)
            ),
            now=fields.Datetime.now(),
        )
        measure = Measure(events=("pipeline",), column="amount", type="float8")
        return figures.sums_of(relation, [measure])[0]
