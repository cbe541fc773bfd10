# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models
from odoo.fields import Domain


class SalesTargetCascade(models.TransientModel):
    _inherit = "sales.target.cascade"

    def _get_candidates_of_channel_member_id(self):
        """Return the active members in the channel and with the salesperson of the
        target."""
        target = self.target_id
        domain = Domain("company_id", "=", target.company_id.id)
        domain &= Domain("state", "=", "active")
        if target.channel_id:
            domain &= Domain("channel_id", "child_of", target.channel_id.id)
        if target.user_id:
            domain &= Domain("user_id", "=", target.user_id.id)
        return self.env["sales.channel.member"].search(domain, order="channel_id, id")
