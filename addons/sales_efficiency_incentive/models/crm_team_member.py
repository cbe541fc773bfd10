# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models

# What decides who is in which team
PLACES = {"active", "crm_team_id", "user_id"}


class CrmTeamMember(models.Model):
    """Who is in a team shares its pools."""

    _inherit = "crm.team.member"

    @api.model_create_multi
    def create(self, vals_list):
        members = super().create(vals_list)
        members._note_incentive_pools()
        return members

    def write(self, vals):
        res = super().write(vals)
        if PLACES & vals.keys():
            self._note_incentive_pools()
        return res

    def unlink(self):
        res = super().unlink()
        self._note_incentive_pools()
        return res

    @api.model
    def _note_incentive_pools(self):
        """Have the pools of all teams computed again."""
        # sudo: whoever changes a team need not see who is paid by it.
        pools = (
            self.env["sales.incentive.rule"]
            .sudo()
            .search([("kind", "=", "pool"), ("version_id.state", "=", "approved")])
        )
        plans = pools.version_id.plan_id
        # sudo: as above
        self.env["sales.incentive.change"].sudo()._note_plans(plans)
