# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models
from odoo.tools import SQL

from ..models.sales_target import DIMENSIONS


class SalesTargetReport(models.Model):
    """Targets by month, for pivots and graphs (policy 2.1.1)."""

    _name = "sales.target.report"
    _description = "Sales Target Analysis"
    _auto = False
    _order = "month, id"
    _depends = {
        "sales.target": [
            "plan_id",
            "company_id",
            "is_additive",
            "level",
            "breakdown",
            "metric_id",
            "parent_id",
            "responsible_id",
            *DIMENSIONS,
        ],
        "sales.target.month": ["target_id", "month", "amount"],
        "sales.target.plan": ["state"],
    }

    target_id = fields.Many2one(
        comodel_name="sales.target", string="Target Of", readonly=True
    )
    parent_id = fields.Many2one(
        comodel_name="sales.target", string="Part Of", readonly=True
    )
    plan_id = fields.Many2one(comodel_name="sales.target.plan", readonly=True)
    state = fields.Selection(
        selection=lambda self: self._selection_state(), readonly=True
    )
    company_id = fields.Many2one(comodel_name="res.company", readonly=True)
    metric_id = fields.Many2one(comodel_name="sales.metric", readonly=True)
    responsible_id = fields.Many2one(comodel_name="res.users", readonly=True)
    region_id = fields.Many2one(comodel_name="sales.region", readonly=True)
    team_id = fields.Many2one(
        comodel_name="crm.team", string="Sales Team", readonly=True
    )
    user_id = fields.Many2one(
        comodel_name="res.users", string="Salesperson", readonly=True
    )
    categ_id = fields.Many2one(
        comodel_name="product.category", string="Product Line", readonly=True
    )
    channel_id = fields.Many2one(comodel_name="sales.channel", readonly=True)
    partner_id = fields.Many2one(
        comodel_name="res.partner", string="Customer", readonly=True
    )
    is_additive = fields.Boolean(readonly=True)
    level = fields.Integer(readonly=True, aggregator=None)
    breakdown = fields.Selection(
        selection=lambda self: self._selection_breakdown(), readonly=True
    )
    month = fields.Date(readonly=True)
    amount = fields.Float(string="Target", digits=0, readonly=True)

    def _read_group_select(self, aggregate_spec, query):
        """Add up what adds up: no rates, no several metrics, no target and parts."""
        if aggregate_spec != "amount:sum":
            return super()._read_group_select(aggregate_spec, query)
        alias = self._table
        return SQL(
            "CASE WHEN COUNT(DISTINCT (%(kind)s)) > 1 THEN NULL"
            " WHEN BOOL_AND(%(additive)s) THEN SUM(%(amount)s)"
            " WHEN COUNT(DISTINCT %(target)s) = 1 THEN AVG(%(amount)s) END",
            kind=SQL(", ").join(
                self._field_to_sql(alias, name, query)
                for name in ("metric_id", "level", "breakdown")
            ),
            additive=self._field_to_sql(alias, "is_additive", query),
            amount=self._field_to_sql(alias, "amount", query),
            target=self._field_to_sql(alias, "target_id", query),
        )

    def _selection_breakdown(self):
        target = self.env["sales.target"]
        return target._fields["breakdown"]._description_selection(self.env)

    def _selection_state(self):
        plan = self.env["sales.target.plan"]
        return plan._fields["state"]._description_selection(self.env)

    @property
    def _table_query(self):
        columns = ("plan_id", "company_id", "metric_id", "parent_id", "responsible_id")
        return SQL(
            """
            SELECT m.id, m.target_id, m.month, m.amount, p.state, t.is_additive,
                   t.level, t.breakdown, %s
              FROM sales_target_month m
              JOIN sales_target t ON t.id = m.target_id
              JOIN sales_target_plan p ON p.id = t.plan_id
            """,
            SQL(", ").join(SQL.identifier("t", n) for n in (*columns, *DIMENSIONS)),
        )
