# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta
from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.tests import freeze_time, tagged

from ..engine import ContactToDos
from ..models import sales_contact
from .contact_common import TODAY, ContactCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-10-15 12:00:00")
class TestSalesContactJobs(ContactCommon):
    """The jobs that plan contacts and give to-dos."""

    def _follow_up(self):
        """Run the job once, out of time from the start.

        :return: how many to-dos it says are left
        """
        left = []

        def commit(_cron, _processed=0, remaining=None):
            left.append(remaining)
            return 0

        cron = type(self.env["ir.cron"])
        with (
            patch.object(cron, "_commit_progress", commit),
            patch.object(sales_contact, "BATCH", 1),
        ):
            self.env["sales.contact"]._cron_follow_up()
        return left[-1]

    def test_a_job_out_of_time_gives_a_batch_and_says_what_is_left(self):
        self._plan()
        total = len(ContactToDos(self.company).find())
        self.assertGreaterEqual(total, 2)
        for left in reversed(range(total)):
            self.assertEqual(self._follow_up(), left)
        found = self._to_dos(self.customer_north + self.customer_south)
        self.assertEqual(len(found), 2)

    def test_what_a_second_company_waits_for_is_left_too(self):
        other = self.env["res.company"].create({"name": "Other", "sales_tz": "UTC"})
        self.colleague.company_ids += other
        self._plan()
        total = len(ContactToDos(self.company).find())
        self._create_policy(company_id=other.id)
        self._plan(other)
        found = len(ContactToDos(self.company + other).find())
        self.assertGreater(found, total)
        self.assertEqual(self._follow_up(), found - 1)

    def test_the_limit_of_a_person_holds_for_all_its_companies(self):
        other = self.env["res.company"].create({"name": "Other", "sales_tz": "UTC"})
        (self.company + other).sales_contact_limit = 1
        self.salesperson.company_ids += other
        self._create_policy(company_id=other.id)
        self._run()
        self.assertEqual(len(self._to_dos()), 1)

    def test_to_dos_count_for_those_who_got_them(self):
        self.company.sales_contact_limit = 1
        self._run()
        self.customer_north.user_id = self.colleague
        self._run()
        second = self.customer_south.copy({"user_id": self.salesperson.id})
        self.env.flush_all()
        self.env.cr.execute("UPDATE res_partner SET create_date = '2026-01-05'")
        self.env["sales.service.policy"].search([]).is_planned = False
        self._run()
        self.assertFalse(self._to_dos(second), "one for the salesperson today")

    def test_a_customer_put_off_since_it_was_found_gets_no_to_do(self):
        self._plan()
        to_dos = ContactToDos(self.company)
        ids = to_dos.find()
        self._plan_of()._snooze(TODAY + timedelta(days=7), "On holiday")
        to_dos.give(ids)
        to_dos.give(ids)
        self.assertFalse(self._to_dos())
        self.assertEqual(len(self._to_dos(self.customer_south)), 1)

    def test_the_hourly_planning_takes_back_to_dos_of_others(self):
        self._run()
        self.customer_north.user_id = self.colleague
        with self.enter_registry_test_mode():
            self.env.ref(
                "sales_efficiency_resource.ir_cron_contact_sync"
            ).method_direct_trigger()
        self.assertFalse(self._to_dos())

    def test_what_was_done_outlives_the_policy(self):
        self._run()
        self._to_dos().action_feedback("They like it.")
        self.assertEqual(len(self._contacts()), 1)
        self.policy.active = False
        self._run()
        self.assertFalse(self._plan_of())
        self.assertEqual(len(self._contacts()), 1)
        self.assertEqual(len(self._facts()), 1)

    def test_a_policy_that_plans_contacts_is_archived_not_deleted(self):
        self._plan()
        with self.assertRaisesRegex(UserError, "Archive it"):
            self.policy.unlink()
        self.policy.active = False
        self._run()
        self.policy.unlink()
        self.assertFalse(self.policy.exists())

    def test_what_has_not_changed_uses_up_no_numbers(self):
        self._contact()
        self._plan()

        def get_last():
            self.env.cr.execute(
                "SELECT contact.last_value, plan.last_value"
                "  FROM sales_contact_id_seq contact, sales_contact_plan_id_seq plan"
            )
            return self.env.cr.fetchone()

        before = get_last()
        self.env["sales.contact"]._sync_all()
        self._plan()
        self.assertEqual(get_last(), before)

    def test_thousands_of_documents_are_taken_over_soon(self):
        """They are not compared with all contacts one by one: that takes minutes."""
        self.env.cr.execute(
            """
            INSERT INTO mail_activity (res_model_id, res_model, res_id,
                   activity_type_id, user_id, date_deadline, date_done, active)
            SELECT (SELECT id FROM ir_model WHERE model = 'res.partner'),
                   'res.partner', %s, %s, %s, '2026-09-01', '2026-09-01', FALSE
              FROM generate_series(1, 20000);
            SET LOCAL statement_timeout = '10s'
            """,
            [self.customer_north.id, self.call.id, self.salesperson.id],
        )
        contacts = self.env["sales.contact"]
        contacts._sync_all()
        self.assertEqual(contacts.search_count([("user_id", "!=", False)]), 20000)
        self.env.cr.execute("DELETE FROM mail_activity WHERE NOT active AND id % 2 = 0")
        contacts._sync_all()
        self.env.cr.execute("SET LOCAL statement_timeout = 0")
        self.assertEqual(contacts.search_count([("user_id", "!=", False)]), 10000)

    def test_only_what_plans_contacts_starts_the_planning(self):
        job = self.env.ref("sales_efficiency_resource.ir_cron_contact_compare")
        triggers = self.env["ir.cron.trigger"]

        def count():
            self.env.flush_all()
            return triggers.search_count([("cron_id", "=", job.id)])

        before = count()
        self.policy.strategy = "Visit them."
        self.assertEqual(count(), before)
        self.policy.contact_days = 20
        self.assertEqual(count(), before + 1)
