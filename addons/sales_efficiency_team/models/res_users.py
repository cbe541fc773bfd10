# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models


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

    def _get_sales_superiors(self, company, directors=None):
        """Return who may judge a person, the nearest first (policy 4.3.2): leaders of
        their teams (else of those that they serve) and of those above, managers of
        their employee, then directors.

        Nobody judges themselves: whoever leads their own team is judged by the leader
        above.

        :param company: where the person is judged; superiors work there
        :param directors: those of the company, if a caller asks for many people
        :return: active users
        """
        self.ensure_one()
        # sudo: who leads and manages whom is public within the company.
        person = self.sudo().with_company(company)
        members = person.crm_team_member_ids.filtered("active")
        teams = members.crm_team_id.filtered(
            lambda team: team.company_id in (company, company.browse())
        )
        teams = teams or person._get_served_teams(company)
        superiors = teams._get_sales_leaders() if teams else self.browse().sudo()
        managers = manager = person.employee_id.parent_id
        while manager := manager.parent_id - managers:
            managers |= manager
        if directors is None:
            directors = company._get_sales_directors()
        superiors |= managers.user_id | directors
        others = superiors.filtered(
            lambda user: user != person and user._works_in(company)
        )
        return others.with_env(self.env)
