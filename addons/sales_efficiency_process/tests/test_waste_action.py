# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date, timedelta
from unittest.mock import patch

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, freeze_time, tagged
from odoo.tools import SQL

from odoo.addons.sales_efficiency_base.engine import ActionEffect
from odoo.addons.sales_efficiency_base.tools import Period

from ..engine.funnel import Waste
from .funnel_common import MONDAY, FunnelCommon

DAY = timedelta(days=1)
OCTOBER = Period(date(2026, 10, 1), date(2026, 10, 31))


@tagged("post_install", "-at_install")
@freeze_time("2026-11-30 12:00:00")
class TestWasteAction(FunnelCommon):
    """From the waste finder to an action item with its effect (section D)."""

    def _find(self, user):
        self._limit(self.new, 5)
        lead = self._lead(expected_revenue=300)
        self._write_stays(lead, (self.new, MONDAY, MONDAY + 14 * DAY))
        finder = Form(
            self.env["sales.waste.finder"].with_user(user),
            "sales_efficiency_process.sales_waste_finder_view_form",
        )
        finder.date_from, finder.date_to = OCTOBER.start, OCTOBER.end
        return lead, finder

    def test_the_finder_opens_its_documents(self):
        lead, finder = self._find(self.leader)
        [cause] = [c for c in finder.answer["causes"] if c["code"] == "waiting"]
        self.assertEqual((cause["documents"], cause["days"]), (1, 5))
        action = (
            self.env["sales.waste"]
            .with_user(self.leader)
            .action_open_found("waiting", finder.answer["question"])
        )
        self.assertEqual(action["domain"], [("id", "in", lead.ids)])

    def test_of_too_many_documents_the_longest_are_listed(self):
        lead, finder = self._find(self.leader)
        other = self._lead()
        self._write_stays(other, (self.new, MONDAY, MONDAY + 15 * DAY))
        question = finder.answer["question"]
        wastes = self.env["sales.waste"].with_user(self.leader)
        action = wastes.action_open_found("waiting", question)
        self.assertEqual(action["domain"], [("id", "in", (other + lead).ids)])
        self.assertEqual(action["name"], "Waiting beyond the limit")
        with patch(f"{Waste.__module__}.SHOWN", 1):
            action = wastes.action_open_found("waiting", question)
        self.assertEqual(action["domain"], [("id", "in", other.ids)])
        self.assertIn("the 1 that waited longest", action["name"])

    def test_a_cause_becomes_an_action_item_whose_effect_is_measured(self):
        lead, finder = self._find(self.leader)
        wastes = self.env["sales.waste"].with_user(self.leader)
        question = finder.answer["question"]
        action = wastes.action_take_up("waiting", question)
        waste = wastes.browse(action["context"]["default_waste_id"])
        self.assertRecordValues(
            waste,
            [
                {
                    "code": "waiting",
                    "team_id": self.team_department.id,
                    "document_count": 1,
                    "days": 5,
                    "money": 300,
                    "owner_id": self.leader.id,
                }
            ],
        )
        again = wastes.action_take_up("waiting", question)
        self.assertEqual(again["context"], action["context"], "the same cause")
        items = self.env["sales.action"].with_user(self.leader)
        with Form(items.with_context(**action["context"])) as form:
            form.date_deadline = "2026-10-20"
        item = form.record
        self.assertEqual(item.metric_id.code, "waste_waiting")
        self.company.sales_action_effect_weeks = 1
        item.state = "done"
        item.sudo().date_done = MONDAY + 11 * DAY
        ActionEffect(self.env).measure(item.sudo())
        item.invalidate_recordset()
        # The week until Friday the 16th: all five days but Monday are waste; then one
        self.assertTrue(item.is_effect_known)
        self.assertEqual((item.value_before, item.value_after), (4, 1))
        self.assertEqual(item.effect, -3)
        self.assertTrue(lead)

    def test_a_salesperson_cannot_measure_others(self):
        wastes = self.env["sales.waste"].with_user(self.salesperson)
        values = {"code": "waiting", "date_from": MONDAY, "date_to": MONDAY}
        self.assertTrue(wastes.create({**values, "user_id": self.salesperson.id}))
        for scope in (
            {},
            {"user_id": self.colleague.id},
            {"team_id": self.team_field.id},
        ):
            with self.subTest(scope), self.assertRaises(ValidationError):
                wastes.create({**values, **scope})

    def test_bad_questions_are_refused(self):
        wastes = self.env["sales.waste"].with_user(self.salesperson)
        for question in (
            None,
            {},
            {"date_from": "2026-10-02", "date_to": "2026-10-01"},
        ):
            with self.subTest(question), self.assertRaises(UserError):
                wastes.action_open_found("waiting", question)

    def test_a_cause_that_nobody_knows_is_refused(self):
        wastes = self.env["sales.waste"].with_user(self.salesperson)
        question = {"date_from": "2026-10-01", "date_to": "2026-10-02"}
        for code in ("no_such_cause", ["waiting"], None):
            with self.subTest(code), self.assertRaises(UserError):
                wastes.action_open_found(code, question)
            with self.subTest(code), self.assertRaises(UserError):
                wastes.action_take_up(code, question)

    def test_the_period_is_in_order(self):
        _lead, finder = self._find(self.leader)
        finder.date_to = date(2026, 9, 1)
        self.assertIn("cannot end before", finder.answer["problem"])
        finder.date_to = False
        self.assertIn("Choose a period", finder.answer["problem"])

    def test_what_nothing_is_done_about_does_not_stay(self):
        _lead, finder = self._find(self.leader)
        wastes = self.env["sales.waste"].with_user(self.leader)

        def take_up(code):
            action = wastes.action_take_up(code, finder.answer["question"])
            return wastes.browse(action["context"]["default_waste_id"]).sudo()

        left, told, done = map(take_up, ("waiting", "no_step", "skipped"))
        told.message_post(body="Let us talk about it", message_type="comment")
        self.env["sales.action"].create(
            {"name": "Call", "waste_id": done.id, "user_id": self.leader.id}
        )
        self.env.flush_all()
        wastes.sudo()._gc_left_behind()
        self.assertTrue(left.exists(), "the dialog may still be open")
        self.env.cr.execute(
            SQL(
                "UPDATE sales_waste SET create_date = create_date - %(day)s,"
                " write_date = create_date - %(day)s",
                day=2 * DAY,
            )
        )
        self.env.invalidate_all()
        wastes.sudo()._gc_left_behind()
        self.assertEqual((left | told | done).exists(), told | done)

    def test_a_cause_opens_its_documents_and_items_later(self):
        lead, finder = self._find(self.leader)
        wastes = self.env["sales.waste"].with_user(self.leader)
        action = wastes.action_take_up("waiting", finder.answer["question"])
        waste = wastes.browse(action["context"]["default_waste_id"])
        self.assertEqual(
            waste.action_open_documents()["domain"], [("id", "in", lead.ids)]
        )
        self.assertEqual(waste.action_open_actions()["res_model"], "sales.action")
        self.assertIn("Waiting beyond the limit", waste.display_name)
        with self.assertRaises(AccessError):
            waste.with_user(self.outsider).action_open_documents()

    def test_metrics_of_all_causes_have_values(self):
        self._find(self.leader)
        codes = ["waste_days", "waste_waiting", "waste_no_step", "waste_turned_back"]
        codes += ["waste_skipped", "waste_changed_hands"]
        metrics = self.env["sales.metric"].with_context(active_test=False)
        metrics = metrics.search([("code", "in", codes)])
        self.assertEqual(len(metrics), len(codes))
        values = metrics._evaluate([self.scope], [OCTOBER, self._month(9)])
        by_code = {
            metric.code: values[metric.id, self.scope, OCTOBER] for metric in metrics
        }
        self.assertEqual(by_code["waste_waiting"], 5)
        gone = metrics[0].copy({"code": "waste_gone", "name": "Of an add-on gone"})
        values = gone._evaluate([self.scope], [OCTOBER])
        self.assertFalse(values[gone.id, self.scope, OCTOBER])
        self.assertGreaterEqual(by_code["waste_days"], by_code["waste_waiting"])
