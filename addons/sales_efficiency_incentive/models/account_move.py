# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import UserError


class AccountMove(models.Model):
    _inherit = "account.move"

    is_sales_incentive = fields.Boolean(
        string="Posted by Incentives",
        readonly=True,
        copy=False,
        groups="base.group_user",
    )

    def write(self, vals):
        if vals.get("state") in ("draft", "cancel"):
            self._check_no_incentives()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_incentives(self):
        self._check_no_incentives()

    def _check_no_incentives(self):
        """:raise UserError: if accounting would no longer say what was paid"""
        posted = self.filtered(lambda move: move.state == "posted").ids
        # sudo: whoever keeps the books need not see incentives.
        periods = self.env["sales.incentive.period"].sudo()
        lines = self.env["sales.incentive.payout.line"].sudo()
        if period := periods.search([("accrual_move_id", "in", posted)], limit=1):
            raise UserError(
                self.env._(
                    "%s is locked, and this is its accrual. What would be different is"
                    " booked in the open month.",
                    period.display_name,
                )
            )
        domain = ["|", ("move_id", "in", posted), ("reversal_move_id", "in", posted)]
        if line := lines.search(domain, limit=1):
            raise UserError(
                self.env._(
                    "This belongs to the %s. Reverse the payout there instead.",
                    line.payout_id.display_name,
                )
            )
