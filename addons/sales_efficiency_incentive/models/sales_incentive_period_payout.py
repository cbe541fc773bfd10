# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models

from odoo.addons.sales_efficiency_base.tools import open_records

from .sales_incentive_period import DECIDERS, LOCKED


class SalesIncentivePeriod(models.Model):
    """How a month is paid out, and posted to accounting."""

    _inherit = "sales.incentive.period"  # pylint: disable=consider-merging-classes-inherited

    is_accrued = fields.Boolean(
        string="In Accounting",
        readonly=True,
        copy=False,
        help="The month is posted in accounting.",
    )
    accrual_move_id = fields.Many2one(
        comodel_name="account.move",
        string="Accrual",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        groups="account.group_account_user,account.group_account_manager",
    )
    payout_ids = fields.One2many(
        comodel_name="sales.incentive.payout",
        inverse_name="period_id",
        string="Payouts",
        groups=DECIDERS,
    )
    payout_count = fields.Integer(compute="_compute_payout_count", groups=DECIDERS)

    @api.depends("payout_ids")
    def _compute_payout_count(self):
        for period in self:
            period.payout_count = len(period.payout_ids)

    def action_pay(self):
        """Open the payout of the month, a new one if there is none."""
        self.ensure_one()
        payout = self.payout_ids.filtered(lambda payout: payout.state != "reversed")
        if not payout:
            payout = payout.create({"period_id": self.id})
        return payout._get_records_action()

    @api.readonly
    def action_open_payouts(self):
        self.ensure_one()
        return open_records(
            self.env,
            "sales_efficiency_incentive.sales_incentive_payout_action",
            [("period_id", "=", self.id)],
        )

    @api.readonly
    def action_open_accrual(self):
        self.ensure_one()
        return self.accrual_move_id._get_records_action()

    def _get_unposted(self):
        """:return: the locked months until this one that are not in accounting"""
        return self.search(
            [
                ("company_id", "=", self.company_id.id),
                ("month", "<=", self.month),
                ("state", "in", LOCKED),
                ("is_accrued", "=", False),
            ]
        )
