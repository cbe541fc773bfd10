# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import HttpCase, freeze_time, tagged

from .award_common import TODAY, AwardCommon

ACTION = "/odoo/action-sales_efficiency_team.sales_incentive_award_action"


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestUiAward(AwardCommon, HttpCase):
    """An award by wages in the browser: HR prepares it, finance approves it, the person
    reads it, and the director does not."""

    def test_an_award_by_wages(self):
        award = self._create_award()
        self.start_tour(
            f"{ACTION}/{award.id}", "sales_award_prepare", login="test_hr_manager"
        )
        self.assertEqual(award.state, "submitted")
        self.env.invalidate_all()
        self.start_tour(
            f"{ACTION}/{award.id}", "sales_award_look", login="test_director"
        )
        award.with_user(self.director)._validate_tier()
        self.env.flush_all()
        self.start_tour(
            f"{ACTION}/{award.id}", "sales_award_approve", login="test_finance"
        )
        self.env.invalidate_all()
        self.assertEqual(award.state, "approved")
        self._compute()
        statement = self.env["sales.incentive.statement"].search(
            [("user_id", "=", self.first.id), ("period_id", "=", self._period(1).id)]
        )
        self.start_tour(
            f"/odoo/sales.incentive.statement/{statement.id}",
            "sales_award_read",
            login="test_awarded_1",
        )
