# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from odoo import fields, models

# The last three months
SPAN = timedelta(days=90)


class SalesWasteFinder(models.TransientModel):
    """Where time is lost: causes, the most expensive first (policy 1.3.2)."""

    _name = "sales.waste.finder"
    _inherit = "sales.inquiry.mixin"
    _description = "Waste Finder"
    _rec_name = "company_id"

    date_from = fields.Date(
        default=lambda self: self.env.company._get_sales_today() - SPAN
    )
    date_to = fields.Date(default=lambda self: self.env.company._get_sales_today())

    def _answer(self, period):
        if not (self.date_from and self.date_to):
            return {"problem": self.env._("Choose a period.")}
        found = self.env["sales.waste"]._find_waste(self._get_scope())
        return {
            "currency_id": self.company_id.currency_id.id,
            "question": self._get_question(),
            "causes": [
                {
                    "code": figure.cause.code,
                    "name": figure.cause.name,
                    "description": figure.cause.description,
                    "documents": figure.documents,
                    "days": figure.days,
                    "money": figure.money,
                }
                for figure in found.get_figures(period)
            ],
        }
