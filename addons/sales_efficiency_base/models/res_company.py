# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models

from odoo.addons.base.models.res_partner import _tz_get


class ResCompany(models.Model):
    _inherit = "res.company"

    sales_tz = fields.Selection(
        selection=_tz_get,
        string="Time Zone of Sales Figures",
        required=True,
        default=lambda self: self._default_sales_tz(),
        help="Sales are dated in this time zone, for every user.",
    )

    sales_zero_cost_unknown = fields.Boolean(
        string="Cost of 0 Is Unknown",
        help="A sale with a cost of 0 then has no margin instead of a margin of 100"
        " %. Margin rates exclude it.",
        groups="base.group_user",
    )

    @api.model
    def _default_sales_tz(self):
        """At installation nobody is there but OdooBot: take the administrator's."""
        administrator = self.env.ref("base.user_admin", raise_if_not_found=False)
        return self.env.user.tz or administrator and administrator.tz or "UTC"

    def _get_sales_today(self):
        """:return: the day it is where the company's figures are dated"""
        self.ensure_one()
        return fields.Date.context_today(self.with_context(tz=self.sales_tz))

    def _get_sales_directors(self):
        """:return: the sales directors who work in the company, the first one first"""
        self.ensure_one()
        # Who directs the sales is no secret within the company.
        group = self.env.ref("sales_efficiency_base.group_sales_director").sudo()
        directors = group.all_user_ids.filtered(
            lambda user: user.active and self in user.company_ids
        )
        return directors.sorted("id").with_env(self.env)
