# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import json
from datetime import date, datetime

from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from ..engine import PlanLetter
from .common import SalesIncentiveCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-10-15 12:00:00")
class TestSalesIncentiveAcceptance(SalesIncentiveCommon):
    """A letter tells a person the terms, and proves what they have accepted."""

    def _text(self, letter):
        return json.dumps(letter.terms, ensure_ascii=False).replace("\xa0", " ")

    # Letter

    def test_approval_sends_letters_to_all_whom_the_terms_pay(self):
        left = self._assign(
            self.outsider, date_from=date(2025, 1, 1), date_to=date(2025, 12, 31)
        )
        self._assign(self.colleague)
        self.assertFalse(self._letters())
        self._approve()
        letters = self.version.letter_ids
        self.assertEqual(letters.user_id, self.salesperson + self.colleague)
        self.assertFalse(self._letters(left))
        self.assertEqual(self.incentive.open_letter_count, 2)
        self.assertEqual(self.assignment.letter_state, "open")

    def test_who_is_assigned_to_approved_terms_gets_a_letter(self):
        self._approve()
        assignment = self._assign(self.colleague, date_from=date(2026, 11, 1))
        self.assertEqual(self._letters(assignment).state, "open")

    def test_terms_that_ended_need_no_letter(self):
        self._approve(self._create_version(self.incentive, date(2026, 9, 1)))
        self._approve()
        self.assertFalse(self.version.letter_ids)

    def test_a_letter_has_rules_tables_and_own_terms(self):
        self.incentive.description = "For those who sell."
        self.version.write({"note": "Not in the first month.", "cap_month": 9_000})
        self.assignment.write({"target_incentive": 30_000, "draw_amount": 2_000})
        self._approve()
        text = self._text(self._letters())
        for part in (
            "Test Salesperson",
            "January 2026",
            "For those who sell.",
            "Invoiced Amount",
            "Each slice at its own rate",
            "50,000.00",
            "7 %",
            "9,000.00",
            "30,000.00",
            "2,000.00",
            "Not in the first month.",
        ):
            with self.subTest(part):
                self.assertIn(part, text)

    def test_a_letter_has_the_targets_that_are_to_be_attained(self):
        mine = self._create_target(
            parent_id=self.root.id, user_id=self.salesperson.id, amount=240_000
        )
        self._create_target(
            parent_id=self.root.id, user_id=self.colleague.id, amount=600_000
        )
        self._start()
        self.rule.write(
            {
                "rate_by": "attainment",
                "target_metric_id": self.ordered.id,
                "interval": "quarter",
                "tier_ids": [(5, 0, 0), *self._tiers((0, 3), (100, 5))],
            }
        )
        self._approve()
        sections = self._letters().terms["sections"]
        [target] = [s for s in sections if mine.display_name in s["title"]]
        self.assertEqual(len(target["rows"]), 4)
        self.assertIn("60,000", target["rows"][0][1])
        self.assertNotIn("600,000", self._text(self._letters()))

    def test_a_letter_is_in_the_language_of_the_person(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.salesperson.lang = "fr_FR"
        self._approve()
        self.assertEqual(self._letters().terms["begins"], "janvier 2026")
        self.assertEqual(self._letters()._get_letter_language(), "fr_FR")

    def test_the_letter_prints_what_is_kept(self):
        self._approve()
        letter = self._letters().with_user(self.salesperson)
        report = self.env["ir.actions.report"]._render_qweb_html(
            "sales_efficiency_incentive.sales_incentive_letter", letter.ids
        )[0]
        text = report.decode()
        for section in letter.terms["sections"]:
            self.assertIn(section["title"], text)
            self.assertIn(section["title"], letter.letter)
        self.assertIn(letter.digest, text)
        self.assertIn("Not accepted yet", text)

    # Acceptance

    def test_the_person_accepts_by_a_click(self):
        self._approve()
        letter = self._letters()
        letter.with_user(self.salesperson).action_accept()
        self.assertRecordValues(
            letter,
            [
                {
                    "state": "accepted",
                    "accepted_by_id": self.salesperson.id,
                    "accepted_at": datetime(2026, 10, 15, 12),
                }
            ],
        )
        self.assertEqual(letter.digest, letter._get_digest(letter.terms))
        self.assertEqual(self.assignment.letter_state, "accepted")
        with self.assertRaisesRegex(UserError, "accepted or replaced"):
            letter.with_user(self.salesperson).action_accept()

    def test_nobody_accepts_for_somebody_else(self):
        self._approve()
        for user in (self.officer, self.director):
            letter = self._letters().with_user(user)
            self.assertFalse(letter.can_accept)
            with self.assertRaisesRegex(UserError, "Only Test Salesperson"):
                letter.action_accept()
        with self.assertRaises(AccessError):
            self._letters().with_user(self.colleague).action_accept()

    def test_an_officer_accepts_for_an_agent_who_has_no_access(self):
        agent = self.env["sales.incentive.assignment"].create(
            {
                "plan_id": self.incentive.id,
                "partner_id": self.customer_north.id,
                "channel_id": self.channel_agent.id,
                "date_from": date(2026, 1, 1),
            }
        )
        self._approve()
        letter = self._letters(agent).with_user(self.officer)
        self.assertTrue(letter.can_accept)
        letter.action_accept()
        self.assertEqual(letter.accepted_by_id, self.officer)

    def test_a_to_do_reminds_until_the_letter_is_accepted(self):
        self._approve()
        letter = self._letters()
        self.assertRecordValues(
            letter.activity_ids,
            [{"user_id": self.salesperson.id, "date_deadline": date(2026, 10, 22)}],
        )
        letter.with_user(self.salesperson).action_accept()
        self.assertFalse(letter.activity_ids)

    def test_nobody_hears_of_a_plan_before_it_is_approved(self):
        self.assertNotIn(
            self.salesperson.partner_id, self.assignment.message_partner_ids
        )
        told = self.env["mail.message"].search(
            [("notified_partner_ids", "in", self.salesperson.partner_id.ids)]
        )
        self.assertFalse(told)

    def test_no_amount_is_in_to_dos_and_messages(self):
        self.assignment.target_incentive = 31_313
        self._approve()
        letter = self._letters()
        texts = [letter.activity_ids.summary or "", letter.activity_ids.note or ""]
        for record in (letter, self.version, self.incentive, self.assignment):
            texts += record.message_ids.mapped("body")
        texts += [letter.display_name]
        self.assertFalse([text for text in texts if "31" in text])

    # Changes

    def test_changed_terms_of_a_person_need_a_new_letter(self):
        self._approve()
        first = self._letters()
        first.with_user(self.salesperson).action_accept()
        self.assignment.with_user(self.officer).target_incentive = 50_000
        self.assertEqual(first.state, "replaced")
        second = self._letters() - first
        self.assertEqual(second.state, "open")
        self.assertNotEqual(first.digest, second.digest)
        self.assertEqual(first.digest, first._get_digest(first.terms))
        self.assertEqual(self.assignment.letter_state, "open")

    def test_a_letter_that_was_not_accepted_is_replaced_without_a_trace(self):
        self._approve()
        first = self._letters()
        self.assignment.target_incentive = 50_000
        self.assertFalse(first.exists())
        self.assertEqual(self._letters().state, "open")
        self.assertEqual(len(self._letters().activity_ids), 1)

    def test_who_leaves_needs_no_new_letter(self):
        self._approve()
        letter = self._letters()
        letter.with_user(self.salesperson).action_accept()
        self.assignment.date_to = date(2026, 12, 31)
        self.assertEqual(letter.state, "accepted")
        self.assertEqual(self._letters(), letter)

    def test_nobody_writes_letters(self):
        self._approve()
        for user in (self.officer, self.director, self.salesperson):
            letter = self._letters().with_user(user)
            for act in (
                lambda letter=letter: letter.write({"state": "accepted"}),
                lambda letter=letter: letter.copy(),
                letter.unlink,
            ):
                with self.assertRaises(AccessError):
                    act()

    def test_no_default_of_an_approver_gets_into_letters(self):
        """Letters are written as superuser, with the context of who approves."""
        self.version.with_user(self.officer).action_submit()
        self.version.with_user(self.director)._validate_tier()
        self.env.invalidate_all()
        self.version.with_user(self.hr_manager).with_context(
            default_state="accepted",
            default_accepted_by_id=self.hr_manager.id,
            default_accepted_at="2026-10-15 12:00:00",
        )._validate_tier()
        self.assertRecordValues(
            self._letters(),
            [{"state": "open", "accepted_by_id": False, "accepted_at": False}],
        )

    def test_the_terms_of_many_people_need_no_more_queries(self):
        self._start()
        self.rule.write({"rate_by": "attainment", "target_metric_id": self.ordered.id})
        people = self.assignment.browse().union(
            *(
                self._assign(self._create_user("salesperson", login=f"paid_{number}"))
                for number in range(6)
            )
        )
        letters = self.env["sales.incentive.acceptance"]

        def count(assignments):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            targets = PlanLetter.find_targets(assignments, self.version)
            for person in assignments:
                letters._prepare(person, self.version, targets)
            return self.env.cr.sql_log_count - before

        count(people)  # fills what is cached for all
        self.assertEqual(count(people[:2]), count(people))
