# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import UserError


class SalesTargetDistributionLine(models.Model):
    _name = "sales.target.distribution.line"
    _inherit = "sales.guard.mixin"
    _description = "Month of a Distribution"
    _order = "distribution_id, number"

    distribution_id = fields.Many2one(
        comodel_name="sales.target.distribution",
        required=True,
        index=True,
        ondelete="cascade",
    )
    number = fields.Integer(
        string="Month of the Year",
        required=True,
        help="1 is the first month of the fiscal year.",
    )
    percent = fields.Float(
        string="Share (%)",
        digits=(16, 6),
        help="Share of the month in the figure of the year.",
    )

    _number_uniq = models.Constraint(
        "UNIQUE (distribution_id, number)", "Each month can have only one percentage."
    )
    _number_range = models.Constraint(
        "CHECK (number BETWEEN 1 AND 12)", "Months are numbered from 1 to 12."
    )
    _percent_range = models.Constraint(
        "CHECK (percent BETWEEN 0 AND 100)",
        "The share of a month must be between 0 and 100 %.",
    )

    @api.constrains("percent", "number")
    def _check_distribution(self):
        self.distribution_id._check_lines()

    @api.ondelete(at_uninstall=False)
    def _unlink_except_kept(self):
        raise UserError(
            self.env._(
                "A distribution covers all months of the year. Set the month"
                " to 0 instead."
            )
        )
