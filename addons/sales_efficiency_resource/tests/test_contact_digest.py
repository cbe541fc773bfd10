# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date

from odoo.tests import freeze_time, tagged

from odoo.addons.sales_efficiency_base.engine import AlertDigest

from ..engine import ContactDigest
from .contact_common import TODAY, ContactCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-10-15 12:00:00")
class TestContactDigest(ContactCommon):
    """The salesperson and the colleague have had a customer to contact since July."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["sales.alert"].search([]).unlink()
        cls.company.sales_alert_digest = "weekly"
        for user in (cls.salesperson, cls.colleague, cls.leader, cls.outsider):
            user.email = f"{user.login}@contact.example"
        cls._plan()

    def _create_customers(self, users, count=1, name="Customer"):
        """Create customers under the policy from its first day on."""
        customers = self.env["res.partner"].create(
            [
                {"name": f"{name} {number}", "is_company": True, "user_id": user.id}
                for number in range(count)
                for user in users
            ]
        )
        self.env.flush_all()
        self.env.cr.execute("UPDATE res_partner SET create_date = '2026-01-05'")
        return customers

    def _plan_anew(self):
        self.env["sales.contact.plan"].search([]).unlink()
        self.policy.is_planned = False
        self._plan()

    def _get_sections(self, user):
        return [
            describe(self.env)
            for who, describe in ContactDigest(self.env).get_sections()
            if who == user
        ]

    def _send(self):
        """:return: dict user -> their e-mails"""
        mails = self.env["mail.mail"].search([])
        digest = AlertDigest(self.env)
        for user, alerts in digest._get_digests().items():
            digest._send(user, alerts, digest._sections.get(user, ()))
        new = self.env["mail.mail"].search([]) - mails
        return {
            user: new.filtered(lambda mail, u=user: u.partner_id in mail.recipient_ids)
            for user in (self.salesperson, self.colleague, self.leader, self.outsider)
        }

    def test_salespeople_read_whom_to_contact_the_longest_due_first(self):
        late, today = self._create_customers(self.salesperson, 2)
        self._contact(day=date(2026, 9, 1), record=late)
        self._contact(day=date(2026, 9, 15), record=today)
        self._plan_anew()
        [section] = self._get_sections(self.salesperson)
        self.assertEqual(section.title, "Customers to contact: 3")
        self.assertEqual(
            section.lines,
            [
                ("Customer North", "since 07/31/2026"),
                (late.name, "since 10/01/2026"),
                (today.name, "today"),
            ],
        )

    def test_leaders_read_how_many_of_each_person(self):
        [section] = self._get_sections(self.leader)
        self.assertEqual(section.title, "Customers your people need to contact: 2")
        self.assertEqual(
            sorted(section.lines),
            sorted(
                (user.name, "1 due, 1 of them overdue")
                for user in (self.salesperson, self.colleague)
            ),
        )

    def test_a_leader_with_customers_reads_both(self):
        self.customer_north.user_id = self.leader
        self.team_department.user_id = self.leader
        self._plan()
        titles = [section.title for section in self._get_sections(self.leader)]
        self.assertEqual(
            titles,
            ["Customers to contact: 1", "Customers your people need to contact: 1"],
        )

    def test_who_leads_nobody_is_told_of_nobody(self):
        """A team may name somebody who has no part in leading, or nobody."""
        self.team_department.user_id = self.outsider
        self.assertFalse(self._get_sections(self.outsider))
        self.team_department.user_id = False
        self.assertFalse(self._get_sections(self.leader))

    def test_contacted_put_off_or_left_customers_are_not_named(self):
        self._contact(day=TODAY)
        self._plan_of(self.customer_south)._snooze(date(2026, 11, 2), "Fair")
        self._plan()
        for user in (self.salesperson, self.colleague, self.leader):
            self.assertFalse(self._get_sections(user))

    def test_who_has_no_role_in_the_company_any_more_is_not_told(self):
        self.salesperson.group_ids -= self.env.ref(
            "sales_efficiency_base.group_sales_person"
        )
        self.colleague.active = False
        self.assertFalse(self._get_sections(self.salesperson))
        self.assertFalse(self._get_sections(self.colleague))

    def test_everybody_gets_one_mail_a_week(self):
        mails = self._send()
        self.assertEqual(mails[self.salesperson].subject, "Customers to contact: 1")
        self.assertIn("Customer North", mails[self.salesperson].body_html)
        self.assertIn("/odoo/my-contacts", mails[self.salesperson].body_html)
        self.assertNotIn("Customer South", mails[self.salesperson].body_html)
        self.assertEqual(len(mails[self.leader]), 1)
        self.assertFalse(mails[self.outsider])
        with freeze_time("2026-10-16 12:00:00"):
            self.assertFalse(any(self._send().values()))
        with freeze_time("2026-10-19 12:00:00"):
            self.assertEqual(len(self._send()[self.salesperson]), 1)

    def test_where_no_digest_is_wanted_none_is_sent(self):
        self.company.sales_alert_digest = "never"
        self.assertFalse(any(self._send().values()))

    def test_the_mail_is_in_the_language_of_the_reader(self):
        self.env["res.lang"]._activate_lang("zh_TW")
        self.salesperson.lang = "zh_TW"
        self.assertIn("2026/07/31", self._send()[self.salesperson].body_html)

    def test_the_number_of_queries_does_not_depend_on_the_customers(self):
        def count():
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            ContactDigest(self.env).get_sections()
            return self.env.cr.sql_log_count - before

        count()  # fills caches that do not depend on customers
        few = count()
        self._create_customers(self.salesperson + self.colleague, 20)
        self._plan_anew()
        [section] = self._get_sections(self.leader)
        self.assertIn("42", section.title)
        self.assertEqual(count(), few)
