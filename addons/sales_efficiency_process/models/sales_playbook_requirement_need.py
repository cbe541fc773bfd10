# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models

from ..engine.need import GradedNeed, SolutionMade


class SalesPlaybookRequirement(models.Model):
    """A stage may require a graded need, or a solution (policy 3.2.2, 3.2.3)."""

    # pylint: disable-next=consider-merging-classes-inherited
    _inherit = "sales.playbook.requirement"

    @api.model
    def _get_requirement_kinds(self):
        return super()._get_requirement_kinds() | {
            "need": GradedNeed,
            "solution": SolutionMade,
        }
