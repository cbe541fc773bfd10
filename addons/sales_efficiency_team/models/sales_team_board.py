# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models
from odoo.exceptions import AccessError

from ..engine import team_board

STAFF = "sales_efficiency_base.group_sales_leader,hr.group_hr_user"


class SalesTeamBoard(models.AbstractModel):
    """How the people of a team stand, and what they wait for: for leaders their teams,
    for directors and HR all."""

    _name = "sales.team.board"
    _inherit = "sales.section.mixin"
    _description = "Team Board"

    @api.model
    def _check_may_open(self):
        if not self.env.user.has_groups(STAFF):
            raise AccessError(
                self.env._("The team board is for those who lead a team, and for HR.")
            )
        return super()._check_may_open()

    @api.model
    def _get_page(self, asked):
        return team_board.Board(self.env, asked)

    @api.model
    def _get_sections(self):
        return [
            team_board.KpiMap,
            team_board.Talks,
            team_board.Answers,
            team_board.Improvements,
            team_board.Promotions,
            team_board.Newcomers,
            team_board.Sessions,
            team_board.TrainingPlans,
            team_board.HeadCount,
            team_board.Grades,
            team_board.Judgements,
            team_board.Channels,
        ]
