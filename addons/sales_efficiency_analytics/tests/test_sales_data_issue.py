# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.sales_efficiency_base.engine import AlertDigest
from odoo.addons.sales_efficiency_base.engine.cockpit import Choice

from ..engine import DataDigest, DataIssuesPanel
from .quality_common import QualityCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-10-15 12:00:00")
class TestSalesDataIssue(QualityCommon):
    """Issues open and close by themselves; their owners correct or accept them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rule = cls._create_rule()
        cls.found = cls._check()

    def _of(self, customer):
        return self.issues.search(
            [("rule_id", "=", self.rule.id), ("res_id", "=", customer.id)]
        )

    # ------------------------------------------------------------------
    # Life
    # ------------------------------------------------------------------

    def test_there_is_one_for_each_record(self):
        self.assertEqual(len(self.found), 3)
        self.assertEqual(self._check(), self.found)
        self.assertRecordValues(
            self._of(self.customer_north),
            [
                {
                    "state": "open",
                    "user_id": self.salesperson.id,
                    "owner_id": self.salesperson.id,
                    "source": "customer",
                    "kind": "missing",
                    "dimension": "completeness",
                    "severity": "warning",
                }
            ],
        )

    def test_it_closes_when_corrected_and_opens_again(self):
        issue = self._of(self.customer_north)
        self.customer_north.phone = "+886 2 2469 4407"
        self._check()
        self.assertEqual(issue.state, "closed")
        self.assertTrue(issue.closed_at)
        self.customer_north.phone = False
        with freeze_time("2026-10-17 12:00:00"):
            self._check()
        self.assertEqual(issue.state, "open")
        self.assertFalse(issue.closed_at)
        self.assertEqual(str(issue.opened_at.date()), "2026-10-17")

    def test_it_closes_with_an_archived_or_deleted_record(self):
        leads = self.env["crm.lead"].create([{"name": "A"}, {"name": "B"}])
        rule = self._create_rule(
            model="crm.lead",
            field_name="expected_revenue",
            domain=f"[('id', 'in', {leads.ids})]",
        )
        issues = self._check(rule)
        self.assertEqual(len(issues), 2)
        leads[0].active = False
        leads[1].unlink()
        self.assertFalse(self._check(rule))
        self.assertEqual(set(issues.mapped("state")), {"closed"})
        deleted = issues.filtered(lambda i: i.record_name == "Deleted record")
        self.assertEqual(len(deleted), 1)
        self.assertFalse(deleted.explanation)
        with self.assertRaisesRegex(UserError, "has been deleted"):
            deleted.action_open_record()

    def test_it_goes_with_a_merged_customer(self):
        self.env["base.partner.merge.automatic.wizard"].create(
            {
                "partner_ids": [
                    (6, 0, (self.customer_north | self.customer_south).ids)
                ],
                "dst_partner_id": self.customer_north.id,
            }
        ).action_merge()
        self.env.invalidate_all()
        self.assertEqual(
            self._names(self._check()), ["Customer North", "Customer Nowhere"]
        )

    def test_it_closes_with_its_rule(self):
        self.rule.active = False
        self.assertEqual(set(self.found.mapped("state")), {"closed"})
        self.assertFalse(self._get_to_dos())

    def test_it_follows_its_record_to_another_salesperson(self):
        self.customer_north.user_id = self.colleague
        self._check()
        self.assertEqual(self._of(self.customer_north).owner_id, self.colleague)

    # ------------------------------------------------------------------
    # Owner
    # ------------------------------------------------------------------

    def test_without_a_salesperson_the_director_corrects(self):
        director = self.company._get_sales_directors()[:1]
        self.assertEqual(self._of(self.customer_nowhere).owner_id, director)

    def test_salespeople_who_do_not_use_the_suite_own_nothing(self):
        clerk = self.env["res.users"].create(
            {
                "name": "Clerk",
                "login": "quality_clerk",
                "group_ids": [(4, self.env.ref("sales_team.group_sale_salesman").id)],
            }
        )
        self.customer_north.user_id = clerk
        self._check()
        issue = self._of(self.customer_north)
        self.assertEqual(issue.user_id, clerk)
        self.assertEqual(issue.owner_id, self.company._get_sales_directors()[:1])

    def test_the_owner_of_the_rule_comes_first(self):
        self.rule.owner_id = self.leader
        self._check()
        self.assertEqual(self.found.owner_id, self.leader)

    # ------------------------------------------------------------------
    # Accepting
    # ------------------------------------------------------------------

    def test_accepting_needs_a_reason(self):
        issue = self._of(self.customer_north).with_user(self.salesperson)
        with self.assertRaisesRegex(UserError, "Say why Customer North: Test Rule"):
            issue.action_accept()
        issue.note = "They only write letters."
        issue.action_accept()
        self.assertEqual(issue.state, "accepted")
        self._check()
        self.assertEqual(issue.state, "accepted")

    def test_accepted_issues_close_and_are_reopened(self):
        issue = self._of(self.customer_north)
        issue.note = "So it is"
        issue.action_accept()
        issue.with_user(self.salesperson).action_reopen()
        self.assertEqual(issue.state, "open")
        issue.action_accept()
        self.customer_north.phone = "+886 2 2469 4407"
        self._check()
        self.assertEqual(issue.state, "closed")

    # ------------------------------------------------------------------
    # Rights
    # ------------------------------------------------------------------

    def test_everybody_sees_their_own(self):
        for user, names in (
            (self.salesperson, ["Customer North"]),
            (self.outsider, ["Customer South"]),
            (self.colleague, []),
            (self.leader, ["Customer North"]),
            (
                self.director,
                ["Customer North", "Customer Nowhere", "Customer South"],
            ),
        ):
            with self.subTest(user.name):
                issues = self.issues.with_user(user)
                found = issues.search([("rule_id", "=", self.rule.id)])
                self.assertEqual(self._names(found), names)
                self.assertEqual(self.rule.with_user(user).issue_count, len(names))

    def test_other_companies_see_nothing(self):
        other = self.env["res.company"].create({"name": "Other"})
        lead = self.env["crm.lead"].create({"name": "A", "company_id": other.id})
        rule = self._create_rule(
            model="crm.lead",
            field_name="expected_revenue",
            domain=f"[('id', '=', {lead.id})]",
        )
        issue = self._check(rule)
        self.assertEqual(issue.company_id, other)
        self.assertFalse(
            self.issues.with_user(self.director).search([("id", "=", issue.id)])
        )

    def test_a_shared_customer_is_of_the_company_that_sells_to_it(self):
        """Else the directors of all companies would have to correct it."""
        other = self.env["res.company"].create({"name": "Other"})
        self.assertFalse(self.customer_nowhere.company_id)
        self._check()
        self.assertEqual(self._of(self.customer_nowhere).company_id, self.company)
        self.env["sales.history.line"].create(
            {
                "date": "2026-01-15",
                "amount": 100,
                "company_id": other.id,
                "partner_id": self.customer_nowhere.id,
            }
        )
        self.env["sales.mart"]._refresh()
        self._check()
        self.assertFalse(self._of(self.customer_nowhere).company_id)

    def test_users_only_say_why(self):
        issue = self._of(self.customer_north).with_user(self.salesperson)
        for values in (
            {"state": "closed"},
            {"owner_id": self.outsider.id},
            {"res_id": self.customer_south.id},
            {"rule_id": self.rule.id},
            {"severity": "critical"},
        ):
            with self.subTest(values), self.assertRaises(AccessError):
                issue.write(values)
        with self.assertRaises(AccessError):
            self._of(self.customer_south).with_user(self.salesperson).note = "x"
        with self.assertRaises(AccessError):
            self._of(self.customer_south).with_user(self.salesperson).action_accept()
        with self.assertRaises(AccessError):
            self.issues.with_user(self.director).create({"rule_id": self.rule.id})

    def test_what_is_wrong_is_told_to_readers_of_the_record(self):
        lead = self.env["crm.lead"].create(
            {"name": "Secret", "user_id": self.outsider.id, "expected_revenue": 7}
        )
        rule = self._create_rule(
            model="crm.lead",
            kind="range",
            field_name="expected_revenue",
            has_least=True,
            least=10,
            owner_id=self.salesperson.id,
            domain=f"[('id', '=', {lead.id})]",
        )
        issue = self._check(rule)
        self.assertEqual(
            issue.with_user(self.director).explanation, "Expected Revenue is 7.00."
        )
        issue = issue.with_user(self.salesperson)
        self.assertFalse(issue.explanation)
        self.assertEqual(issue.record_name, "Secret")
        with self.assertRaises(AccessError):
            issue.action_open_record()

    def test_it_says_what_is_wrong(self):
        self.assertEqual(
            self._of(self.customer_north).with_user(self.salesperson).explanation,
            "Phone is empty.",
        )

    def test_it_is_found_by_the_name_of_its_record(self):
        found = self.issues.with_user(self.salesperson).search(
            [("display_name", "ilike", "customer nor")]
        )
        self.assertEqual(found.mapped("record_name"), ["Customer North"])
        self.assertFalse(
            self.issues.with_user(self.salesperson).search(
                [("display_name", "ilike", "customer sou")]
            )
        )

    def test_it_opens_the_record(self):
        action = (
            self._of(self.customer_north)
            .with_user(self.salesperson)
            .action_open_record()
        )
        self.assertEqual(
            (action["res_model"], action["res_id"]),
            ("res.partner", self.customer_north.id),
        )

    # ------------------------------------------------------------------
    # To-dos, digest, log, cockpit
    # ------------------------------------------------------------------

    def _get_to_dos(self, user=None):
        to_dos = self.env["mail.activity"].search(
            [("res_model", "=", "sales.data.rule"), ("res_id", "=", self.rule.id)]
        )
        return to_dos.filtered(lambda a: not user or a.user_id == user)

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
