# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import SUPERUSER_ID, models
from odoo.fields import Domain


class ResUsers(models.Model):
    _inherit = "res.users"

    def _get_price_limit(self, company):
        """Return how far below a floor the user may go without asking: the limit of
        their highest role.

        :return: percent of the floor
        """
        self.ensure_one()
        # sudo: the limits are settings of the company.
        company = company.sudo()
        for role in ("director", "leader", "person"):
            if self._has_group(f"sales_efficiency_base.group_sales_{role}"):
                return company[f"sales_limit_{role}"]
        return 0.0

    def _may_sell_below(self, company, checks):
        """Return whether the user needs no approval by others for some lines.

        :param list checks: ``LineCheck`` of the lines below their floors
        """
        self.ensure_one()
        if self.id == SUPERUSER_ID or not self._is_internal():
            return False  # Nobody decides: a program, or a customer
        limit = self._get_price_limit(company)
        shortfall = max(check.shortfall for check in checks)
        # Shares of a percent that no screen shows are no shortfall.
        return shortfall <= limit + 1e-9

    def _get_open_price_domain(self, path=""):
        """Return the domain of orders that may be seen: customers do not read
        quotations whose prices nobody has approved, not even by call.

        A record rule of everybody calls it for its user.

        :param str path: to the order, with a dot at the end
        """
        if self._is_internal():
            return Domain.TRUE
        return Domain(f"{path}is_price_held", "=", False)
