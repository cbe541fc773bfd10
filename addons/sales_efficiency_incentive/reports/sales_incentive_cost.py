# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models
from odoo.tools import SQL


class SalesIncentiveCost(models.Model):
    """What incentives cost, beside what was invoiced in the same months.

    The cost is all that was earned, paid or not: locked and provisional entries, by the
    month in which they are booked, so that it agrees with the months and with the
    accounts. It is no fact of the data mart: leaders and salespeople read facts of
    their people, and must not learn from them what these are paid.
    """

    _name = "sales.incentive.cost"
    _description = "Incentive Cost"
    _auto = False
    _order = "month desc, id"

    company_id = fields.Many2one(comodel_name="res.company", readonly=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    period_id = fields.Many2one(
        comodel_name="sales.incentive.period", string="Incentive Month", readonly=True
    )
    month = fields.Date(readonly=True, help="In which it was booked or invoiced.")
    origin = fields.Date(string="Sold In", readonly=True)
    state = fields.Selection(
        selection=[("provisional", "Provisional"), ("locked", "Locked")], readonly=True
    )
    plan_id = fields.Many2one(comodel_name="sales.incentive.plan", readonly=True)
    rule_kind = fields.Selection(
        selection=lambda self: self._selection_of("sales.incentive.rule", "kind"),
        string="Kind of Rule",
        readonly=True,
    )
    kind = fields.Selection(
        selection=lambda self: self._selection_of("sales.incentive.entry", "kind"),
        string="Kind of Entry",
        readonly=True,
    )
    user_id = fields.Many2one(comodel_name="res.users", string="Person", readonly=True)
    team_id = fields.Many2one(
        comodel_name="crm.team",
        string="Sales Team",
        readonly=True,
        help="Of the cost: the team of the person today. Of sales: that of the sale.",
    )
    cost = fields.Monetary(readonly=True, help="Earned, whether paid out yet or not.")
    sales = fields.Monetary(
        string="Invoiced Sales",
        readonly=True,
        help="In the months with incentives. Sales belong to no plan.",
    )
    cost_rate = fields.Float(
        string="Cost Rate (%)",
        digits=(16, 2),
        aggregator="avg",
        readonly=True,
        help="Cost ÷ invoiced sales",
    )

    _depends = {
        "res.users": ["sale_team_id"],
        "crm.team": ["user_id", "active"],
        "sales.incentive.period": ["company_id", "month"],
        "sales.incentive.rule": ["kind"],
    }

    def _selection_of(self, model, name):
        return self.env[model]._fields[name]._description_selection(self.env)

    def _read_group_select(self, aggregate_spec, query):
        """Divide sums: rates are no numbers to be averaged."""
        if aggregate_spec != "cost_rate:avg":
            return super()._read_group_select(aggregate_spec, query)
        return SQL(
            "ROUND(100 * SUM(%s) / NULLIF(SUM(%s), 0), 2)",
            self._field_to_sql(self._table, "cost", query),
            self._field_to_sql(self._table, "sales", query),
        )

    @property
    def _table_query(self):
        return SQL("%s UNION ALL %s", self._select_cost(), self._select_sales())

    def _select_cost(self):
        return SQL(
            """
            SELECT e.id, e.company_id, e.period_id, e.month, e.origin, e.state,
                   e.plan_id, r.kind AS rule_kind, e.kind, e.user_id,
                   %s AS team_id, e.amount AS cost, 0::numeric AS sales,
                   NULL::numeric AS cost_rate
              FROM sales_incentive_entry e
              LEFT JOIN sales_incentive_rule r ON r.id = e.rule_id
              LEFT JOIN res_users u ON u.id = e.user_id
             WHERE e.kind <> 'payout'
            """,
            select_team(),
        )

    def _select_sales(self):
        """Return the invoiced sales of the months with incentives, by monthly cells."""
        metric = self.env.ref("sales_efficiency_base.sales_metric_invoiced_amount")
        return SQL(
            """
            SELECT -c.id, c.company_id, p.id, c.month, c.month, NULL, NULL::int, NULL,
                   NULL, NULLIF(c.user_id, 0), NULLIF(c.team_id, 0), 0::numeric,
                   c.amount, NULL::numeric
              FROM sales_fact_cell c
              JOIN sales_incentive_period p ON p.company_id = c.company_id
               AND p.month = c.month
             WHERE c.event IN %s AND c.facts <> 0
            """,
            # sudo: what the supplied metric counts is no secret.
            tuple(metric.sudo().event_ids.mapped("event")),
        )


def select_team():
    """Return the team of a user ``u`` today: where they are a member, or lead."""
    return SQL(
        "COALESCE(u.sale_team_id, (SELECT MIN(t.id) FROM crm_team t"
        " WHERE t.user_id = u.id AND t.active))"
    )
