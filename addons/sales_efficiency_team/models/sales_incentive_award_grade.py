# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class SalesIncentiveAwardGrade(models.Model):
    """What a grade of an appraisal pays, by the rule of an award (policy 4.4.1)."""

    _name = "sales.incentive.award.grade"
    _inherit = "sales.incentive.terms.mixin"
    _description = "Award of a Grade"
    _order = "rule_id, rate desc, id"
    _rec_name = "grade_id"
    _fixed_fields = ("rule_id",)

    rule_id = fields.Many2one(
        comodel_name="sales.incentive.rule",
        required=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(related="rule_id.company_id")
    grade_id = fields.Many2one(
        comodel_name="sales.appraisal.grade",
        required=True,
        index=True,
        ondelete="restrict",
        domain="[('company_id', 'in', (company_id, False))]",
    )
    currency_id = fields.Many2one(related="rule_id.currency_id")
    metric_unit = fields.Selection(related="rule_id.unit_of_rate", string="Unit")
    rate = fields.Float(
        string="Award",
        digits=0,
        help="Months of pay, or percent of the target incentive, for a whole year.",
    )

    _grade_uniq = models.Constraint(
        "UNIQUE (rule_id, grade_id)", "A grade has one line in the table of an award."
    )
    _rate_range = models.Constraint(
        "CHECK (rate BETWEEN 0 AND 1000)",
        "An award is 0 to 1,000 months of pay, or percent.",
    )

    def _get_versions(self):
        return self.rule_id.version_id
