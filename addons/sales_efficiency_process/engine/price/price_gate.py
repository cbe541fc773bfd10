# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from collections import defaultdict

from odoo.fields import Domain
from odoo.tools import SQL

from .coverage import is_covered
from .floor_check import FloorCheck
from .line_values import OrderReader, OrderSelect
from .solution_reader import SolutionReader


class PriceGate:
    """Tells which orders have lines below their floors that nobody has approved.

    An order without such lines costs no query: the floors are kept in memory, and its
    lines have been read anyway.
    """

    def __init__(self, env):
        self.env = env

    def check(self, order):
        """:return: list of the checks of all lines of an order that sell something;
        empty if its company has no floors"""
        index = self._get_index(order.company_id)
        if index is None:
            return []
        values = OrderReader(self.env, index).get_values(order)
        return list(FloorCheck(index).check(*values))

    def get_shortfalls(self, orders):
        """:return: dict order -> list of the checks of its lines that need approval,
        without the orders that have none"""
        below = {}
        for company, group in orders.grouped("company_id").items():
            index = self._get_index(company)
            if index is None:
                continue
            checker, reader = FloorCheck(index), OrderReader(self.env, index)
            for order in group:
                values, lines = reader.get_values(order)
                if checks := checker.find_below(values, lines):
                    below[order] = values, checks
        return self._leave_out_approved(below)

    def get_solution_shortfalls(self, solution):
        """:return: list of the checks of the products of a solution that need approval,
        without what has been approved for one of its quotations"""
        index = self._get_index(solution.company_id)
        if index is None:
            return []
        values, lines = SolutionReader(index).get_values(solution)
        checks = FloorCheck(index).find_below(values, lines)
        if not checks:
            return []
        # sudo: see ``_get_approved``
        orders = solution.sudo().order_ids
        approved = self._get_approved(orders.ids)
        requests = [
            request
            for order_id in orders.ids
            for request in approved[order_id, values.currency_id]
        ]
        return self._get_uncovered(checks, requests, values.rounding)

    def find_held(self, companies, condition=None):
        """Find the open and cancelled quotations of companies with lines that need
        approval.

        The number of queries does not depend on that of quotations.

        :param SQL condition: restricts orders ``o``
        :return: list of ids
        """
        below = {}
        for company in companies:
            index = self._get_index(company)
            if index is None:
                continue
            checker, select = FloorCheck(index), OrderSelect(self.env, index)
            for found in select.iterate(company, condition or SQL("TRUE")):
                values, lines = select.complete(company, *found)
                if checks := checker.find_below(values, lines):
                    below[values.order_id] = values, checks
        return list(self._leave_out_approved(below))

    def _leave_out_approved(self, below):
        """Leave out the orders whose lines a single request covers.

        :param dict below: order or its id -> ``OrderValues``, checks of lines
        :return: dict of the same keys -> checks that are left, if there are any
        """
        approved = self._get_approved(
            [values.order_id for values, _checks in below.values() if values.order_id]
        )
        left = {}
        for key, (values, checks) in below.items():
            requests = approved[values.order_id, values.currency_id]
            if checks := self._get_uncovered(checks, requests, values.rounding):
                left[key] = checks
        return left

    def _get_index(self, company):
        return self.env["sales.price.floor"]._get_index(company.id)

    def _get_approved(self, order_ids):
        """Return what has been approved for orders.

        :return: dict of id of the order and id of its currency -> list, for each
            request, of dict id of a product -> list of (quantity, amount, amount at
            the floor)
        """
        approved = defaultdict(list)
        if not order_ids:
            return approved
        # sudo: whether a price is approved does not depend on who asks.
        requests = self.env["sales.price.request"].sudo()
        domain = Domain("order_id", "in", order_ids) & Domain("state", "=", "approved")
        for request in requests.search(domain, order="id"):
            lines = defaultdict(list)
            for line in request.line_ids:
                lines[line.product_id.id].append(
                    (line.quantity, line.amount, line.floor_amount)
                )
            key = request.order_id.id, request.order_currency_id.id
            approved[key].append(lines)
        return approved

    @classmethod
    def _get_uncovered(cls, checks, requests, rounding):
        """A single request has to cover all of them: one price was approved beside the
        others as they were.

        :param list requests: see ``_get_approved``, the newest last
        :return: the checks that no request covers together, without those that the
            newest covers
        """
        left = checks
        for lines in requests:
            left = cls._leave_out_covered(checks, lines, rounding)
            if not left:
                break
        return left

    @staticmethod
    def _leave_out_covered(checks, lines, rounding):
        products = defaultdict(list)
        for check in checks:
            products[check.product_id].append(check)
        return [
            check
            for product_id, own in products.items()
            if not is_covered(
                [(check.quantity, check.amount) for check in own],
                lines.get(product_id),
                rounding,
            )
            for check in own
        ]
