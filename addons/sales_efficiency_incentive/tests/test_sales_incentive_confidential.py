# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.exceptions import AccessError
from odoo.tests import Form, freeze_time, tagged

from .ledger_common import IncentiveLedgerCommon

LOGGER = "odoo.addons.sales_efficiency_incentive.models"


@tagged("post_install", "-at_install")
@freeze_time("2026-04-15 12:00:00")
class TestSalesIncentiveConfidential(IncentiveLedgerCommon):
    """What is written about the pay of others, and who says who approves it"""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.paid = cls._start_plan()
        cls._sell(10, "2026-01-03")
        cls._compute()
        cls.january = cls._period(1)
        cls.january.with_user(cls.officer).action_publish()
        cls.adjustment = cls.env["sales.incentive.adjustment"].create(
            {
                "assignment_id": cls.paid.id,
                "period_id": cls.january.id,
                "amount": 50,
                "reason": "Fair",
            }
        )
        cls.version = cls.paid.plan_id.version_ids
        cls.env.invalidate_all()

    # ------------------------------------------------------------------
    # What is written
    # ------------------------------------------------------------------

    def _get_closed(self):
        return self.january, self.version, self.adjustment

    def test_people_read_no_attachment_of_what_they_read(self):
        attachments = self.env["ir.attachment"].create(
            [
                {
                    "name": "Pay of Everybody",
                    "raw": b"4,200",
                    "res_model": record._name,
                    "res_id": record.id,
                }
                for record in self._get_closed()
            ]
        )
        for user in (self.salesperson, self.leader):
            for attachment in attachments:
                self._check_unread(attachment, user, "raw")
        for user in (self.officer, self.director, self.hr_manager, self.finance):
            found = attachments.with_user(user).search([("id", "in", attachments.ids)])
            self.assertEqual(found, attachments, user.name)

    def test_people_read_no_to_do_of_others_about_what_they_read(self):
        for record in self._get_closed():
            activity = record.activity_schedule(
                "mail.mail_activity_data_todo",
                note="Too much",
                user_id=self.officer.id,
            )
            self._check_unread(activity, self.salesperson, "note")

    def test_people_read_no_comment_of_an_approval(self):
        review = self.january.review_ids
        self.assertIn(self.director, review.reviewer_ids)
        review.comment = "Amy gets too much"
        for user in (self.salesperson, self.leader):
            self._check_unread(review, user, "comment")
        for user in (self.officer, self.director, self.hr_manager, self.finance):
            self.assertTrue(review.with_user(user).read(["comment"]), user.name)

    def test_who_is_named_by_a_rule_reads_what_they_decide_on(self):
        rule = self.env["tier.definition"].search(
            [("model", "=", self.january._name)], limit=1
        )
        rule.write({"review_type": "individual", "reviewer_id": self.leader.id})
        review = self.january.review_ids
        review.invalidate_recordset()
        review.definition_id.flush_recordset()
        review._compute_reviewer_ids()
        self.assertIn(self.leader, review.reviewer_ids)
        self.assertTrue(review.with_user(self.leader).read(["status"]))

    def _check_unread(self, record, user, name):
        """Check that a record is neither found, grouped nor read."""
        model = "model" if "model" in record._fields else "res_model"
        records = record.with_user(user)
        for domain in (
            [("id", "=", record.id)],
            [(model, "=", record[model]), ("res_id", "=", record.res_id)],
            [(model, "in", ["sales.incentive.period", record[model]])],
        ):
            with self.subTest(record=record, user=user.name, domain=domain):
                self.assertNotIn(record, records.search(domain))
                found = records.search_read(domain, [name])
                self.assertNotIn(record.id, [values["id"] for values in found])
                [[count]] = records._read_group(
                    [*domain, ("id", "=", record.id)], [], ["__count"]
                )
                self.assertFalse(count)
        with (
            self.subTest(record=record, user=user.name),
            self.assertRaises(AccessError),
        ):
            record.invalidate_recordset()
            records.read([name])

    # ------------------------------------------------------------------
    # Approval rules
    # ------------------------------------------------------------------

    def _get_rules(self, user):
        rules = self.env["tier.definition"].with_user(user)
        return rules.search([("model", "=", self.january._name)])

    def test_a_director_reads_the_approval_rules_of_pay_but_changes_none(self):
        rules = self._get_rules(self.director)
        self.assertTrue(rules)
        self.assertFalse(rules._filtered_access("write"))
        for change in (
            {"active": False},
            {"definition_domain": '[["rise", ">", 1000]]'},
            {"reviewer_id": self.director.id},
        ):
            with (
                self.subTest(change),
                self.assertRaisesRegex(AccessError, "HR manager"),
            ):
                rules.write(change)
        with self.assertRaises(AccessError):
            rules.unlink()
        with self.assertRaises(AccessError):
            self._create_rule(self.director)

    def test_a_director_still_makes_the_other_approval_rules(self):
        rule = self._create_rule(self.director, "sales.target.plan")
        rule.active = False
        with self.assertRaises(AccessError):
            rule.model_id = self.env["ir.model"]._get(self.january._name)

    def test_an_hr_manager_changes_the_approval_rules_of_pay_alone(self):
        rules = self._get_rules(self.hr_manager)
        with Form(
            rules[0], "sales_efficiency_base.tier_definition_view_form_plain"
        ) as form:
            form.activity_deadline_days = 9
        self.assertEqual(rules[0].activity_deadline_days, 9)
        self._create_rule(self.hr_manager).unlink()
        with self.assertRaises(AccessError):
            self._create_rule(self.hr_manager, "sales.target.plan")

    def test_an_hr_manager_whom_a_plan_pays_changes_none(self):
        self._start_plan(self.hr_manager)
        with self.assertRaisesRegex(AccessError, "no incentive plan pays"):
            self._get_rules(self.hr_manager).active = False

    def test_an_administrator_who_is_paid_changes_rules_but_not_in_silence(self):
        admin = self._create_employee("admin", "base.group_erp_manager")
        rules = self._get_rules(self.director)
        rules.with_user(admin).activity_deadline_days = 8
        self.assertFalse(self._get_notices())
        self._start_plan(admin)
        with self.assertLogs(f"{LOGGER}.tier_definition", "WARNING") as log:
            rules.with_user(admin).activity_deadline_days = 9
        self.assertIn(admin.login, log.output[0])
        notices = self._get_notices()
        self.assertEqual(
            notices.notified_partner_ids,
            self.director.partner_id + self.hr_manager.partner_id,
        )
        self.assertIn(rules[0].name, notices[0].body)
        with self.assertLogs(f"{LOGGER}.tier_definition", "WARNING"):
            rules.with_user(admin).unlink()

    def _get_notices(self):
        return self.env["mail.message"].search(
            [("subject", "=", "Approval rules of pay have changed")]
        )

    def _create_rule(self, user, model=None):
        return (
            self.env["tier.definition"]
            .with_user(user)
            .create(
                {
                    "name": "Mild",
                    "model_id": self.env["ir.model"]._get_id(
                        model or self.january._name
                    ),
                    "review_type": "individual",
                    "reviewer_id": self.officer.id,
                    "company_id": self.company.id,
                }
            )
        )
