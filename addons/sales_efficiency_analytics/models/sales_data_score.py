# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.tools import SQL

from .sales_data_rule import DIMENSIONS


class SalesDataScore(models.Model):
    """How much of the data was in order, by rule, salesperson and month (policy 6.1.2).

    Only the nightly check writes it; in a month the last check stands.
    """

    _name = "sales.data.score"
    _description = "Data Quality"
    _order = "month desc, rule_id, id"
    _rec_name = "rule_id"
    _log_access = False

    rule_id = fields.Many2one(
        comodel_name="sales.data.rule",
        required=True,
        index=True,
        ondelete="cascade",
        readonly=True,
    )
    source = fields.Selection(selection="_selection_source", readonly=True)
    dimension = fields.Selection(selection=DIMENSIONS, readonly=True)
    company_id = fields.Many2one(
        comodel_name="res.company",
        index="btree_not_null",
        ondelete="cascade",
        readonly=True,
    )
    user_id = fields.Many2one(
        comodel_name="res.users",
        string="Salesperson",
        index="btree_not_null",
        ondelete="cascade",
        readonly=True,
    )
    month = fields.Date(required=True, index=True, readonly=True)
    date = fields.Date(string="Last Check", required=True, readonly=True)
    checked = fields.Integer(readonly=True, help="Records checked.")
    issues = fields.Integer(
        string="With Issue", readonly=True, help="Without those that are accepted."
    )
    score = fields.Float(
        string="Score (%)",
        compute="_compute_score",
        store=True,
        digits=(16, 2),
        aggregator="avg",
        help="Checked without issue ÷ checked.",
    )

    @api.model
    def _selection_source(self):
        return self.env["sales.data.rule"]._selection_source()

    @api.depends("checked", "issues")
    def _compute_score(self):
        for score in self:
            right = score.checked - score.issues
            score.score = 100 * right / score.checked if score.checked else 0.0

    def _read_group_select(self, aggregate_spec, query):
        """Divide sums by sums, never average rates."""
        if aggregate_spec != "score:avg":
            return super()._read_group_select(aggregate_spec, query)
        checked, issues = (
            self._field_to_sql(self._table, name, query)
            for name in ("checked", "issues")
        )
        return SQL(
            "100.0 * SUM(%(checked)s - %(issues)s) / NULLIF(SUM(%(checked)s), 0)",
            checked=checked,
            issues=issues,
        )
