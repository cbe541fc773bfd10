# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models

from odoo.addons.sales_efficiency_base.demo import enter_demo
from odoo.addons.sales_efficiency_base.demo.demo_company import COMPANY


class SalesMartExportDemo(models.AbstractModel):
    """An export of the demo company, for its director."""

    _name = "sales.mart.export.demo"
    _description = "Demo Data of Exports"

    @api.model
    def _load(self):
        if not self.env.ref(COMPANY, raise_if_not_found=False):
            return  # A database of an earlier version, in whose demo people work
        exports = enter_demo(self).env["sales.mart.export"]
        company = exports.env.company
        if exports.search_count([("company_id", "=", company.id)], limit=1):
            return  # Odoo can load demo data repeatedly
        exports.create({"company_id": company.id}).action_export()
