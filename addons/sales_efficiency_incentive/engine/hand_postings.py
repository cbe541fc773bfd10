# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).


class HandPostings:
    """Finds what was posted by hand to the accounts that follow from the ledger.

    What is accrued for a person is *payable* + *waiting*, and their advances are what
    is *owed*, see :class:`.Accounting`. Whatever else is posted to these accounts
    breaks it, unless it is taken back.

    :param company: ``res.company`` record, as superuser: only their number is told
    """

    def __init__(self, company):
        self.env = company.env
        self._company = company

    def find(self):
        """:return: the journal items of people for whom they do not add up to 0"""
        lines = self.env["account.move.line"]
        accounts = (
            self._company.sales_incentive_accrued_account_id
            | self._company.sales_incentive_advance_account_id
        )
        if not accounts or not self._company.sales_incentive_post:
            return lines
        groups = lines._read_group(
            [
                ("company_id", "=", self._company.id),
                ("account_id", "in", accounts.ids),
                ("parent_state", "=", "posted"),
                ("move_id.is_sales_incentive", "=", False),
            ],
            ["account_id", "partner_id"],
            ["balance:sum", "id:recordset"],
        )
        is_zero = self._company.currency_id.is_zero
        return lines.union(
            *(found for *_key, balance, found in groups if not is_zero(balance))
        )
