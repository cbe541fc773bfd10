# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models


class SalesIncentiveRule(models.Model):
    """What a team shares by what it attains together (policy 4.4.3)."""

    _inherit = "sales.incentive.rule"  # pylint: disable=consider-merging-classes-inherited

    pool_basis = fields.Selection(
        selection=[
            ("fixed", "Fixed sums"),
            ("base", "Percent of what the team sells"),
            ("excess", "Percent of what exceeds the target"),
        ],
        string="The Pool Holds",
        required=True,
        default="fixed",
        help="By the attainment of the team for the whole interval, see the table. The"
        " pool is shared out in the month in which its interval ends.",
    )
    pool_split = fields.Selection(
        selection=[
            ("equal", "Equally"),
            ("contribution", "By own sales"),
            ("incentive", "By target incentive"),
            ("hand", "By hand"),
        ],
        string="Shared",
        required=True,
        default="equal",
        help="Among the people of the plan who are members of the team or of teams"
        " below; without a team, among all people of the plan. Each share is multiplied"
        " by the days assigned in the interval. For shares set by hand see Pools Shared"
        " by Hand.",
    )

    @api.model
    def _read_pool_weights(self, company, split, start, end):
        """Hook: say by what a pool is shared, other than what incentives know.

        :param str split: value of ``pool_split``
        :param date start: first day of the interval of the pool
        :param date end: last day
        :return: dict user id → weight, as decimal; others get nothing
        """
        return {}

    def _has_fixed_pool(self):
        return self.kind == "pool" and self.pool_basis == "fixed"

    def _has_pool_of_excess(self):
        return self.kind == "pool" and self.pool_basis == "excess"
