# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import re

from odoo.tests import HttpCase, freeze_time, tagged
from odoo.tools import hash_sign

from ..engine import OPT_OUT
from .answer_common import AnswerCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-10-15 12:00:00")
class TestUiAnswer(AnswerCommon, HttpCase):
    """The page for customers without a login."""

    def setUp(self):
        super().setUp()
        self.path = self._get_path(self.question._issue_link())
        self.env.flush_all()

    def _post(self, path, **values):
        page = self.url_open(path)
        [token] = re.findall(r'name="csrf_token" value="([^"]+)"', page.text) or [""]
        return self.url_open(path, data={"csrf_token": token, **values})

    def _assert_unanswered(self):
        self.env.invalidate_all()
        self.assertEqual(self.question.answer_state, "asked")
        self.assertFalse(self.question.answer)

    def test_fetching_the_page_changes_nothing(self):
        columns = "SELECT to_jsonb(q) FROM sales_fake_question q"
        self.env.cr.execute(columns)
        before = self.env.cr.fetchall()
        for address in (self.path, f"{self.path}?answer=Bad"):
            for method in ("GET", "HEAD"):
                with self.subTest(address=address, method=method):
                    answer = self.url_open(address, method=method)
                    self.assertEqual(answer.status_code, 200)
        self.env.cr.execute(columns)
        self.assertEqual(self.env.cr.fetchall(), before)

    def test_the_page_stays_out_of_caches_and_other_sites(self):
        page = self.url_open(self.path)
        self.assertTrue(page.text.lower().lstrip().startswith("<!doctype html>"))
        self.assertEqual(page.headers["Cache-Control"], "no-store")
        self.assertEqual(page.headers["Referrer-Policy"], "no-referrer")
        self.assertNotIn("<script", page.text)

    def test_what_a_person_sends_counts_once(self):
        self.assertIn("Thank you", self._post(self.path, answer="Good").text)
        self.env.invalidate_all()
        self.assertEqual(self.question.answer, "Good")
        again = self.url_open(self.path)
        self.assertIn("received already", again.text)
        self.assertNotIn("<form", again.text)

    def test_nothing_counts_without_the_token_of_the_form(self):
        answer = self.url_open(self.path, data={"answer": "Bad"})
        self.assertEqual(answer.status_code, 400)
        self._assert_unanswered()

    def test_a_form_sent_twice_counts_once(self):
        page = self.url_open(self.path)
        [token] = re.findall(r'name="csrf_token" value="([^"]+)"', page.text)
        for text in ("Good", "Bad"):
            self.url_open(self.path, data={"csrf_token": token, "answer": text})
        self.env.invalidate_all()
        self.assertEqual(self.question.answer, "Good")

    def test_what_is_missing_is_said_and_nothing_saved(self):
        answer = self._post(self.path, answer="")
        self.assertEqual(answer.status_code, 422)
        self.assertIn("Enter an answer.", answer.text)
        self.assertIn("<form", answer.text)
        self._assert_unanswered()

    def test_it_is_too_late_after_the_deadline(self):
        self.question.answer_deadline = "2026-10-14"
        self.env.flush_all()
        self.assertEqual(self.url_open(self.path).status_code, 410)
        self._post(self.path, answer="Late")
        self._assert_unanswered()

    def test_forged_links_show_nothing(self):
        for path in (
            f"{self.path}x",
            self.path.replace(f"/{self.question.id}/", "/999999999/"),
            "/sales/answer/none/1/x",
            "/sales/answer/stop/x",
            "/sales/answer/stop/AQ%C3%A9",
        ):
            with self.subTest(path):
                page = self.url_open(path)
                self.assertEqual(page.status_code, 404)
                self.assertNotIn(self.question.name, page.text)

    def test_the_page_speaks_the_language_of_the_customer(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.customer_north.lang = "fr_FR"
        self.env.flush_all()
        page = self.url_open(self.path)
        self.assertIn('lang="fr-FR"', page.text)
        self.assertIn("31/10/2026", page.text)

    def test_a_customer_opts_out(self):
        email = "buyer@north.example"
        token = hash_sign(self.env, OPT_OUT, [self.company.id, email])
        path = f"/sales/answer/stop/{token}"
        contacts = self.env["sales.answer.contact"]
        self.assertIn(email, self.url_open(path).text)
        self.assertFalse(contacts.search([("email", "=", email)]))
        self._post(path)
        self._post(path)
        contact = contacts.search([("email", "=", email)])
        self.assertTrue(contact.opted_out)
        self.assertFalse(self._send())
