# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date, timedelta

from odoo.fields import Domain
from odoo.tests import Form, freeze_time, tagged

from odoo.addons.sales_efficiency_base.engine.cockpit import Choice

from ..engine.funnel import WaitsPanel
from .funnel_common import MONDAY, FunnelCommon

VIEW = "sales_efficiency_process.sales_funnel_view_form"


@tagged("post_install", "-at_install")
class TestFunnelScreen(FunnelCommon):
    """The form of the funnel, the stays behind it, and the cockpit."""

    def _form(self, user):
        return Form(self.env["sales.funnel"].with_user(user), VIEW)

    def test_everybody_begins_with_what_is_theirs(self):
        self.assertEqual(self._form(self.salesperson).user_id, self.salesperson)
        self.assertEqual(self._form(self.leader).team_id, self.team_department)
        director = self._form(self.director)
        self.assertFalse(director.team_id or director.user_id)

    @freeze_time("2026-11-30 12:00:00")
    def test_another_choice_is_another_answer(self):
        lead = self._lead(sales_categ_id=self.category.id)
        self._write_stays(lead, (self.new, MONDAY, None))
        form = self._form(self.leader)
        form.date_from, form.date_to = date(2026, 10, 1), date(2026, 10, 31)
        self.assertEqual([step["reached"] for step in form.answer["steps"]], [1, 0])
        form.date_to = date(2026, 10, 4)
        self.assertEqual([step["reached"] for step in form.answer["steps"]], [0, 0])
        form.date_to = date(2026, 9, 1)
        self.assertIn("cannot end before", form.answer["problem"])
        form.date_from = form.date_to = False
        form.categ_id = self.category
        self.assertEqual(form.answer["steps"][0]["reached"], 1)
        form.as_of = MONDAY - timedelta(days=1)
        self.assertEqual(form.answer["steps"], [])

    @freeze_time("2026-11-30 12:00:00")
    def test_a_step_leads_to_its_stays(self):
        lead = self._lead()
        self._write_stays(
            lead,
            (self.new, MONDAY, MONDAY + timedelta(days=3)),
            (self.qualified, MONDAY + timedelta(days=3), None),
        )
        form = self._form(self.leader)
        domain = Domain(form.answer["domain"])
        domain &= Domain("stage_id", "in", form.answer["steps"][0]["stage_ids"])
        stays = self.env["sales.stage.report"].with_user(self.leader).search(domain)
        self.assertEqual((stays.lead_id, stays.days), (lead, 3))
        self.assertEqual(stays.action_open_lead()["res_id"], lead.id)

    @freeze_time("2026-11-30 12:00:00")
    def test_a_step_leads_to_those_that_waited_on_the_day(self):
        moved, waiting, later = self._lead(), self._lead(), self._lead()
        week = timedelta(days=7)
        self._write_stays(
            moved, (self.new, MONDAY, MONDAY + week), (self.offer, MONDAY + week, None)
        )
        self._write_stays(waiting, (self.new, MONDAY, None))
        self._write_stays(later, (self.new, MONDAY + 3 * week, None))
        form = self._form(self.leader)
        form.by = "flow"
        for first, last, waited, was_there in (
            (MONDAY, MONDAY, moved | waiting, moved | waiting),
            (MONDAY + week, MONDAY + week, waiting, moved | waiting),
            (MONDAY + 2 * week, MONDAY + 4 * week, waiting | later, waiting | later),
        ):
            with self.subTest(first):
                form.date_from, form.date_to = first, last
                step = form.answer["steps"][0]
                self.assertEqual(step["waiting"], len(waited))
                for name, leads in (("waiting_domain", waited), ("domain", was_there)):
                    domain = Domain(form.answer[name])
                    domain &= Domain("stage_id", "in", step["stage_ids"])
                    stays = self.env["sales.stage.report"].with_user(self.leader)
                    self.assertEqual(stays.search(domain).lead_id, leads)

    def test_the_report_tells_what_turned_back_and_is_not_over(self):
        lead = self._lead(expected_revenue=70)
        self._write_stays(
            lead,
            (self.new, MONDAY, MONDAY + timedelta(days=3)),
            (self.qualified, MONDAY + timedelta(days=3), MONDAY + timedelta(days=4)),
            (self.new, MONDAY + timedelta(days=4), None),
        )
        stays = self.env["sales.stage.report"].search(
            [("lead_id", "=", lead.id)], order="id"
        )
        self.assertEqual(stays.mapped("is_return"), [False, False, True])
        self.assertEqual(stays.mapped("is_open"), [False, False, True])
        self.assertEqual(stays.mapped("amount"), [70, 70, 70])
        [[days]] = self.env["sales.stage.report"]._read_group(
            [("lead_id", "=", lead.id), ("is_open", "=", False)], [], ["days:avg"]
        )
        self.assertEqual(days, 2)
        self.assertEqual(lead.with_user(self.salesperson).sales_stay_ids, stays)

    def _panel(self, panel, user, scope):
        choice = Choice(self.env(user=user), {"scope": scope})
        self.assertTrue(panel(choice).is_visible())
        return panel(choice).get_data()["rows"]

    def test_the_cockpit_shows_the_longest_waits(self):
        lead, other = self._lead("Long"), self._lead("Short", user_id=self.colleague.id)
        self._wait(lead, 30)
        self._wait(other, 10)
        rows = self._panel(WaitsPanel, self.salesperson, "my")
        self.assertEqual([(row["name"], row["days"]) for row in rows], [("Long", 30)])
        rows = self._panel(WaitsPanel, self.leader, "team")
        self.assertEqual([row["name"] for row in rows], ["Long", "Short"])
        lead.action_set_won()
        rows = self._panel(WaitsPanel, self.leader, "team")
        self.assertEqual([row["name"] for row in rows], ["Short"])

    def test_panels_cost_the_same_for_many(self):
        def count():
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self._panel(WaitsPanel, self.leader, "team")
            return self.env.cr.sql_log_count - before

        for _number in range(6):
            self._lead()
        count()
        few = count()
        for _number in range(10):
            self._lead()
        self.assertEqual(count(), few)
