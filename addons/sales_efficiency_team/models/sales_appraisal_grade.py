# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models

from ..engine import Band


class SalesAppraisalGrade(models.Model):
    """A grade: its band of scores, and how many people may get it (policy 4.3.2).

    Grades without company are for all companies that have none of their own.
    """

    _name = "sales.appraisal.grade"
    _inherit = "sales.guard.mixin"
    _description = "Appraisal Grade"
    _order = "lowest desc, id"

    name = fields.Char(required=True)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        comodel_name="res.company",
        index=True,
        default=lambda self: self.env.company,
        help="Grades without company are for companies that have none of their own.",
    )
    lowest = fields.Float(
        string="From Score",
        digits=(6, 2),
        aggregator=None,
        help="The lowest grade takes everybody below.",
    )
    has_share = fields.Boolean(string="Limited")
    share = fields.Float(
        string="At Most (%)",
        digits=(5, 2),
        aggregator=None,
        help="Share of the people of a cycle, rounded down. Equals beyond it get the"
        " next grade.",
    )
    description = fields.Char(translate=True)
    is_excellent = fields.Boolean(
        string="Excellent", help="Whoever gets it is nominated for honours."
    )
    needs_plan = fields.Boolean(
        string="Below the Standard",
        help="Whoever gets it is proposed an improvement plan.",
    )

    _lowest_uniq = models.UniqueIndex(
        "(COALESCE(company_id, 0), lowest) WHERE active",
        "Two grades cannot begin with the same score.",
    )
    _lowest_positive = models.Constraint(
        "CHECK (lowest >= 0)", "A grade begins with a score of at least 0."
    )
    _share_range = models.Constraint(
        "CHECK (share >= 0 AND share <= 100)",
        "The share of a grade is between 0 and 100 %.",
    )

    @api.model
    def _find_grades(self, company):
        """:return: the grades of a company, the best first"""
        own = self.search([("company_id", "=", company.id)])
        return own or self.search([("company_id", "=", False)])

    def _get_bands(self):
        return [
            Band(grade, grade.lowest, grade.share if grade.has_share else None)
            for grade in self.sorted("lowest", reverse=True)
        ]
