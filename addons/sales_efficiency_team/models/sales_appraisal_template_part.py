# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models


class SalesAppraisalTemplatePart(models.Model):
    """How much the figures count, and what each kind of raters says."""

    _name = "sales.appraisal.template.part"
    _inherit = ["sales.appraisal.line.mixin", "sales.appraisal.kind.mixin"]
    _description = "Part of an Appraisal Template"

    _kind_uniq = models.UniqueIndex(
        "(template_id, kind)", "A template has each part once."
    )
    _weight_range = models.Constraint(
        "CHECK (CASE WHEN kind = 'self' THEN weight = 0"
        " ELSE weight > 0 AND weight <= 100 END)",
        "A part weighs more than 0 and at most 100 %; the self-appraisal is shown and"
        " never counts: its weight is 0.",
    )
