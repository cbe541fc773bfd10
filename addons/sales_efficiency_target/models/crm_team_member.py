# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from dateutil.relativedelta import relativedelta

from odoo import api, fields, models

# Share of a full target in the first, second and third month, then all of it.
RAMP = (0.0, 0.25, 0.5)


class CrmTeamMember(models.Model):
    """What a personal target considers: ability, experience, market (policy 2.1.3)."""

    _inherit = "crm.team.member"

    sales_ability = fields.Float(
        string="Ability (%)",
        default=100.0,
        tracking=True,
        help="Sales ability compared with the average of the team, which is 100 %.",
    )
    sales_experience = fields.Float(
        string="Experience (%)",
        default=100.0,
        tracking=True,
        help="Experience compared with the average of the team, which is 100 %.",
    )
    sales_potential = fields.Float(
        string="Market Potential (%)",
        default=100.0,
        tracking=True,
        help="Potential of the person's market, compared with the team's average.",
    )
    sales_start_date = fields.Date(
        string="Selling Since",
        help="In the first months from here on a newcomer is asked for 0, 25 and 50 %"
        " of a full target. Leave it empty for who has been here for long.",
    )

    _sales_factors_positive = models.Constraint(
        "CHECK (sales_ability >= 0 AND sales_experience >= 0 AND sales_potential >= 0)",
        "Ability, experience and market potential cannot be negative.",
    )

    def _get_sales_weight(self):
        """Weight of the person in the target of the team, 1 for the average."""
        self.ensure_one()
        factors = (self.sales_ability, self.sales_experience, self.sales_potential)
        weight = 1.0
        for percent in factors:
            weight *= percent / 100
        return weight

    def _get_sales_presence(self, months):
        """Return the share of a full target that each month can ask for.

        :param list months: first days of months
        :return: list of numbers from 0 to 1
        """
        self.ensure_one()
        if not self.sales_start_date:
            return [1.0] * len(months)
        first = self.sales_start_date.replace(day=1)
        return [self._get_ramp(relativedelta(month, first)) for month in months]

    @api.model
    def _get_ramp(self, since_start):
        number = 12 * since_start.years + since_start.months
        if number < 0:
            return 0.0
        return RAMP[number] if number < len(RAMP) else 1.0

    def _get_sales_company(self):
        """Return the company that somebody sells for as a member of the team: a team
        of all companies belongs to that of each member."""
        self.ensure_one()
        return self.crm_team_id.company_id or self.user_id.company_id
