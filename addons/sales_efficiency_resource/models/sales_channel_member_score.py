# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models


class SalesChannelMember(models.Model):
    _name = "sales.channel.member"
    _inherit = ["sales.channel.member", "sales.scored.mixin"]
    _scored_as = "member_id"
