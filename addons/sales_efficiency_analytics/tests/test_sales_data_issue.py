# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

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
