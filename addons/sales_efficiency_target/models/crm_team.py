# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models


class CrmTeam(models.Model):
    _name = "crm.team"
    _inherit = [
        "crm.team",
        "sales.target.progress.mixin",
        "sales.target.tree.mixin",
    ]
    _sales_target_dimension = "team_id"

    def _get_sales_leaders(self):
        """Return who leads the team and those above it, the nearest first; not who is
        archived."""
        # Who leads a team is no secret within the company.
        team, leaders = self.sudo(), self.env["res.users"].sudo()
        while team:
            leaders |= team.user_id.filtered("active")
            team = team.parent_id
        return leaders.with_env(self.env)
