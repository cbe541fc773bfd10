# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError

from .sales_appraisal_kind_mixin import RATED


class SalesAppraisalCriterion(models.Model):
    """What people rate from 1 to 5, and which of them do."""

    _name = "sales.appraisal.criterion"
    _inherit = "sales.appraisal.line.mixin"
    _description = "Criterion of Appraisals"

    name = fields.Char(required=True, translate=True)
    description = fields.Char(
        translate=True, help="What deserves a 5. Raters read it beside the criterion."
    )
    for_superior = fields.Boolean(string="Superior", default=True)
    for_peer = fields.Boolean(string="Peers", default=True)
    for_customer = fields.Boolean(string="Customers")
    for_report = fields.Boolean(string="Direct Reports")
    for_self = fields.Boolean(string="Self", default=True)

    _weight_range = models.Constraint(
        "CHECK (weight > 0 AND weight <= 100)",
        "A criterion weighs more than 0 and at most 100 %.",
    )

    @api.constrains(*(f"for_{kind}" for kind in RATED))
    def _check_raters(self):
        for criterion in self:
            if not any(criterion._filter_kind(kind) for kind in RATED):
                raise ValidationError(
                    self.env._("Choose who rates %s.", criterion.name)
                )

    def _filter_kind(self, kind):
        """:return: the criteria that raters of a kind rate"""
        return self.filtered(f"for_{kind}")
