# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models
from odoo.tools import SQL

from .sales_incentive_cost import select_team


class SalesIncentivePay(models.Model):
    """What people earn, beside what they attain: a person in a month.

    The attainment is that of their widest target of the first metric that they have a
    target of, for a leader that of the team. What confidential plans pay is left out.
    """

    _name = "sales.incentive.pay"
    _description = "Pay against Attainment"
    _auto = False
    _order = "month desc, user_id, id"

    company_id = fields.Many2one(comodel_name="res.company", readonly=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    month = fields.Date(readonly=True)
    user_id = fields.Many2one(comodel_name="res.users", string="Person", readonly=True)
    team_id = fields.Many2one(
        comodel_name="crm.team", string="Sales Team", readonly=True
    )
    metric_id = fields.Many2one(
        comodel_name="sales.metric", string="Target Metric", readonly=True
    )
    target = fields.Float(digits=0, readonly=True)
    actual = fields.Float(digits=0, readonly=True)
    attainment = fields.Float(
        string="Attainment (%)", digits=(16, 2), aggregator="avg", readonly=True
    )
    band = fields.Selection(
        selection=[
            ("000", "Below 80 %"),
            ("080", "80 to 100 %"),
            ("100", "100 to 120 %"),
            ("120", "120 % and more"),
        ],
        string="Attained",
        readonly=True,
    )
    pay = fields.Monetary(readonly=True, help="Earned, whether paid out yet or not.")
    average_pay = fields.Monetary(
        aggregator="avg",
        readonly=True,
        help="Of a person in a month",
    )

    _depends = {
        "res.users": ["sale_team_id"],
        "crm.team": ["user_id", "active"],
        "sales.metric": ["sequence"],
        "sales.target.plan": ["state"],
    }

    def _read_group_select(self, aggregate_spec, query):
        """Divide sums, as for the attainment of a group anywhere."""
        if aggregate_spec != "attainment:avg":
            return super()._read_group_select(aggregate_spec, query)
        return SQL(
            "ROUND(100 * SUM(%s) / NULLIF(SUM(%s), 0), 2)",
            self._field_to_sql(self._table, "actual", query),
            self._field_to_sql(self._table, "target", query),
        )

    @property
    def _table_query(self):
        return SQL(
            """
            WITH target AS (
                SELECT DISTINCT ON (r.company_id, r.responsible_id, r.date_from)
                       r.company_id, r.responsible_id, r.date_from, r.metric_id,
                       SUM(r.amount) AS target, SUM(r.actual) AS actual
                  FROM sales_target_result r
                  JOIN sales_target_plan p ON p.id = r.plan_id
                   AND p.state IN ('running', 'closed')
                  JOIN sales_metric m ON m.id = r.metric_id
                 WHERE r.period = 'month' AND r.breakdown = 'organization'
                   AND r.is_additive AND r.responsible_id IS NOT NULL
                 GROUP BY r.company_id, r.responsible_id, r.date_from, r.metric_id,
                       m.sequence, r.level
                 ORDER BY r.company_id, r.responsible_id, r.date_from, m.sequence,
                       r.metric_id, r.level
            ), pay AS (
                SELECT MIN(e.id) AS id, e.company_id, e.month, e.user_id,
                       SUM(e.amount) AS pay
                  FROM sales_incentive_entry e
                  JOIN sales_incentive_plan plan ON plan.id = e.plan_id
                   AND plan.is_confidential IS NOT TRUE
                 WHERE e.kind <> 'payout' AND e.user_id IS NOT NULL
                 GROUP BY e.company_id, e.month, e.user_id
            )
            SELECT pay.id, pay.company_id, pay.month, pay.user_id, %(team)s AS team_id,
                   t.metric_id, t.target, t.actual, t.attainment, pay.pay,
                   pay.pay AS average_pay,
                   CASE WHEN t.attainment < 80 THEN '000'
                        WHEN t.attainment < 100 THEN '080'
                        WHEN t.attainment < 120 THEN '100'
                        WHEN t.attainment >= 120 THEN '120' END AS band
              FROM pay
              JOIN res_users u ON u.id = pay.user_id
              LEFT JOIN (
                SELECT *, 100 * actual / NULLIF(target, 0) AS attainment FROM target
                ) t ON t.company_id = pay.company_id
               AND t.responsible_id = pay.user_id AND t.date_from = pay.month
            """,
            team=select_team(),
        )
