# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models

from ..engine import Superiors


class ResUsers(models.Model):
    _inherit = "res.users"

    def _get_sales_superiors(self, company):
        """:return: who may judge a person, see ``Superiors``, which asks for many"""
        self.ensure_one()
        [superiors] = Superiors(self, company).find().values()
        return superiors.with_env(self.env)
