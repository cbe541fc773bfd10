# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date, timedelta
from unittest.mock import patch

from psycopg2.errors import UniqueViolation

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, freeze_time, tagged
from odoo.tools import mute_logger

from odoo.addons.sales_efficiency_base.tools import Period, Scope

from ..engine import ContactPlanning, ContactToDos
from .contact_common import TODAY, ContactCommon

NOON = "2026-10-15 12:00:00"


@tagged("post_install", "-at_install")
@freeze_time(NOON)
class TestSalesContactPlan(ContactCommon):
    """When the next contact is due, and who is told."""

    # ------------------------------------------------------------------
    # Days
    # ------------------------------------------------------------------

    def test_the_next_contact_is_the_last_one_and_the_rhythm(self):
        self._contact(day=date(2026, 10, 1))
        self.assertRecordValues(
            self._plan_of(),
            [
                {
                    "last_date": date(2026, 10, 1),
                    # Saturday, so Monday
                    "due_date": date(2026, 10, 31),
                    "next_date": date(2026, 11, 2),
                    "user_id": self.salesperson.id,
                    "team_id": self.team_field.id,
                    "state": "planned",
                }
            ],
        )

    def test_a_public_holiday_is_no_working_day(self):
        self.env["resource.calendar.leaves"].create(
            {
                "name": "Holiday",
                "calendar_id": self.company.resource_calendar_id.id,
                "company_id": self.company.id,
                "date_from": "2026-11-02 00:00:00",
                "date_to": "2026-11-02 23:59:59",
            }
        )
        self._contact(day=date(2026, 10, 1))
        self.assertEqual(self._plan_of().next_date, date(2026, 11, 3))

    def test_leave_of_the_person_moves_the_contact(self):
        employee = self.env["hr.employee"].create(
            {"name": "Seller", "user_id": self.salesperson.id}
        )
        self.env["resource.calendar.leaves"].create(
            {
                "name": "Leave",
                "calendar_id": employee.resource_calendar_id.id,
                "resource_id": employee.resource_id.id,
                "date_from": "2026-11-02 00:00:00",
                "date_to": "2026-11-06 23:59:59",
            }
        )
        self._contact(day=date(2026, 10, 1))
        self.assertEqual(self._plan_of().next_date, date(2026, 11, 9))

    def test_nobody_is_blamed_for_the_time_before_the_policy(self):
        self._contact(day=date(2026, 2, 1))
        self.policy.date_from = TODAY
        self._plan_of().unlink()
        self._plan()
        self.assertEqual(self._plan_of().due_date, TODAY + timedelta(days=30))
        self.assertEqual(self._plan_of().state, "planned")

    def test_a_customer_never_contacted_is_due_after_the_start(self):
        self._plan()
        self.assertEqual(self._plan_of().due_date, date(2026, 7, 31))
        self.assertEqual(self._plan_of().overdue_days, 76)
        self.assertEqual(self._plan_of().state, "overdue")

    def test_a_new_customer_is_due_after_it_came(self):
        customer = self.env["res.partner"].create(
            {"name": "New", "user_id": self.salesperson.id}
        )
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE res_partner SET create_date = '2026-10-10' WHERE id = %s",
            [customer.id],
        )
        self._plan()
        self.assertEqual(self._plan_of(customer).due_date, date(2026, 11, 9))

    def test_customers_without_a_rhythm_are_not_planned(self):
        self.policy.contact_days = 0
        self._plan()
        self.assertFalse(self._plan_of())

    def test_a_customer_of_nobody_is_not_planned_until_it_is_somebody_s(self):
        self._plan()
        self.assertFalse(self._plan_of(self.customer_nowhere))
        self.customer_nowhere.with_company(
            self.company
        ).sales_class_id = self.key_accounts
        self._plan()
        self.assertFalse(self._plan_of(self.customer_nowhere).user_id)

    def test_an_archived_customer_is_not_planned_any_more(self):
        self._plan()
        self.customer_north.active = False
        self._plan()
        self.assertFalse(self._plan_of())

    def test_the_policy_says_who(self):
        self._plan()
        self.policy.owner = "leader"
        self.team_field.user_id = self.leader
        self._plan()
        self.assertEqual(self._plan_of().user_id, self.leader)
        self.policy.write({"owner": "user", "owner_id": self.director.id})
        self._plan()
        self.assertEqual(self._plan_of().user_id, self.director)

    def test_it_takes_as_many_queries_for_one_customer_as_for_many(self):
        def count():
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            ContactPlanning(self.company).plan()
            return self.env.cr.sql_log_count - before

        count()  # fills caches
        few = count()
        self.env["res.partner"].create(
            [
                {"name": f"Customer {number}", "user_id": self.salesperson.id}
                for number in range(30)
            ]
        )
        self.assertEqual(count(), few)

    def test_it_takes_as_many_queries_for_some_customers_as_for_all(self):
        def count(partner_ids):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            ContactPlanning(self.company).plan(partner_ids)
            return self.env.cr.sql_log_count - before

        count(None)  # fills caches, and notes the policy
        self.assertEqual(count(None), count(self.customer_north.ids))

    def test_handing_over_customers_costs_the_same_queries_for_ten_as_for_a_hundred(
        self,
    ):
        """Odoo's own e-mails apart; it updates a hundred records at a time."""
        customers = self.env["res.partner"].create(
            [{"name": f"Customer {n}", "user_id": self.env.uid} for n in range(111)]
        )
        customers = customers.with_user(self.director)
        customers = customers.with_context(tracking_disable=True)

        def count(partners):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            partners.user_id = self.salesperson
            self.env.flush_all()
            return self.env.cr.sql_log_count - before

        count(customers[:1])  # fills caches
        self.assertEqual(count(customers[1:11]), count(customers[11:]))

    # ------------------------------------------------------------------
    # To-dos
    # ------------------------------------------------------------------

    def test_a_customer_has_one_to_do_however_often_the_job_runs(self):
        self._run()
        self._run()
        self.assertRecordValues(
            self._to_dos(),
            [
                {
                    "user_id": self.salesperson.id,
                    "activity_type_id": self.call.id,
                    "date_deadline": date(2026, 7, 31),
                    "automated": True,
                }
            ],
        )

    def test_a_second_to_do_is_refused_by_the_database(self):
        self._run()
        to_do = self._to_dos()
        second = self._schedule()
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(UniqueViolation),
            self.env.cr.savepoint(),
        ):
            second.sales_contact_plan_id = to_do.sales_contact_plan_id
            second.flush_recordset()

    def test_the_best_grades_come_first_then_those_who_waited_longest(self):
        self.company.sales_contact_limit = 2
        customers = self.env["res.partner"].create(
            [
                {"name": f"Customer {number}", "user_id": self.salesperson.id}
                for number in range(4)
            ]
        )
        self.env.flush_all()
        self.env.cr.execute("UPDATE res_partner SET create_date = '2026-01-05'")
        late, later, good, best = customers
        self._contact(day=date(2026, 8, 20), record=self.customer_north)
        self._contact(day=date(2026, 8, 10), record=late)
        self._contact(day=date(2026, 7, 20), record=later)
        self._contact(day=date(2026, 9, 1), record=good)
        self._contact(day=date(2026, 9, 1), record=best)
        good.sudo().sales_grade_id = self.grade_b
        best.sudo().sales_grade_id = self.grade_a
        own = customers + self.customer_north
        self._run()
        to_dos = self._to_dos(own).sorted("id")
        self.assertEqual(to_dos.mapped("res_id"), [best.id, good.id])
        self._run()
        self.assertEqual(len(self._to_dos(own)), 2, "no more that day")
        with freeze_time("2026-10-16 12:00:00"):
            self._run()
            asked = set(self._to_dos(own).mapped("res_id"))
            self.assertEqual(asked, set((own - self.customer_north).ids))

    def test_a_job_that_is_killed_goes_on_where_it_stopped(self):
        self.company.sales_contact_limit = 10
        customers = self.env["res.partner"].create(
            [
                {"name": f"Customer {number}", "user_id": self.salesperson.id}
                for number in range(4)
            ]
        )
        self.env.flush_all()
        self.env.cr.execute("UPDATE res_partner SET create_date = '2026-01-05'")
        self._plan()
        to_dos = ContactToDos(self.company)
        to_dos.give(to_dos.find()[:2])
        self._run()
        own = customers + self.customer_north
        self.assertEqual(sorted(self._to_dos(own).mapped("res_id")), sorted(own.ids))

    def test_a_to_do_that_is_done_is_a_contact(self):
        self._run()
        self._to_dos().with_user(self.salesperson).action_feedback("They like it.")
        self.assertFalse(self._to_dos())
        self.assertEqual(self._plan_of().last_date, TODAY)
        self._run()
        self.assertFalse(self._to_dos())

    def test_another_contact_ends_the_to_do(self):
        self._run()
        self._contact(record=self._create_order())
        self.assertFalse(self._to_dos())

    def test_the_to_do_goes_with_the_customer_to_another_salesperson(self):
        self._run()
        self.customer_north.user_id = self.colleague
        with freeze_time("2026-10-16 12:00:00"):
            self._run()
        self.assertEqual(self._to_dos().user_id, self.colleague)

    def test_a_limit_of_none_gives_none(self):
        self.company.sales_contact_limit = 0
        self._run()
        self.assertFalse(self._to_dos())

    def test_no_mail_is_sent_for_a_to_do(self):
        before = self.env["mail.mail"].search_count([])
        self._run()
        self.assertTrue(self._to_dos())
        self.assertEqual(self.env["mail.mail"].search_count([]), before)

    def test_what_another_job_works_on_is_left_to_it(self):
        self._plan()
        to_dos = ContactToDos(self.company)
        ids = to_dos.find()
        plans = self.env["sales.contact.plan"]
        with patch.object(
            type(plans), "try_lock_for_update", lambda plans, **_kwargs: plans.browse()
        ):
            to_dos.give(ids)
        self.assertFalse(self._to_dos())

    # ------------------------------------------------------------------
    # Snooze
    # ------------------------------------------------------------------

    def _snooze(self, until=TODAY + timedelta(days=7), user=None):
        wizard = (
            self.env["sales.contact.snooze"]
            .with_user(user or self.salesperson)
            .create(
                {
                    "plan_id": self._plan_of().id,
                    "until": until,
                    "reason": "On holiday",
                }
            )
        )
        wizard.action_snooze()

    def test_a_contact_is_put_off_with_a_reason(self):
        self._run()
        self._snooze()
        self.assertFalse(self._to_dos())
        self.assertEqual(self._plan_of().state, "snoozed")
        self.assertIn("On holiday", self.customer_north.message_ids[:1].body)
        self._run()
        self.assertFalse(self._to_dos())
        with freeze_time("2026-10-22 12:00:00"):
            self._run()
            self.assertTrue(self._to_dos())

    def test_a_contact_ends_the_snooze(self):
        self._plan()
        self._snooze()
        self._contact()
        self.assertFalse(self._plan_of().snoozed_until)
        self.assertFalse(self._plan_of().snooze_reason)

    def test_bad_snoozes_are_refused(self):
        self._plan()
        with self.assertRaisesRegex(UserError, "to come"):
            self._snooze(until=TODAY)
        with self.assertRaisesRegex(UserError, "a year"):
            self._snooze(until=TODAY + timedelta(days=400))
        with self.assertRaises(AccessError):
            self._snooze(user=self.outsider)
        self.assertFalse(self._plan_of().snoozed_until)

    # ------------------------------------------------------------------
    # Log contact
    # ------------------------------------------------------------------

    def _log(self, user=None, **values):
        action = self.customer_north.with_user(
            user or self.salesperson
        ).action_log_contact()
        form = Form(
            self.env["sales.contact.log"]
            .with_user(user or self.salesperson)
            .with_context(**action["context"])
        )
        for name, value in values.items():
            form[name] = value
        form.save().action_log()

    def test_a_contact_is_logged_in_two_taps(self):
        self._run()
        self._log()
        self.assertRecordValues(
            self._contacts(),
            [{"date": TODAY, "user_id": self.salesperson.id}],
        )
        self.assertFalse(self._to_dos())
        self.assertEqual(self._plan_of().last_date, TODAY)

    def test_a_contact_is_logged_on_a_past_day(self):
        self._log(date=date(2026, 10, 5), note="Sent the offer")
        self.assertEqual(self._contacts().date, date(2026, 10, 5))
        self.assertIn("Sent the offer", self.customer_north.message_ids[:1].body)

    def test_what_is_still_to_come_is_no_contact(self):
        with self.assertRaisesRegex(UserError, "still to come"):
            self._log(date=date(2026, 10, 16))
        with self.assertRaisesRegex(UserError, "twelve months"):
            self._log(date=date(2025, 10, 1))
        self.assertFalse(self._contacts())

    def test_how_is_preset_by_the_policy(self):
        email = self.env.ref("mail.mail_activity_data_email")
        self.policy.activity_type_id = email
        self._log()
        self.assertEqual(self._contacts().activity_type_id, email)

    # ------------------------------------------------------------------
    # Figures
    # ------------------------------------------------------------------

    def _measure(self, code, *scopes):
        self.env["sales.mart"]._refresh()
        metric = self.env["sales.metric"].search([("code", "=", code)])
        period = Period.month(TODAY)
        values = metric._evaluate(list(scopes), [period])
        return [values.get((metric.id, scope, period)) for scope in scopes]

    def test_contacts_are_counted_by_person_and_team(self):
        self._contact()
        self._contact(record=self.customer_south, user=self.colleague)
        self._contact(record=self.customer_south, user=self.colleague)
        scopes = [
            Scope(self.company.id, user_id=self.salesperson.id),
            Scope(self.company.id, user_id=self.colleague.id),
            Scope(self.company.id, team_id=self.team_department.id),
            Scope(self.company.id, partner_id=self.customer_north.id),
        ]
        self.assertEqual(self._measure("contacts", *scopes), [1, 2, 3, 1])

    def test_coverage_is_the_share_of_those_due_that_were_contacted(self):
        self._contact(day=date(2026, 9, 1))
        self._contact(day=date(2026, 10, 10))
        self._contact(day=date(2026, 9, 10), record=self.customer_south)
        scopes = [
            Scope(self.company.id, user_id=self.salesperson.id),
            Scope(self.company.id, user_id=self.colleague.id),
            Scope(self.company.id, team_id=self.team_department.id),
            Scope(self.company.id, user_id=self.outsider.id),
        ]
        self.assertEqual(self._measure("contact_coverage", *scopes), [100, 0, 50, None])

    def test_who_is_not_due_yet_does_not_lower_the_coverage(self):
        self._contact(day=date(2026, 9, 30))
        scope = Scope(self.company.id, user_id=self.salesperson.id)
        self.assertEqual(self._measure("contact_coverage", scope), [None])

    def test_the_cockpit_shows_who_is_due(self):
        self._plan()
        for user, names in (
            (self.salesperson, ["Customer North"]),
            (self.outsider, None),
        ):
            data = self.env["sales.cockpit"].with_user(user).get_data({"scope": "my"})
            panel = data["panels"].get("contacts_due")
            with self.subTest(user.login):
                self.assertEqual(
                    panel and [row["name"] for row in panel["rows"]], names
                )

    # ------------------------------------------------------------------
    # Rights and companies
    # ------------------------------------------------------------------

    def test_who_sees_the_customers_to_contact(self):
        self._plan()
        domain = [("partner_id", "in", (self.customer_north + self.customer_south).ids)]
        plans = self.env["sales.contact.plan"]
        for user, count in (
            (self.salesperson, 1),
            (self.outsider, 0),
            (self._create_support(self.team_field), 2),
            (self.leader, 2),
            (self.director, 2),
        ):
            with self.subTest(user.login):
                self.assertEqual(plans.with_user(user).search_count(domain), count)

    def test_companies_contact_a_shared_customer_each_on_its_own(self):
        other = self.env["res.company"].create({"name": "Other", "sales_tz": "UTC"})
        self.salesperson.company_ids += other
        self._create_policy(company_id=other.id, contact_days=90)
        self._contact(day=date(2026, 10, 1))
        self._plan()
        self._plan(other)
        self.assertEqual(self._plan_of().last_date, date(2026, 10, 1))
        self.assertEqual(self._plan_of(company=other).due_date, date(2026, 9, 29))
        self._run()
        self.assertEqual(len(self._to_dos()), 1)

    def test_the_customer_page_shows_last_and_next_contact(self):
        self._contact(day=date(2026, 10, 1))
        customer = self.customer_north.with_user(self.salesperson)
        self.assertEqual(customer.sales_last_contact_date, date(2026, 10, 1))
        self.assertEqual(customer.sales_next_contact_date, date(2026, 11, 2))
        found = customer.search(
            [
                ("sales_next_contact_date", "<=", "2026-11-02"),
                ("id", "=", customer.id),
            ]
        )
        self.assertEqual(found, customer)
