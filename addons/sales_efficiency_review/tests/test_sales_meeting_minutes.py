# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from freezegun import freeze_time
from lxml import html

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common_meeting import SalesMeetingCommon

REPORT = "sales_efficiency_review.sales_meeting_report"


@tagged("post_install", "-at_install")
@freeze_time("2026-08-03 12:00:00")
class TestSalesMeetingMinutes(SalesMeetingCommon):
    """Printed and e-mailed minutes, in the language of the reader."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("zh_TW")
        # A translation that does not depend on those loaded in the database
        cls.env.ref(
            "sales_efficiency_review.sales_meeting_page"
        ).update_field_translations("arch_db", {"zh_TW": {"Agenda": "議程"}})
        cls.ordered.with_context(lang="zh_TW").name = "訂單金額"
        cls.colleague.lang = "zh_TW"

    def _hold_meeting(self):
        self._start()
        self._sell(24_000, "2026-07-10")
        july = self._create_meeting("2026-07-06")
        self._report_problem(self.salesperson, "2026-07-10 12:00:00", "Too dear")
        self._agree(july, name="Call the bank")
        self._hold(july)
        meeting = self._create_meeting()
        meeting.minutes = "<p>All <b>went</b> well.</p>"
        meeting.decisions = "<p>Grow.</p>"
        self._agree(meeting)
        self._hold(meeting)
        return meeting

    def _render(self, meeting, user, lang="en_US"):
        """:return: the text of the report, with words separated by single spaces"""
        context = {**meeting.env.context, "lang": lang}
        reports = self.env["ir.actions.report"].with_user(user).with_context(**context)
        content, _type = reports._render_qweb_html(REPORT, meeting.ids)
        return " ".join(html.fromstring(content).text_content().split())

    def _get_mails(self, meeting):
        return self.env["mail.mail"].search(
            [("model", "=", "sales.meeting"), ("res_id", "=", meeting.id)]
        )

    def test_the_report_has_all_that_was_said_with_units(self):
        text = self._render(self._hold_meeting(), self.leader)
        for expected in (
            "Sales Meeting July 2026: Test Department",
            "Agenda",
            "All went well.",
            "Grow.",
            "Visit the customers",
            "Call the bank",
            "Problems of the Weekly Reports",
            "Too dear",
            "08/20/2026",
            "Test Salesperson",
            "80.0 %",
        ):
            with self.subTest(expected):
                self.assertIn(expected, text)
        symbol = self.company.currency_id.symbol
        self.assertRegex(text.replace("\ufeff", ""), rf"\{symbol}\s*30,000\.00")

    def test_minutes_for_all_have_the_figures_where_all_may_read_them(self):
        meeting = self._hold_meeting()
        self.assertIn("80.0 %", self._render(meeting, self.salesperson))
        for_all = meeting.with_context(minutes_lang="en_US")
        self.assertFalse(for_all._shows_pack())
        text = self._render(for_all, self.leader)
        self.assertIn("Grow.", text)
        self.assertNotIn("80.0 %", text)
        self.company.sales_meeting_share_pack = True
        self.assertIn("80.0 %", self._render(for_all, self.leader))

    def test_the_report_is_in_the_language_of_who_prints_it(self):
        text = self._render(self._hold_meeting(), self.colleague, "zh_TW")
        self.assertIn("議程", text)
        self.assertIn("訂單金額", text)
        self.assertNotIn("Agenda", text)

    def test_only_who_attends_prints_it(self):
        with self.assertRaises(AccessError):
            self._render(self._hold_meeting(), self.outsider)

    def test_each_attendee_gets_the_minutes_in_their_language(self):
        template = self.env.ref("sales_efficiency_review.mail_template_minutes")
        template.with_context(lang="zh_TW").subject = "會議記錄：{{ object.name }}"
        meeting = self._hold_meeting()
        meeting.action_send_minutes()
        mails = self._get_mails(meeting)
        people = {mail.subject[:4]: mail.recipient_ids for mail in mails}
        self.assertEqual(
            people,
            {
                "Minu": (self.leader + self.salesperson).partner_id,
                "會議記錄": self.colleague.partner_id,
            },
        )
        self.assertTrue(all(mail.attachment_ids for mail in mails))
        self.assertTrue(meeting.minutes_sent_date)

    def test_who_has_no_language_gets_no_more_figures_than_others(self):
        meeting = self._hold_meeting()
        meeting.partner_ids.sudo().lang = False
        for is_shared in (False, True):
            self.company.sales_meeting_share_pack = is_shared
            sent = self._get_mails(meeting)
            meeting.action_send_minutes()
            mails = self._get_mails(meeting) - sent
            with self.subTest(is_shared=is_shared):
                self.assertEqual(len(mails), 1)
                # In tests the PDF is the HTML page that it would be printed from.
                text = html.fromstring(mails.attachment_ids.raw).text_content()
                self.assertIn("Grow.", text)
                self.assertEqual("80.0 %" in text, is_shared)

    def test_minutes_are_sent_of_what_was_held_and_by_who_holds_it(self):
        meeting = self._create_meeting()
        with self.assertRaises(UserError):
            meeting.action_send_minutes()
        meeting.action_hold()
        with self.assertRaises(AccessError):
            meeting.with_user(self.salesperson).action_send_minutes()
        self.assertFalse(self._get_mails(meeting))

    def test_without_addresses_the_minutes_are_not_said_to_be_sent(self):
        meeting = self._create_meeting()
        meeting.action_hold()
        meeting.partner_ids.sudo().email = False
        with self.assertRaisesRegex(UserError, "e-mail address"):
            meeting.action_send_minutes()
        self.assertFalse(meeting.minutes_sent_date)
