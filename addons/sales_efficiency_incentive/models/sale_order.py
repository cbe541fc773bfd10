# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import format_date


class SaleOrder(models.Model):
    _inherit = "sale.order"

    @api.readonly
    def action_estimate_incentive(self):
        """Open what the user would earn by a quotation."""
        self._check_can_estimate_incentive()
        return {
            "type": "ir.actions.client",
            "tag": "sales_efficiency_incentive.quotation_estimate",
            "name": self.env._("What Would I Earn?"),
            "target": "new",
            "params": {"order_id": self.id},
        }

    @api.readonly
    def get_incentive_estimate(self):
        """Return what the user, and nobody else, would earn by a quotation.

        It is computed on demand and stored nowhere.
        """
        self._check_can_estimate_incentive()
        estimate = self.env["sales.incentive.earnings"]._estimate_order(self)
        if not estimate:
            return {
                "rules": [],
                "notes": [self.env._("You are in no plan of this company today.")],
            }
        if not estimate["rules"]:
            return estimate | {
                "notes": [
                    self.env._("None of your rules counts this quotation."),
                    *estimate["notes"],
                ]
            }
        return estimate | {
            "notes": [
                self.env._(
                    "As if it were ordered, invoiced and paid in full today, together"
                    " with what you have sold so far."
                ),
                *self._note_currency(),
                *estimate["notes"],
            ]
        }

    def _check_can_estimate_incentive(self):
        self.ensure_one()
        self.check_access("read")
        # Who may not see plans of their own has no earnings.
        self.env["sales.incentive.assignment"].check_access("read")
        if self.state not in ("draft", "sent"):
            raise UserError(
                self.env._(
                    "%s is no quotation any more. My Earnings shows what it earns.",
                    self.display_name,
                )
            )

    def _note_currency(self):
        company_currency = self.company_id.currency_id
        if self.currency_id == company_currency:
            return []
        return [
            self.env._(
                "Converted to %(currency)s at the rate of %(day)s.",
                currency=company_currency.name,
                day=format_date(self.env, self.date_order),
            )
        ]
