# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models

from ..engine.visit import NextStepOrVisit, VisitHeld


class SalesPlaybookRequirement(models.Model):
    """A stage may require a visit (policy 3.1.3)."""

    # pylint: disable-next=consider-merging-classes-inherited
    _inherit = "sales.playbook.requirement"

    @api.model
    def _get_requirement_kinds(self):
        return super()._get_requirement_kinds() | {
            "next_step": NextStepOrVisit,
            "visit": VisitHeld,
        }
