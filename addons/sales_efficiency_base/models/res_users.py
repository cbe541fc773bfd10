# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models


class ResUsers(models.Model):
    _inherit = "res.users"

    sales_led_team_ids = fields.One2many(
        comodel_name="crm.team",
        inverse_name="user_id",
        string="Teams Led",
        readonly=True,
    )
