# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.fields import Domain

from .sales_scorecard_criterion import GROUPS


class SalesScorecardLine(models.Model):
    """The value and the points of a criterion. Only code writes it."""

    _name = "sales.scorecard.line"
    _inherit = "sales.guard.mixin"
    _description = "Criterion of a Score"
    _order = "result_id, sequence, id"
    _rec_name = "metric_id"

    result_id = fields.Many2one(
        comodel_name="sales.scorecard.result",
        string="Score",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(related="result_id.company_id")
    currency_id = fields.Many2one(related="result_id.currency_id")
    criterion_id = fields.Many2one(
        comodel_name="sales.scorecard.criterion",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )
    metric_id = fields.Many2one(
        comodel_name="sales.metric",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    metric_unit = fields.Selection(related="metric_id.unit", string="Unit")
    sequence = fields.Integer(readonly=True)
    group = fields.Selection(selection=GROUPS, readonly=True)
    date_from = fields.Date(string="From", readonly=True)
    date_to = fields.Date(string="To", readonly=True)
    floor = fields.Float(digits=0, readonly=True, aggregator=None)
    goal = fields.Float(digits=0, readonly=True, aggregator=None)
    weight = fields.Float(
        string="Weight (%)", digits=(5, 2), readonly=True, aggregator=None
    )
    share = fields.Float(
        string="Counts (%)",
        digits=(5, 2),
        readonly=True,
        aggregator=None,
        help="More than the weight if other criteria have no value.",
    )
    value = fields.Float(digits=0, readonly=True, aggregator=None)
    has_value = fields.Boolean(readonly=True, export_string_translation=False)
    points = fields.Float(digits=(5, 2), readonly=True, aggregator="avg")
    median = fields.Float(
        string="Median of All", digits=(5, 2), readonly=True, aggregator=None
    )
    has_median = fields.Boolean(readonly=True, export_string_translation=False)

    @api.readonly
    def action_open_figures(self):
        """Show the figures behind the value, as far as the user sees them."""
        self.ensure_one()
        self.check_access("read")
        domain = Domain("company_id", "=", self.company_id.id)
        domain &= Domain("date", ">=", self.date_from)
        domain &= Domain("date", "<=", self.date_to)
        facts, scope = self.env["sales.fact"], self.result_id._get_scope()
        domain &= facts._get_inside_domain(scope.dimensions)
        return facts._get_facts_action(
            self.display_name, domain & self.metric_id._get_facts_domain()
        )

    def _format(self, name):
        """:return: value, floor or goal with the unit of the metric"""
        self.ensure_one()
        if name == "value" and not self.has_value:
            return self.env._("No value")
        return self.metric_id.with_company(self.company_id)._format(self[name])
