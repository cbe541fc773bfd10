# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models
from odoo.tools import SQL

from odoo.addons.sales_efficiency_base.tools import FactQuery, Measure


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
        query = FactQuery(self._get_dimensions(scopes), scopes, periods)
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
                SQL.identifier("f", name) for name in ("company_id", *query.names)
            ),
            now=fields.Datetime.now(),
        )
        column = [0.0] * (len(scopes) * len(periods))
        measure = Measure(events=("pipeline",), column="amount", type="float8")
        for position, value in self.env.execute_query(
            query.sums_of(relation, [measure])
        ):
            column[position] = value or 0.0
        return column
