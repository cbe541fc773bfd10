# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models
from odoo.tools import SQL

from odoo.addons.sales_efficiency_base.engine import Watch


class SalesFactSourceStoreCheck(models.AbstractModel):
    _name = "sales.fact.source.store.check"
    _inherit = "sales.fact.source"
    _description = "Sales Facts of Store Checks"
    _code = "store_check"
    _title = "Store Checks"
    _summary = "Store checks, on their day, with what the customer thought of them."
    _sequence = 60
    _document = "sales.store.check"
    _origin = "sales_store_check"
    _watches = [
        Watch(
            table="sales_store_check",
            origin="sales_store_check",
            key="id",
            columns=(
                "date",
                "company_id",
                "user_id",
                "partner_id",
                "kind_id",
                "stars",
            ),
        )
    ]

    def _get_label(self):
        return self.env._("Store Check")

    def _get_events(self):
        return {"checked": self.env._("Checked")}

    def _get_columns(self):
        return {
            "event": SQL("'checked'"),
            "date": SQL("v.date"),
            "company_id": SQL("v.company_id"),
            "currency_id": SQL("c.currency_id"),
            "user_id": SQL("v.user_id"),
            "partner_id": SQL("v.partner_id"),
            "kind_id": SQL("v.kind_id"),
            "amount": SQL("0"),
            "stars": SQL("NULLIF(v.stars, 0)"),
            "res_id": SQL("v.id"),
        }

    def _from(self, ids=None):
        return SQL(
            "sales_store_check v JOIN res_company c ON c.id = v.company_id WHERE %s",
            SQL("TRUE") if ids is None else SQL("v.id = ANY(%s)", ids),
        )
