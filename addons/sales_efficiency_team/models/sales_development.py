# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models

from ..engine import development


class SalesDevelopment(models.AbstractModel):
    """Everybody's own page: how they stand, what they learn, what is to be done.

    It shows nothing that the user may not read, and of KPIs only own figures.
    """

    _name = "sales.development"
    _inherit = "sales.section.mixin"
    _description = "My Development"

    @api.model
    def _get_page(self, _asked):
        return development.Person(self.env)

    @api.model
    def _get_sections(self):
        return [
            development.Kpis,
            development.Improvement,
            development.ToDos,
            development.Onboarding,
            development.Career,
            development.Trainings,
            development.CoursesPassed,
            development.Appraisals,
            development.Honours,
        ]
