# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from collections import defaultdict
from decimal import Decimal

from odoo.tools import SQL

from .entry import ADJUSTMENT


class AdjustmentReader:
    """Reads manual adjustments, *to date less booked*: what is approved until a month
    less what earlier months have booked.

    So an adjustment is booked once, in the first month that is still open, whoever
    approves, cancels or locks at the same time.

    :param env: environment that may read all of them
    :param date month: first day; all earlier months are computed
    """

    def __init__(self, env, month):
        self.env = env
        self._month = month

    def read_amounts(self, assignments):
        """:return: dict assignment id → dict id of the adjustment → Decimal"""
        amounts = defaultdict(dict)
        condition = SQL("a.assignment_id = ANY(%s)", assignments.ids)
        for assignment_id, id_, amount in self._read(condition):
            amounts[assignment_id][id_] = Decimal(amount)
        return amounts

    def find_assignments(self, company):
        """:return: ids of the assignments that get an adjustment in the month"""
        rows = self._read(SQL("a.company_id = %s", company.id))
        return [assignment_id for assignment_id, _id, _amount in rows]

    def _read(self, condition):
        self.env["sales.incentive.adjustment"].flush_model(
            ["assignment_id", "company_id", "period_id", "amount", "state"]
        )
        return self.env.execute_query(
            SQL(
                """
                SELECT assignment_id, id, (approved - booked)::text
                  FROM (
                    SELECT a.assignment_id, a.id,
                           CASE WHEN a.state = 'approved' AND p.month <= %(month)s
                                THEN a.amount ELSE 0 END AS approved,
                           COALESCE(SUM(e.amount), 0) AS booked
                      FROM sales_incentive_adjustment a
                      JOIN sales_incentive_period p ON p.id = a.period_id
                      LEFT JOIN sales_incentive_entry e ON e.source = %(source)s
                       AND e.res_id = a.id AND e.month < %(month)s
                     WHERE a.state IN ('approved', 'cancelled') AND %(condition)s
                     GROUP BY a.id, p.month
                  ) adjustment
                 WHERE approved <> booked
                 ORDER BY id
                """,
                month=self._month,
                source=ADJUSTMENT,
                condition=condition,
            )
        )
