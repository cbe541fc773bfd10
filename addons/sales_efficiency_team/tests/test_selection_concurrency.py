# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import SUPERUSER_ID, Command, api
from odoo.service.model import retrying
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.sales_efficiency_base.tests.concurrency_common import (
    ConcurrencyCommon,
)


@tagged("post_install", "-at_install")
class TestSelectionConcurrency(ConcurrencyCommon):
    """Two interviewers hand in their scores at once."""

    # pylint: disable=invalid-commit

    def setUp(self):
        super().setUp()
        self.cr = self._connect()
        self.addCleanup(self.cr.close)
        # No invitation and no notice leaves a test that commits.
        silent = {
            "mail_activity_quick_update": True,
            "mail_notify_force_send": False,
            "no_mail_to_attendees": True,
            "no_reset_password": True,
        }
        self.mine = api.Environment(self.cr, SUPERUSER_ID, silent)
        self.user = self.mine["res.users"].create(
            {"name": "Interviewer", "login": "test_both_interviewer"}
        )
        self.job = self.mine["hr.job"].create(
            {
                "name": "Two at Once",
                "sales_part_ids": [
                    Command.create({"kind": "interview", "weight": 100})
                ],
                "sales_criterion_ids": [
                    Command.create({"name": "Sales ability", "weight": 100})
                ],
            }
        )
        self.applicant = self.mine["hr.applicant"].create(
            {"partner_name": "Ann Lee", "job_id": self.job.id}
        )
        users = self.mine.ref("base.user_admin") + self.user
        interview = self.mine["sales.interview"].create(
            {
                "name": "Both",
                "applicant_id": self.applicant.id,
                "date_start": "2026-10-20 09:00:00",
                "interviewer_ids": users.ids,
            }
        )
        self.cards = interview.scorecard_ids.sorted(lambda card: card.user_id.id)
        self.cards.score_ids.rating = "4"
        self.cr.commit()
        self.addCleanup(self._clean_up)

    def _clean_up(self):
        self.cr.rollback()
        self.mine.invalidate_all()
        self.applicant.unlink()
        self.job.unlink()
        partner = self.user.partner_id
        self.user.unlink()
        partner.unlink()
        self.cr.commit()

    @mute_logger("odoo.sql_db")  # the conflict, after which the second tries again
    def test_both_count_although_the_mean_stays(self):
        first, second = self.cards
        first.with_user(first.user_id).action_submit()
        self.mine.flush_all()

        card_id, user_id = second.id, second.user_id.id

        def submit(env):
            card = env["sales.interview.scorecard"].browse(card_id)
            retrying(card.with_user(user_id).action_submit, env)

        self._run_beside(self.cr, submit)
        self.mine.invalidate_all()
        self.assertRecordValues(
            self.applicant,
            [
                {
                    "sales_scorecard_count": 2,
                    "sales_interview_score": 80.0,
                    "sales_score": 80.0,
                }
            ],
        )
        self.assertEqual(first.interview_id.state, "scored")
