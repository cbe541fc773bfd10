# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models
from odoo.tools import SQL


class SalesTargetReport(models.Model):
    """Targets by month, for pivots and graphs (policy 2.1.1)."""

    _name = "sales.target.report"
    _inherit = "sales.target.scope"
    _description = "Sales Target Analysis"
    _auto = False
    _order = "month, id"
    _depends = {
        "sales.target": ["parent_id"],
        "sales.target.month": ["target_id", "month", "amount", "original_amount"],
        "sales.target.plan": ["state"],
    }

    target_id = fields.Many2one(
        comodel_name="sales.target", string="Scope", readonly=True
    )
    parent_id = fields.Many2one(
        comodel_name="sales.target", string="Parent Target", readonly=True
    )
    state = fields.Selection(
        selection=lambda self: self._selection_state(), readonly=True
    )
    month = fields.Date(readonly=True)
    amount = fields.Float(string="Target", digits=0, readonly=True)
    original_amount = fields.Float(
        string="Original Target",
        digits=0,
        readonly=True,
        help="Target at the start of the plan, before adjustments.",
    )

    def _read_group_select(self, aggregate_spec, query):
        """Sum additive metrics; average the months of a single rate."""
        name, _colon, function = aggregate_spec.partition(":")
        if name not in ("amount", "original_amount") or function != "sum":
            return super()._read_group_select(aggregate_spec, query)
        return SQL(
            "CASE WHEN %(adds_up)s THEN SUM(%(amount)s)"
            " WHEN COUNT(DISTINCT %(target)s) = 1 THEN AVG(%(amount)s) END",
            adds_up=self._add_up(query),
            amount=self._field_to_sql(self._table, name, query),
            target=self._field_to_sql(self._table, "target_id", query),
        )

    def _selection_state(self):
        plan = self.env["sales.target.plan"]
        return plan._fields["state"]._description_selection(self.env)

    @property
    def _table_sql(self):
        """Also flush the scope columns of targets. ``_depends`` cannot list them, as
        add-ons add dimensions."""
        fields_ = self.env["sales.target"]._fields
        return SQL().join(
            [
                super()._table_sql,
                *(SQL(to_flush=fields_[name]) for name in self._get_scope_columns()),
            ]
        )

    @property
    def _table_query(self):
        return SQL(
            """
            SELECT m.id, m.target_id, m.month, m.amount, m.original_amount, p.state,
                   t.parent_id, %s
              FROM sales_target_month m
              JOIN sales_target t ON t.id = m.target_id
              JOIN sales_target_plan p ON p.id = t.plan_id
            """,
            SQL(", ").join(
                SQL.identifier("t", name) for name in self._get_scope_columns()
            ),
        )
