# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models

from ..engine import Superiors


class ResUsers(models.Model):
    _inherit = "res.users"

    def _get_appraised_teams(self, measures, company):
        """Return the teams of a company by whose figures a person is appraised.

        :param str measures: see ``FIGURES_OF``
        """
        self.ensure_one()
        if measures == "served":
            return self._get_served_teams(company)
        return self.sales_led_team_ids.filtered(
            lambda team: team.active and team.company_id in (company, company.browse())
        )

    def _get_sales_superiors(self, company):
        """:return: who may judge a person, see ``Superiors``, which asks for many"""
        self.ensure_one()
        [superiors] = Superiors(self, company).find().values()
        return superiors.with_env(self.env)
