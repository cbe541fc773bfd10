# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.exceptions import UserError
from odoo.fields import Domain


class MonthOrder:
    """Months follow one another: none gets ahead of those before it.

    :param period: ``sales.incentive.period`` record, in the environment of the user
    """

    def __init__(self, period):
        self.env = period.env
        self._period = period

    @property
    def is_over(self):
        return self._period.date_to < self._period.company_id._get_sales_today()

    def check_is_over(self):
        if not self.is_over:
            raise UserError(
                self.env._(
                    "%s is not over yet. Publish it when all of its sales are known.",
                    self._period.display_name,
                )
            )

    def check_before(self, states):
        """:raise UserError: unless the months before are in one of the states"""
        before = self._find("<", Domain("state", "not in", states))[:1]
        if before:
            labels = dict(before._fields["state"]._description_selection(self.env))
            raise UserError(
                self.env._(
                    "%(month)s is still %(state)s. Months follow one another: finish"
                    " that one first.",
                    month=before.display_name,
                    state=labels[before.state],
                )
            )

    def check_after(self):
        """:raise UserError: if a later month has been published"""
        after = self._find(">", Domain("state", "!=", "open"))[:1]
        if after:
            raise UserError(
                self.env._(
                    "%s builds on this month. Reopen that one first.",
                    after.display_name,
                )
            )

    def find_unlocked(self):
        """:return: the earlier months that are not locked"""
        return self._find("<", Domain("locked_at", "=", False))

    def _find(self, operator, domain):
        period = self._period
        # sudo: whoever asks, the order of months is the same.
        return period.sudo().search(
            Domain("company_id", "=", period.company_id.id)
            & Domain("month", operator, period.month)
            & domain,
            order="month",
        )
