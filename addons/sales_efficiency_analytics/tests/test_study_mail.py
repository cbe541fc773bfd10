# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from unittest.mock import patch

from odoo.tests import freeze_time, tagged

from ..engine.presentations import StudyWorkbook
from .study_common import StudyCommon


@tagged("post_install", "-at_install")
class TestStudyMail(StudyCommon):
    """Questions that are asked every month."""

    @classmethod
    @freeze_time("2026-10-15 12:00:00")
    def setUpClass(cls):
        super().setUpClass()
        cls.director.email = "director@example.com"

    def _run(self):
        """:return: e-mails that the job writes"""
        before = self.env["mail.mail"].search([])
        with self.enter_registry_test_mode():
            self.env.ref(
                "sales_efficiency_analytics.ir_cron_sales_study"
            ).method_direct_trigger()
        self.env.invalidate_all()
        return self.env["mail.mail"].search([]) - before

    def test_it_is_asked_once_a_month_and_sent_to_its_owner(self):
        study = self._create_study(is_monthly=True, sharing="company")
        with freeze_time("2026-11-02 12:00:00"):
            self.assertFalse(self._run())
        with freeze_time("2026-11-03 12:00:00"):
            mail = self._run()
            self.assertFalse(self._run(), "asked twice")
        self.assertEqual(study.state, "done", study.error)
        self.assertEqual(mail.recipient_ids, self.director.partner_id)
        self.assertIn("adds up to", mail.body_html)
        self.assertIn(f"/odoo/sales-studies/{study.id}", mail.body_html)
        self.assertTrue(study.latest_id.is_subscribed)
        with freeze_time("2026-12-05 12:00:00"):
            self.assertTrue(self._run())
        self.assertEqual(study.result_count, 2)

    def test_a_question_that_fails_does_not_stop_the_others(self):
        with freeze_time("2026-10-15 12:00:00"):
            failing = self._create_study(
                is_monthly=True,
                period_kind="fixed",
                date_from="2020-01-01",
                date_to="2020-02-01",
            )
            study = self._create_study(is_monthly=True)
        with freeze_time("2026-11-03 12:00:00"):
            mails = self._run()
        self.assertEqual((failing.state, study.state), ("failed", "done"))
        self.assertEqual(len(mails), 2)

    def test_the_answer_is_attached_as_pdf_where_it_can_be_printed(self):
        study = self._create_study(is_monthly=True)
        reports = type(self.env["ir.actions.report"])
        with (
            freeze_time("2026-11-03 12:00:00"),
            patch.object(
                reports, "_render_qweb_pdf", lambda *_args, **_kwargs: (b"%PDF", "pdf")
            ),
        ):
            mail = self._run()
        self.assertEqual(mail.attachment_ids.mapped("name"), [f"{study.name}.pdf"])
        self.assertEqual(mail.attachment_ids.res_id, study.latest_id.id)


@tagged("post_install", "-at_install")
class TestStudyDocuments(StudyCommon):
    """Answers on paper and in workbooks."""

    @classmethod
    @freeze_time("2026-10-15 12:00:00")
    def setUpClass(cls):
        super().setUpClass()

    @freeze_time("2026-10-15 12:00:00")
    def test_a_document_of_each_method(self):
        for method, values in {
            "descriptive": {},
            "correlation": {"metric_ids": self.margin_rate.ids},
            "regression": {"metric_ids": self.margin_rate.ids},
            "cluster": {"metric_ids": self.margin_rate.ids},
            "trend": {"month_count": 33},
            "forecast": {"month_count": 33},
        }.items():
            study = self._create_study(method=method, name="=1+1", **values)
            answer = self._answer(study)
            report = self.env["ir.actions.report"].with_user(self.director)
            html, _type = report._render_qweb_html(
                "sales_efficiency_analytics.sales_study_report", answer.ids
            )
            with self.subTest(method):
                self.assertEqual(answer.state, "done", answer.headline)
                self.assertIn(b"<svg", html)
                self.assertIn(answer.fingerprint.encode(), html)
                self.assertTrue(answer.charts)
                self.assertEqual(StudyWorkbook(answer).get_content()[:2], b"PK")

    @freeze_time("2026-10-15 12:00:00")
    def test_answers_are_in_the_language_of_the_reader(self):
        self.env["res.lang"]._activate_lang("zh_TW")
        study = self._create_study(method="trend", month_count=24)
        self._answer(study)
        labels = study.with_context(lang="zh_TW").charts[0]["labels"]
        self.assertIn("2025年1月", labels)
        self.assertIn("Jan 2025", study.with_context(lang="en_US").charts[0]["labels"])
