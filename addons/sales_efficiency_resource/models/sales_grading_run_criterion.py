# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class SalesGradingRunCriterion(models.Model):
    """A criterion as it was when customers were graded: later changes of the grading
    leave the reasons of former grades alone."""

    _name = "sales.grading.run.criterion"
    _inherit = ["sales.guard.mixin", "sales.grading.criterion.mixin"]
    _description = "Criterion of a Grading Run"

    run_id = fields.Many2one(
        comodel_name="sales.grading.run",
        required=True,
        index=True,
        ondelete="cascade",
        readonly=True,
    )

    def _get_company(self):
        # sudo: only the company, for the currency
        return self.sudo().run_id.company_id
