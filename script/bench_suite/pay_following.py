# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""A month of incentives after 100 changed invoices, beside a whole computation."""

from itertools import count

from odoo.tools import SQL

from .clock import interleave, ratio, seconds
from .paid_company import TODAY
from .result import Result

CHANGED_INVOICES = 100
# People whose sales a correction of 100 invoices concerns
CORRECTED = 10


class Following:
    """
    :param company: :class:`.PaidCompany`
    """

    def __init__(self, company):
        self.company = company
        self.env = company.env
        self.cr = company.cr
        self.people = company.people
        self.firsts = count(1)

    def measure(self):
        few, many, complete = interleave(
            lambda: self.by_cron(CORRECTED),
            lambda: self.by_cron(len(self.people)),
            lambda: self.company.by_engine(self.company.assignments),
        )
        yield Result(
            f"after 100 changed invoices of {CORRECTED} people, times a computation",
            0.1,
            *ratio(few, complete),
        )
        yield Result(
            "after 100 changed invoices of all people, times a computation",
            1,
            *ratio(many, complete),
        )

    def by_cron(self, people):
        self.change_invoices(people)

        def follow():
            self.env["sales.incentive.period"]._follow()
            self.cr.commit()

        return seconds(follow)

    def change_invoices(self, people):
        """Change the lines of invoices of the month, and refresh the mart."""
        invoices = self.env.execute_query(
            SQL(
                """
                SELECT id FROM account_move
                 WHERE move_type = 'out_invoice' AND invoice_user_id = ANY(%s)
                   AND invoice_date BETWEEN %s AND %s
                 ORDER BY id
                """,
                self.people[:people].ids,
                self.company.period.month,
                TODAY,
            )
        )
        step = len(invoices) // CHANGED_INVOICES
        ids = [id_ for [id_] in invoices[next(self.firsts) % step :: step]]
        self.cr.execute(
            "UPDATE account_move_line SET balance = balance - 1"
            " WHERE display_type = 'product' AND move_id = ANY(%s)",
            [ids[:CHANGED_INVOICES]],
        )
        self.env["sales.mart"]._refresh()
        self.cr.commit()
        self.env.invalidate_all()
