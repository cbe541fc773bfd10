# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from dataclasses import dataclass
from datetime import timedelta

from odoo import models

DAYS = timedelta(days=6)


@dataclass(frozen=True)
class VisitWeek:
    """What is left of a week of a salesperson in a company.

    :param user: whose week it is
    :param company: the company that customers are visited for
    :param monday: first day of the week
    """

    user: models.Model
    company: models.Model
    monday: object

    @property
    def env(self):
        return self.user.env

    @property
    def today(self):
        """Today, in the company's time zone."""
        return self.company._get_sales_today()

    @property
    def start(self):
        """The first day that is left: Monday, or today."""
        return max(self.monday, self.today)

    @property
    def end(self):
        """Sunday."""
        return self.monday + DAYS

    @property
    def is_over(self):
        return self.end < self.today
