# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from unittest.mock import patch

from odoo import SUPERUSER_ID
from odoo.tests import freeze_time, tagged

from ..models import sales_visit_follow_up
from ..models.sales_visit_follow_up import TO_DO
from .visit_common import HERE, NOON, VisitCommon


@tagged("post_install", "-at_install")
@freeze_time(NOON)
class TestVisitJob(VisitCommon):
    """A visit left without report is asked for (policy 3.1.3)."""

    def _run(self, moment):
        with self.enter_registry_test_mode(), freeze_time(moment):
            cron = self.env.ref("sales_efficiency_process.ir_cron_visit_reports")
            cron.method_direct_trigger()
        self.env.invalidate_all()

    def test_the_report_is_asked_for_after_the_hours_of_the_settings(self):
        visit = self._visit()
        self._check_in(visit)
        visit.check_out(self._reading(HERE))
        self._run("2026-10-16 14:59:00")
        self.assertFalse(self._to_dos(visit))
        self._run("2026-10-16 15:00:00")
        [to_do] = self._to_dos(visit)
        self.assertEqual(to_do.user_id, self.salesperson)
        self.assertEqual(to_do.activity_type_id, self.env.ref(TO_DO))
        self.assertIn("Customer North", to_do.summary)

    def test_it_is_asked_for_once(self):
        visit = self._visit()
        self._run("2026-10-17 12:00:00")
        self._run("2026-10-17 13:00:00")
        self.assertEqual(len(self._to_dos(visit)), 1)
        self._to_dos(visit).unlink()
        self._run("2026-10-18 12:00:00")
        self.assertFalse(self._to_dos(visit))

    def test_reports_are_asked_for_a_batch_at_a_time(self):
        visits = self._visit() + self._visit() + self._visit()
        model, sizes = type(visits), []
        search = model.search

        def note(records, *args, **kwargs):
            found = search(records, *args, **kwargs)
            sizes.append(len(found))
            return found

        with (
            patch.object(sales_visit_follow_up, "BATCH", 1),
            patch.object(model, "search", note),
        ):
            self._run("2026-10-17 12:00:00")
        self.assertEqual(max(sizes), 1)
        for visit in visits:
            self.assertEqual(len(self._to_dos(visit)), 1)

    def test_the_to_do_ends_with_the_report(self):
        done, cancelled = self._visit(), self._visit()
        self._run("2026-10-17 12:00:00")
        with freeze_time("2026-10-17 13:00:00"):
            done.result = "Good talk"
            done.action_done()
            cancelled.action_cancel()
        self.assertFalse(self._to_dos(done))
        self.assertFalse(self._to_dos(cancelled))
        kept = self.env["mail.activity"].with_context(active_test=False)
        kept = kept.search(
            [
                ("res_model", "=", "sales.visit"),
                ("res_id", "in", (done + cancelled).ids),
            ]
        )
        self.assertEqual(kept.mapped("res_id"), done.ids, "done, not deleted")

    def test_nobody_is_asked_for_what_is_done_cancelled_moved_or_very_old(self):
        done = self._hold(self._visit())
        cancelled, moved = self._visit(), self._visit()
        cancelled.action_cancel()
        moved.start = "2026-10-20 09:00:00"
        old = self._visit()
        # Salespeople enter none so late.
        old.with_user(SUPERUSER_ID).start = "2026-07-01 09:00:00"
        left = self._visit(user=self.colleague)
        self.colleague.active = False
        self._run("2026-10-17 12:00:00")
        for visit in done + cancelled + moved + old + left:
            self.assertFalse(self._to_dos(visit))

    def test_the_to_do_is_in_the_language_of_the_salesperson(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.salesperson.lang = "fr_FR"
        visit = self._visit()
        self._run("2026-10-17 12:00:00")
        self.assertIn("15/10/2026", self._to_dos(visit).summary)

    def test_missing_reports_are_found(self):
        visit = self._visit("2026-10-15 09:00:00")
        coming = self._visit()
        self.assertTrue(visit.is_overdue)
        self.assertFalse(coming.is_overdue)
        found = visit.search(list(visit._get_missing_domain()))
        self.assertIn(visit, found)
        self.assertNotIn(coming, found)

    def test_the_cockpit_shows_the_visits_of_today(self):
        self._hold(self._visit("2026-10-15 14:00:00"))
        self._visit("2026-10-15 09:00:00")
        self._visit("2026-10-16 09:00:00")
        self._visit("2026-10-15 10:00:00", user=self.colleague)
        for user, count, done, missing in (
            (self.salesperson, 2, 1, 1),
            (self.leader, 3, 1, 2),
        ):
            answer = self.env["sales.cockpit"].with_user(user).get_data()
            panel = answer["panels"]["visits_today"]
            with self.subTest(user.name):
                self.assertEqual(
                    (panel["count"], panel["done"], panel["missing"]),
                    (count, done, missing),
                )
