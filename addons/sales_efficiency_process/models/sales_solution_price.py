# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models
from odoo.exceptions import UserError

from ..engine.price import PriceGate, describe_check


class SalesSolution(models.Model):
    """The document of a solution carries no price round the floors (policy 3.3.1)."""

    _inherit = "sales.solution"  # pylint: disable=consider-merging-classes-inherited

    def _check_presentable(self):
        res = super()._check_presentable()
        self._check_prices()
        return res

    def _check_prices(self):
        """Refuse drafts with prices below their floors, unless they are within the
        limit of the user, or approved for a quotation made of the solution.

        :raise UserError: naming the products
        """
        gate, user = PriceGate(self.env), self.env.user
        for solution in self.filtered(lambda one: one.state == "draft"):
            checks = gate.get_solution_shortfalls(solution)
            if checks and not user._may_sell_below(solution.company_id, checks):
                raise UserError(
                    self.env._(
                        "%(solution)s has prices below the floor:\n%(lines)s\nRaise"
                        " them here. Lower ones are approved on the quotation.",
                        solution=solution.display_name,
                        lines="\n".join(solution._describe_price_checks(checks)),
                    )
                )

    def _describe_price_checks(self, checks):
        """:return: list of texts, one a product below its floor"""
        self.ensure_one()
        products = self.env["product.product"].sudo()  # sudo: only their names
        return [
            describe_check(
                self.env,
                products.browse(check.product_id).display_name,
                check.amount / check.quantity,
                check.floor_amount / check.quantity,
                self.currency_id,
            )
            for check in checks
        ]
