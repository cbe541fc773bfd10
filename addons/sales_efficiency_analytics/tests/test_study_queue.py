# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from ..engine.child_process import ChildProcess
from ..models import sales_study
from .study_common import StudyCommon, run_here

LOGGER = "odoo.addons.sales_efficiency_base.tools.each_alone"


@tagged("post_install", "-at_install")
class TestStudyQueue(StudyCommon):
    """One question that fails, or somebody who has many, keeps nobody waiting."""

    @classmethod
    @freeze_time("2026-10-15 12:00:00")
    def setUpClass(cls):
        super().setUpClass()
        cls.director.email = "director@example.com"
        cls.startClassPatcher(patch.object(ChildProcess, "run", run_here))
        cls.job = cls.env.ref("sales_efficiency_analytics.ir_cron_sales_study")

    def _run(self):
        with self.enter_registry_test_mode():
            self.job.method_direct_trigger()
        self.env.invalidate_all()

    @freeze_time("2026-11-03 12:00:00")
    def test_an_email_that_cannot_be_written_stops_nothing(self):
        studies = self.env["sales.study"]
        for _number in range(2):
            studies |= self._create_study(is_monthly=True)
        template = self.env.ref("sales_efficiency_analytics.sales_study_mail")
        template.arch = '<t t-name="broken"><t t-out="1 / 0" /></t>'
        with self.assertLogs(LOGGER, "ERROR") as logs:
            self._run()
        self.assertEqual(len(logs.output), 2)
        self.assertEqual(studies.mapped("state"), ["done", "done"])

    @freeze_time("2026-10-15 12:00:00")
    def test_an_answer_that_cannot_be_kept_is_left_for_the_next_ones(self):
        failing, study = self._create_study(), self._create_study()
        (failing | study).action_answer()
        results = type(self.env["sales.study.result"])
        finish = results._finish

        def fail(result):
            if result.study_id == failing:
                raise KeyError("metric")
            finish(result)

        with (
            patch.object(results, "_finish", fail),
            mute_logger(LOGGER),
        ):
            self._run()
        self.assertEqual((failing.state, study.state), ("running", "done"))
        self._run()
        self.assertEqual(failing.state, "done")

    @freeze_time("2026-10-15 12:00:00")
    def test_owners_take_turns(self):
        studies = self.env["sales.study"]
        for user in (self.director, self.director, self.leader, self.salesperson):
            studies |= self._create_study(user)
        for study in studies:
            study.action_answer()
        answered = []
        results = type(self.env["sales.study.result"])

        def note(result):
            answered.append(result.study_id.id)
            return False

        with patch.object(results, "_start", note):
            self._run()
        self.assertEqual(answered, [studies[place].id for place in (0, 2, 3, 1)])

    @freeze_time("2026-10-15 12:00:00")
    def test_nobody_has_many_questions_waiting(self):
        studies = self.env["sales.study"].with_user(self.salesperson)
        for _number in range(3):
            studies |= self._create_study(self.salesperson)
        with patch.object(sales_study, "MOST_WAITING", 2):
            studies[:2].action_answer()
            with self.assertRaisesRegex(UserError, "2 questions of"):
                studies[2].action_answer()
            # What is due is asked, and others are not kept from asking.
            studies[2]._ask(is_subscribed=True)
            self._create_study().action_answer()

    @freeze_time("2026-11-03 12:00:00")
    def test_nothing_is_asked_for_who_has_left(self):
        study = self._create_study(self.salesperson, is_monthly=True).sudo()
        self.salesperson.active = False
        self._run()
        self.assertFalse(study.is_monthly)
        self.assertFalse(study.result_ids)
