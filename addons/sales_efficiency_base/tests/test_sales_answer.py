# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date
from unittest.mock import patch

from psycopg2.errors import UniqueViolation

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from ..engine import AnswerMails
from .answer_common import AnswerCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-10-15 12:00:00")
class TestSalesAnswer(AnswerCommon):
    """Answers by links in e-mails."""

    def _find(self, link):
        kind, record_id, token = link.split("/")[-3:]
        return self.question._find_answer(kind, int(record_id), token)

    # ------------------------------------------------------------------
    # Links
    # ------------------------------------------------------------------

    def test_a_link_leads_to_its_record(self):
        self.assertEqual(self._find(self.question._issue_link()), self.question)

    def test_only_a_hash_of_the_token_is_stored(self):
        token = self.question._issue_link().rpartition("/")[2]
        self.env.flush_all()
        self.env.cr.execute(
            "SELECT to_jsonb(q)::text FROM sales_fake_question q WHERE id = %s",
            [self.question.id],
        )
        [stored] = self.env.cr.fetchone()
        self.assertNotIn(token, stored)
        self.assertIn(self.question._hash_token(token), stored)

    def test_forged_links_lead_nowhere(self):
        link = self.question._issue_link()
        other = self._ask(self.customer_south)
        for forged in (
            f"{link}x",
            link[:-1],
            link.replace("/fake/", "/other/"),
            link.replace(f"/{self.question.id}/", f"/{other.id}/"),
            link.replace(f"/{self.question.id}/", "/999999999/"),
            f"/sales/answer/fake/{other.id}/{self.question._hash_token('')}",
        ):
            with self.subTest(forged):
                self.assertFalse(self._find(forged))

    def test_what_was_never_sent_has_no_link(self):
        self.assertFalse(self.question._find_answer("fake", self.question.id, ""))

    def test_an_earlier_link_is_void(self):
        earlier = self.question._issue_link()
        self.question._issue_link()
        self.assertFalse(self._find(earlier))

    # ------------------------------------------------------------------
    # Answers
    # ------------------------------------------------------------------

    def test_an_answer_counts_once(self):
        self.assertTrue(self.question._answer({"answer": "Good"}))
        self.assertFalse(self.question._answer({"answer": "Bad"}))
        self.assertEqual(self.question.answer, "Good")

    def test_the_deadline_is_the_last_day(self):
        with freeze_time("2026-11-01 00:30:00"):
            self.assertFalse(self.question._answer({"answer": "Late"}))
        with freeze_time("2026-10-31 23:30:00"):
            self.assertTrue(self.question._answer({"answer": "In time"}))

    def test_what_is_incomplete_is_not_saved(self):
        with self.assertRaises(UserError):
            self.question._answer({})
        self.assertEqual(self.question.answer_state, "waiting")

    # ------------------------------------------------------------------
    # E-mails
    # ------------------------------------------------------------------

    def test_a_customer_gets_one_mail_with_all_questions(self):
        other = self._ask(self.customer_north, name="And this?")
        mail = self._send()
        self.assertEqual(len(mail), 1)
        self.assertIn("buyer@north.example", mail.email_to)
        self.assertEqual(mail.body_html.count("/sales/answer/fake/"), 2)
        self.assertEqual((self.question + other).mapped("answer_state"), ["asked"] * 2)

    def test_the_mail_speaks_the_language_of_the_customer(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.customer_north.lang = "fr_FR"
        self.assertIn("31/10/2026", self._send().body_html)

    def test_nobody_is_asked_twice(self):
        self.assertEqual(len(self._send()), 1)
        self.assertFalse(self._send())

    def test_a_customer_is_left_alone_during_the_pause(self):
        self._send()
        again = self._ask(self.customer_north, answer_deadline=date(2027, 3, 1))
        with freeze_time("2026-11-13 12:00:00"):
            self.assertFalse(self._send())
        self.assertEqual(again.answer_state, "waiting")
        with freeze_time("2026-11-14 12:00:00"):
            self.assertEqual(len(self._send()), 1)

    def test_the_pause_is_by_address_as_well(self):
        """Another contact, or the same one entered twice, has the same mailbox."""
        self._send()
        self.customer_south.email = "buyer@NORTH.example"
        self._ask(self.customer_south)
        self.assertFalse(self._send())

    def test_two_customers_with_one_address_get_one_mail(self):
        self.customer_south.email = self.customer_north.email
        self._ask(self.customer_south)
        mail = self._send()
        self.assertEqual(len(mail), 1)
        self.assertEqual(mail.body_html.count("/sales/answer/fake/"), 2)

    def test_customers_who_opted_out_are_not_asked(self):
        contacts = self.env["sales.answer.contact"]
        contacts._opt_out(self.company, "buyer@north.example")
        self.assertFalse(self._send())

    def test_opting_out_holds_when_the_address_changes(self):
        self._send()
        self.env["sales.answer.contact"]._opt_out(self.company, "buyer@north.example")
        self.customer_north.email = "new@north.example"
        self._ask(self.customer_north)
        self.assertFalse(self._send())

    def test_the_blacklist_of_odoo_holds(self):
        self.env["mail.blacklist"]._add("buyer@north.example")
        self.assertFalse(self._send())

    def test_no_salesperson_gets_the_link_of_a_customer(self):
        """They could enter their own address to rate themselves."""
        self.customer_north.email = self.salesperson.email
        self.assertFalse(self._send())

    def test_nobody_is_asked_after_the_deadline(self):
        with freeze_time("2026-11-01 12:00:00"):
            self.assertFalse(self._send())

    def test_only_administrators_can_read_the_links(self):
        mail = self._send()
        with self.assertRaises(AccessError):
            mail.mail_message_id.with_user(self.director).read(["body"])
        with self.assertRaises(AccessError):
            mail.with_user(self.director).read(["body_html"])

    def test_a_deleted_question_is_not_sent(self):
        mail = self._send()
        self.question.unlink()
        self.assertFalse(mail.exists())

    def test_a_killed_job_goes_on_without_a_second_mail(self):
        partners = self.env["res.partner"].create(
            [
                {"name": f"Buyer {number}", "email": f"b{number}@example.com"}
                for number in range(250)
            ]
        )
        for partner in partners:
            self._ask(partner)
        self.env.flush_all()
        contacts = type(self.env["sales.answer.contact"])
        claim = contacts._claim
        batches = []

        def die(records, company, some):
            batches.append(len(some))
            if len(batches) > 1:
                raise MemoryError
            return claim(records, company, some)

        mails = self.env["mail.mail"]
        before = mails.search([])
        with (
            patch.object(contacts, "_claim", die),
            mute_logger("odoo.addons.sales_efficiency_base.tools.each_alone"),
        ):
            self._run()
        self.assertEqual(len(mails.search([]) - before), batches[0])
        self._run()
        self._run()
        sent = (mails.search([]) - before).mapped("email_to")
        self.assertEqual(len(sent), 251)
        self.assertEqual(len(set(sent)), 251)

    def test_queries_of_a_batch_do_not_depend_on_its_size(self):
        def count(customers):
            partners = self.env["res.partner"].create(
                [
                    {"name": "B", "email": f"b{customers}.{number}@example.com"}
                    for number in range(customers)
                ]
            )
            for partner in partners:
                self._ask(partner)
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            AnswerMails(self.question)._send(self.company, partners)
            self.env.flush_all()
            return self.env.cr.sql_log_count - before

        count(2)  # what is read once
        self.assertEqual(count(80), count(10))

    # ------------------------------------------------------------------
    # List of those asked
    # ------------------------------------------------------------------

    def test_directors_enter_who_opts_out(self):
        contacts = self.env["sales.answer.contact"].with_user(self.director)
        contact = contacts.create({"email": " Buyer@North.example ", "opted_out": True})
        self.assertEqual(contact.email, "buyer@north.example")
        self.assertFalse(self._send())

    def test_only_addresses_are_in_the_list(self):
        contacts = self.env["sales.answer.contact"].with_user(self.director)
        with self.assertRaises(ValidationError):
            contacts.create({"email": "nobody"})

    @mute_logger("odoo.sql_db")
    def test_an_address_is_in_the_list_once(self):
        contacts = self.env["sales.answer.contact"].with_user(self.director)
        contacts.create({"email": "a@example.com"})
        with self.assertRaises(UniqueViolation):
            contacts.create({"email": "A@example.com"})

    def test_nobody_writes_when_a_customer_was_asked(self):
        self._send()
        contact = self.env["sales.answer.contact"].search([])[:1]
        with self.assertRaises(AccessError):
            contact.with_user(self.director).asked_on = False

    def test_companies_ask_apart(self):
        self.env["sales.answer.contact"]._opt_out(
            self.env["res.company"].create({"name": "Company B"}), "buyer@north.example"
        )
        self.assertEqual(len(self._send()), 1)
