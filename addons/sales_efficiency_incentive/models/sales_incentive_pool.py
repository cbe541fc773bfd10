# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from collections import defaultdict
from decimal import Decimal
from typing import NamedTuple

from odoo import api, fields, models
from odoo.tools import SQL

from odoo.addons.sales_efficiency_base.tools import to_array

from ..engine import Member

#: Columns of what is computed, with their types
COLUMNS = {
    "origin": "date",
    "interval_start": "date",
    "version_id": "int4",
    "rule_id": "int4",
    "root_id": "int4",
    "assignment_id": "int4",
    "days": "int4",
    "weight": "numeric",
    "target": "numeric",
    "actual": "numeric",
    "pool_amount": "numeric",
    "amount": "numeric",
}
NUMBERS = {name for name, type_ in COLUMNS.items() if type_ == "numeric"}


class Share(NamedTuple):
    """How somebody has shared a pool"""

    member: Member
    version_id: int
    amount: Decimal


class SalesIncentivePool(models.Model):
    """How the pool of a team was shared out: one share of it (policy 4.4.3).

    Only the computation writes it. From the lock of the month it stays: a later
    correction is shared among the same people, for the same days.
    """

    _name = "sales.incentive.pool"
    _inherit = "sales.mart.table"
    _auto = False
    _log_access = False
    _description = "Share of a Team Pool"
    _order = "month desc, origin desc, root_id, assignment_id, id"
    _rec_name = "rule_id"

    company_id = fields.Many2one(comodel_name="res.company")
    currency_id = fields.Many2one(related="company_id.currency_id")
    period_id = fields.Many2one(comodel_name="sales.incentive.period", string="Month")
    state = fields.Selection(
        selection=[("provisional", "Provisional"), ("locked", "Locked")]
    )
    month = fields.Date(string="Booked In", help="First day of the month.")
    origin = fields.Date(
        string="Last Month of the Interval", help="First day of the month."
    )
    interval_start = fields.Date()
    plan_id = fields.Many2one(comodel_name="sales.incentive.plan")
    version_id = fields.Many2one(comodel_name="sales.incentive.version")
    rule_id = fields.Many2one(comodel_name="sales.incentive.rule", string="Pool")
    root_id = fields.Integer(string="First Rule", aggregator=None)
    assignment_id = fields.Many2one(comodel_name="sales.incentive.assignment")
    user_id = fields.Many2one(comodel_name="res.users", string="Person")
    days = fields.Integer(
        aggregator=None, help="Days of the assignment within the interval."
    )
    weight = fields.Float(
        digits=0,
        aggregator=None,
        help="Basis of the share, times the days: 1 for equal shares, own sales,"
        " target incentive, or percent set by hand.",
    )
    target = fields.Float(digits=0, aggregator=None, help="Of the team.")
    actual = fields.Float(digits=0, aggregator=None, help="Of the team.")
    pool_amount = fields.Monetary(
        string="In the Pool", aggregator=None, help="Total that all share."
    )
    amount = fields.Monetary(string="Share")

    _key = models.UniqueIndex(
        "(period_id, root_id, origin, assignment_id)",
        "Each person has one share of a pool.",
    )
    _company_origin = models.Index("(company_id, origin)")

    # ------------------------------------------------------------------
    # Reading and writing
    # ------------------------------------------------------------------

    @api.model
    def _read_shares(self, period, since):
        """Return the latest shares of the pools of some months.

        :param period: only what is booked before it
        :param date since: first of the months
        :return: dict (root, last month of the interval) → list of :class:`Share`, by
            assignment id
        """
        shares = defaultdict(list)
        for (
            root_id,
            origin,
            id_,
            weight,
            days,
            version_id,
            amount,
        ) in self.env.execute_query(
            SQL(
                """
                    SELECT DISTINCT ON (root_id, origin, assignment_id) root_id, origin,
                           assignment_id, weight::text, days, version_id, amount::text
                      FROM sales_incentive_pool
                     WHERE company_id = %(company)s AND month < %(month)s
                       AND origin >= %(since)s
                     ORDER BY root_id, origin, assignment_id, month DESC
                    """,
                company=period.company_id.id,
                month=period.month,
                since=since,
            )
        ):
            member = Member(id_, Decimal(weight), days)
            shares[root_id, origin].append(Share(member, version_id, Decimal(amount)))
        return shares

    @api.model
    def _replace(self, period, rows):
        """Replace the shares of a month, if they have changed.

        :param rows: tuples of the values of ``COLUMNS``
        :return: the ids of the assignments whose shares have changed
        """
        changed = set(rows) ^ self._read_rows(period)
        if not changed:
            return set()
        self.env.cr.execute(
            SQL("DELETE FROM sales_incentive_pool WHERE period_id = %s", period.id)
        )
        if rows:
            self._insert(period, rows)
        self.invalidate_model()
        position = list(COLUMNS).index("assignment_id")
        return {row[position] for row in changed}

    def _read_rows(self, period):
        """:return: the shares that are kept of a month, as rows"""
        columns = (
            SQL("%s::text" if name in NUMBERS else "%s", SQL.identifier(name))
            for name in COLUMNS
        )
        return {
            tuple(
                Decimal(value) if name in NUMBERS and value is not None else value
                for name, value in zip(COLUMNS, row, strict=True)
            )
            for row in self.env.execute_query(
                SQL(
                    "SELECT %s FROM sales_incentive_pool WHERE period_id = %s",
                    SQL(", ").join(columns),
                    period.id,
                )
            )
        }

    def _insert(self, period, rows):
        names = SQL(", ").join(map(SQL.identifier, COLUMNS))
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO sales_incentive_pool
                       (company_id, period_id, state, month, plan_id, user_id,
                        %(names)s)
                SELECT %(company)s, %(period)s, 'provisional', %(month)s, a.plan_id,
                       a.user_id, %(columns)s
                  FROM unnest(%(arrays)s) AS share (%(names)s)
                  JOIN sales_incentive_assignment a ON a.id = share.assignment_id
                """,
                names=names,
                columns=SQL(", ").join(SQL.identifier("share", n) for n in COLUMNS),
                company=period.company_id.id,
                period=period.id,
                month=period.month,
                arrays=SQL(", ").join(
                    SQL("%s::%s[]", to_array(values), SQL(type_))
                    for type_, values in zip(
                        COLUMNS.values(), zip(*rows, strict=True), strict=True
                    )
                ),
            )
        )
