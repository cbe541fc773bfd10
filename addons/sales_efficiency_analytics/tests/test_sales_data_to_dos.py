# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from freezegun import freeze_time

from odoo.tests import tagged

from odoo.addons.sales_efficiency_base.engine import AlertDigest
from odoo.addons.sales_efficiency_base.engine.cockpit import Choice

from ..engine import DataDigest, DataIssuesPanel
from .quality_common import QualityCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-10-15 12:00:00")
class TestSalesDataToDos(QualityCommon):
    """How those who correct learn of issues: to-dos, digest, log and cockpit."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rule = cls._create_rule()
        cls.found = cls._check()

    def test_each_owner_has_one_to_do_for_each_rule(self):
        self.customer_south.user_id = self.salesperson
        self._check()
        to_do = self._get_to_dos(self.salesperson)
        self.assertEqual(to_do.mapped("summary"), ["Test Rule: 2"])
        self._check()
        self.assertEqual(self._get_to_dos(self.salesperson), to_do)
        self.assertFalse(self._get_to_dos(self.outsider))
        self.customers.phone = "+886 2 2469 4407"
        self._check()
        self.assertFalse(self._get_to_dos())

    def test_a_to_do_comes_back_with_further_issues_only(self):
        self._get_to_dos(self.salesperson).with_user(self.salesperson).action_feedback()
        self._check()
        self.assertFalse(self._get_to_dos(self.salesperson))
        self.customer_south.user_id = self.salesperson
        self._of(self.customer_south).unlink()
        with freeze_time("2026-10-17 12:00:00"):
            self._check()
        self.assertEqual(
            self._get_to_dos(self.salesperson).mapped("summary"), ["Test Rule: 2"]
        )

    def test_what_owners_may_not_see_is_not_counted(self):
        """How many of another company meet a condition would tell what is in it."""
        other = self.env["res.company"].create({"name": "Other"})
        self.rule.owner_id = self.salesperson
        self.customers.company_id = False
        self._check()
        issues = self.issues.search([("rule_id", "=", self.rule.id)])
        count = len(issues.filtered(lambda issue: issue.state == "open"))
        issues[0].company_id = other
        self.rules._follow_up()
        self.assertEqual(
            self._get_to_dos(self.salesperson).mapped("summary"),
            [f"Test Rule: {count - 1}"],
        )
        sections = DataDigest(self.env).get_sections()
        section = sections[self.salesperson](self.env)
        self.assertEqual(section.title, f"Data to correct: {count - 1}")

    def _send_digest(self):
        """:return: e-mails to the salesperson"""
        mails = self.env["mail.mail"].search([])
        digest = AlertDigest(self.env)
        for user, alerts in digest._get_digests().items():
            digest._send(user, alerts, digest._sections.get(user, ()))
        new = self.env["mail.mail"].search([]) - mails
        return new.filtered(
            lambda mail: self.salesperson.partner_id in mail.recipient_ids
        )

    def test_owners_read_of_them_once_a_week(self):
        self.salesperson.email = "sales@quality.example"
        self.company.sales_alert_digest = "daily"
        mail = self._send_digest()
        self.assertEqual(mail.subject, "Data to correct: 1")
        self.assertIn("Test Rule", mail.body_html)
        self.assertIn("/odoo/sales-data-issues", mail.body_html)
        self.assertNotIn("Open the Warnings", mail.body_html)
        with freeze_time("2026-10-16 12:00:00"):
            self.assertFalse(self._send_digest())
        with freeze_time("2026-10-19 12:00:00"):
            self.assertEqual(len(self._send_digest()), 1)
        self.company.sales_alert_digest = "never"
        with freeze_time("2026-10-26 12:00:00"):
            self.assertFalse(self._send_digest())

    def _get_log(self):
        return self.env["sales.mart.reconciliation"].search(
            [("checked", ">", 0), ("source", "=", "customer")], order="id"
        )

    def test_the_log_stands_beside_the_reconciliations(self):
        before = self._get_log()
        self._check()
        self.assertEqual(self._get_log(), before)
        self.customer_north.phone = "+886 2 2469 4407"
        self._check()
        log = self._get_log() - before
        self.assertEqual(log.issues, before[-1].issues - 1)
        self.assertEqual(log.checked, before[-1].checked)
        self.assertEqual(log.display_name, "Customers 2026-10-01")

    def test_the_log_says_how_much_is_right(self):
        """Nothing is said of a night that has only repaired figures."""
        checked, repaired = self.env["sales.mart.reconciliation"].create(
            [{"checked": 8, "issues": 2}, {"documents": 1}]
        )
        self.assertEqual(checked.data_score, 75)
        self.assertEqual(repaired.data_score, 0)

    def test_the_cockpit_shows_own_issues(self):
        for user, scope, count in (
            (self.salesperson, "my", 1),
            (self.leader, "team", 1),
            (self.director, "company", 3),
        ):
            panel = DataIssuesPanel(Choice(self.env(user=user), {"scope": scope}))
            self.assertTrue(panel.is_visible())
            data = panel.get_data()
            self.assertEqual(data["count"], count)
            self.assertEqual(data["rows"][0]["name"], "Test Rule")
        panel = DataIssuesPanel(Choice(self.env(user=self.colleague), {}))
        self.assertFalse(panel.is_visible())

    def test_the_first_step_is_done_when_nothing_critical_is_open(self):
        steps = self.env["onboarding.onboarding.step"].with_user(self.director)
        step = steps._get_sales_step("data_quality")
        self.assertTrue(step["is_done"])
        self.assertIn("%", step["state"])
        self.rule.severity = "critical"
        self.assertFalse(steps._get_sales_step("data_quality")["is_done"])
        self.scores.search([]).unlink()
        step = steps._get_sales_step("data_quality")
        self.assertEqual(step["proposal"], "Check the Data")
        steps.action_accept_sales_data_quality()
        self.assertTrue(self.rule._is_due())
