# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from lxml import html

from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged

from .feedback_common import SalesFeedbackCommon

APPRAISAL = "sales_efficiency_team.sales_appraisal_document"
PLAN = "sales_efficiency_team.sales_improvement_plan_document"


@tagged("post_install", "-at_install")
@freeze_time("2026-10-15 12:00:00")
class TestSalesFeedbackReport(SalesFeedbackCommon):
    """The appraisal and the improvement plan on paper."""

    def _print(self, report, record, user):
        self.env.invalidate_all()
        reports = self.env["ir.actions.report"].with_user(user)
        content, _type = reports._render_qweb_html(report, record.ids)
        return " ".join(html.fromstring(content).text_content().split())

    def test_the_appraisal_names_figures_talk_and_reply(self):
        self.talk.with_user(self.leader).write(
            {"strengths": "New customers", "improvements": "Larger orders"}
        )
        mine = self._tell()
        self.talk.with_user(self.salesperson).person_note = "More leads, please"
        mine.action_acknowledge()
        text = self._print(APPRAISAL, self.appraisal, self.salesperson)
        for part in (
            "80.00",
            "1,000",
            "800",
            "New customers",
            "Larger orders",
            "More leads, please",
            "Agreed",
            self.salesperson.name,
            self.leader.name,
        ):
            with self.subTest(part):
                self.assertIn(part, text)

    def test_it_names_no_rater(self):
        self._create_template("Rated", parts={"kpi": 60, "peer": 40}, rhythm="quarter")
        cycle = self._create_cycle("2026-04-01")
        cycle.action_start_rating()
        rating = self.env["sales.appraisal.rating"].search(
            [
                ("appraisal_id.cycle_id", "=", cycle.id),
                ("person_id", "=", self.salesperson.id),
                ("user_id", "=", self.colleague.id),
            ]
        )
        mine = rating.with_user(self.colleague)
        mine.line_ids.mark = "3"
        mine.note = "Never answers me"
        mine.action_give()
        cycle.action_calibrate()
        cycle.action_tell()
        appraisal = self._get_appraisal(cycle)
        self._tell(appraisal)
        text = self._print(APPRAISAL, appraisal, self.salesperson)
        self.assertNotIn(self.colleague.name, text)
        self.assertNotIn("Never answers me", text)

    def test_nobody_prints_what_they_may_not_read(self):
        for user in (self.salesperson, self.colleague):
            with self.subTest(user.login), self.assertRaises(AccessError):
                self._print(APPRAISAL, self.appraisal, user)
        plan = self._propose()
        with self.assertRaises(AccessError):
            self._print(PLAN, plan, self.colleague)

    def test_the_plan_names_goals_courses_and_steps(self):
        self.env["sales.training.course"].create(
            {"name": "Closing", "metric_id": self.ordered.id}
        )
        plan = self._begin(note="We call together")
        for user in (self.colleague, self.hr_user, self.leader):
            text = self._print(PLAN, plan, user)
            for part in ("Closing", "We call together", "1,000", self.leader.name):
                with self.subTest(part, user=user.login):
                    self.assertIn(part, text)
        self.assertIn("Take part in the course Closing", text)

    def test_both_are_in_the_language_of_the_person(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.colleague.lang = "fr_FR"
        plan = self._begin()
        for record in (plan, self.low):
            self.assertEqual(record._get_report_language(), "fr_FR")
        report = self.env["ir.actions.report"].with_user(self.leader)
        content, _type = report._render_qweb_html(PLAN, plan.ids)
        self.assertIn(b'data-oe-lang="fr_FR"', content)
