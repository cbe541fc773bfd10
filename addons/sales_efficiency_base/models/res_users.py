# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models


class ResUsers(models.Model):
    _inherit = "res.users"

    sales_led_team_ids = fields.One2many(
        comodel_name="crm.team",
        inverse_name="user_id",
        string="Teams Led",
        readonly=True,
    )

    def _get_sales_today(self):
        """:return: the day it is where the person is, else where the figures of their
        company are dated"""
        self.ensure_one()
        tz = self.tz or self.company_id.sales_tz
        return fields.Date.context_today(self.with_context(tz=tz))

    @api.ondelete(at_uninstall=False)
    def _unlink_except_with_figures(self):
        self.env["sales.fact"]._check_no_figures_of(self, "user_id")
