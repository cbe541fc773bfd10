# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.tools import SQL

from odoo.addons.sales_efficiency_base.tools import Period

from ..engine import ExpenseDocuments


class SalesExpenseClosing(models.Model):
    """Sales expenses of a month when accounting closed it, by kind and account.

    What differs today has moved after closing. Only the lock date writes them.
    """

    _name = "sales.expense.closing"
    _description = "Sales Expenses at Closing"
    _order = "month desc, id"
    _rec_name = "month"
    _log_access = False

    company_id = fields.Many2one(
        comodel_name="res.company",
        required=True,
        readonly=True,
        ondelete="cascade",
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    month = fields.Date(required=True, readonly=True)
    expense_kind_id = fields.Many2one(
        comodel_name="sales.expense.kind",
        string="Kind of Expense",
        readonly=True,
        ondelete="restrict",
    )
    account_id = fields.Many2one(
        comodel_name="account.account", readonly=True, ondelete="cascade"
    )
    amount = fields.Monetary(readonly=True)
    closed_at = fields.Datetime(string="Closed On", readonly=True)

    _company_month = models.Index("(company_id, month)")

    @api.model
    def _follow_lock_date(self, company):
        """Keep the sums of the months that a company has closed, or forget those that
        it has opened again. The lock dates of a company hold for its branches."""
        locks = company.parent_ids.mapped("fiscalyear_lock_date")
        locks += company.parent_ids.mapped("hard_lock_date")
        day = max(filter(None, locks), default=None)
        until = day and self._get_last_closed_month(day)
        before = company.sales_expense_closed_until
        if until == before:
            return
        if before and (not until or until < before):
            opened = [("company_id", "=", company.id)]
            if until:
                opened.append(("month", ">", until))
            self.search(opened).unlink()
        else:
            self._keep(company, before, until)
        company.sales_expense_closed_until = until

    @api.model
    def _get_last_closed_month(self, day):
        """Return the first day of the last month that is over on a day."""
        month = Period.month(day)
        if month.end > day:
            month = Period.month(fields.Date.subtract(month.start, days=1))
        return month.start

    @api.model
    def _keep(self, company, after, until):
        """Keep the sums of the months up to one, in one statement.

        :param after: the last month that is kept already
        """
        self.env.flush_all()
        condition = SQL(
            "m.state = 'posted' AND m.company_id = %s AND m.date <= %s AND %s",
            company.id,
            Period.month(until).end,
            SQL("m.date > %s", Period.month(after).end) if after else SQL("TRUE"),
        )
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO sales_expense_closing (
                    company_id, month, expense_kind_id, account_id, amount, closed_at)
                SELECT company_id, date_trunc('month', date::timestamp)::date,
                       expense_kind_id, account_id, SUM(amount),
                       now() AT TIME ZONE 'UTC'
                  FROM (%s) AS item GROUP BY 1, 2, 3, 4
                """,
                ExpenseDocuments(self.env).items(condition),
            )
        )
        self.invalidate_model()
