# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.tools import SQL

from odoo.addons.sales_efficiency_base.tools import open_records


class SalesIncentiveBalance(models.Model):
    """What each month has moved of the balances of an assignment.

    Their sum over the months until a day is what the balances were on that day.
    """

    _name = "sales.incentive.balance"
    _description = "Incentive Balance"
    _auto = False
    _rec_name = "payee"
    _order = "payee, assignment_id, month desc"

    company_id = fields.Many2one(comodel_name="res.company", readonly=True)
    currency_id = fields.Many2one(comodel_name="res.currency", readonly=True)
    plan_id = fields.Many2one(comodel_name="sales.incentive.plan", readonly=True)
    assignment_id = fields.Many2one(
        comodel_name="sales.incentive.assignment", readonly=True
    )
    user_id = fields.Many2one(comodel_name="res.users", string="Person", readonly=True)
    payee = fields.Char(string="Paid To", readonly=True)
    month = fields.Date(readonly=True)
    period_id = fields.Many2one(
        comodel_name="sales.incentive.period", string="Incentive Month", readonly=True
    )
    state = fields.Selection(
        selection=[("provisional", "Provisional"), ("locked", "Locked")], readonly=True
    )
    earned = fields.Monetary(
        readonly=True, help="All that was earned, paid or not, less what was forfeited."
    )
    paid = fields.Monetary(string="Paid so Far", readonly=True)
    payable = fields.Monetary(readonly=True, help="Paid out next.")
    waiting = fields.Monetary(
        readonly=True, help="Until the customer pays, or the holdback ends."
    )
    capped = fields.Monetary(
        readonly=True, help="Above a cap, and carried on to later months."
    )
    owed = fields.Monetary(
        readonly=True,
        help="Draws that are not repaid, and negative months; below 0.",
    )
    owes = fields.Boolean(readonly=True, help="Still owes something in all.")

    _depends = {
        "sales.incentive.entry": [
            "amount",
            "assignment_id",
            "balance",
            "kind",
            "month",
            "state",
        ],
    }

    @property
    def _table_query(self):
        return SQL(
            """
            SELECT MIN(id) AS id, company_id, currency_id, plan_id, assignment_id,
                   user_id, MAX(payee) AS payee, month, period_id, state,
                   %(sums)s,
                   SUM(SUM(amount) FILTER (WHERE balance = 'owed'))
                       OVER (PARTITION BY assignment_id) < 0 AS owes
              FROM sales_incentive_entry
             GROUP BY company_id, currency_id, plan_id, assignment_id, user_id, month,
                      period_id, state
            """,
            sums=SQL(", ").join(
                SQL(
                    "COALESCE(SUM(%s) FILTER (WHERE %s), 0) AS %s",
                    amount,
                    condition,
                    SQL.identifier(name),
                )
                for name, amount, condition in (
                    ("earned", SQL("amount"), SQL("kind <> 'payout'")),
                    ("paid", SQL("-amount"), SQL("kind = 'payout'")),
                    *(
                        (name, SQL("amount"), SQL("balance = %s", name))
                        for name in ("payable", "waiting", "capped", "owed")
                    ),
                )
            ),
        )

    @api.readonly
    def action_open_entries(self):
        """Open the entries of a row."""
        self.ensure_one()
        return open_records(
            self.env,
            "sales_efficiency_incentive.sales_incentive_entry_action",
            [
                ("assignment_id", "=", self.assignment_id.id),
                ("period_id", "=", self.period_id.id),
            ],
        )
