# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from functools import cached_property


class Person:
    """The user, whom the sections of *My Development* are about."""

    def __init__(self, env):
        self.env = env
        self.user = env.user
        self.company = env.company
        self.today = self.company._get_sales_today()

    @cached_property
    def job(self):
        """Job of the user in the current company"""
        # sudo: one's own job; people do not read employees.
        return self.user.sudo().employee_id.job_id

    @cached_property
    def is_selling(self):
        """Whether the user is in a sales team, or leads one"""
        # sudo: one's own teams.
        user = self.user.sudo()
        return bool(user.crm_team_ids | user.sales_led_team_ids)

    def describe(self):
        """:return: what the user may choose: nothing"""
        return {"choices": []}
