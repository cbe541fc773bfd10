# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models

from odoo.addons.base.models.res_partner import _tz_get


class ResCompany(models.Model):
    _inherit = "res.company"

    sales_tz = fields.Selection(
        selection=_tz_get,
        string="Time Zone of Sales Figures",
        required=True,
        default=lambda self: self.env.user.tz or "UTC",
        help="The day and month of a sale are those of this time zone, whoever looks "
        "at the figures.",
    )
