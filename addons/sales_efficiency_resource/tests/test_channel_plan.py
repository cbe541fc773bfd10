# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from psycopg2.errors import UniqueViolation

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, freeze_time, tagged
from odoo.tools import mute_logger

from .channel_common import ChannelCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-10-15 12:00:00")
class TestChannelPlan(ChannelCommon):
    """Position, target customers and strategy of a channel (policy 5.2.1)."""

    def _draft(self, user=None):
        form = Form(self.env["sales.channel.plan"].with_user(user or self.leader))
        form.channel_id = self.channel_agent
        form.position = "Opens doors"
        form.region_ids.add(self.region_north)
        form.target_domain = "[('name', 'like', 'Customer North')]"
        return form.save()

    def test_a_leader_plans_and_a_director_approves(self):
        plan = self._draft()
        self.assertEqual(plan.display_name, "Test Agent 2026")
        self.assertEqual(plan.target_count, 1)
        plan.action_submit()
        self.assertEqual(plan.state, "submitted")
        self.assertTrue(plan.review_ids)
        with self.assertRaises(UserError):
            plan.position = "Another one"
        self.env.invalidate_all()
        plan.with_user(self.director)._validate_tier()
        self.assertEqual(plan.state, "running")
        self.assertEqual(plan.submitted_by_id, self.leader)

    def test_a_plan_without_position_is_not_submitted(self):
        plan = self._draft()
        plan.position = False
        with self.assertRaisesRegex(UserError, "Enter the position of Test Agent"):
            plan.action_submit()

    def test_a_running_plan_changes_by_way_of_a_draft(self):
        plan = self._create_plan().with_user(self.leader)
        with self.assertRaisesRegex(UserError, "Take it back to draft"):
            plan.planned_cost = 5
        plan.action_draft()
        plan.planned_cost = 5
        self.assertEqual(plan.state, "draft")
        with self.assertRaisesRegex(UserError, "no longer"):
            plan.action_close()

    def test_what_was_approved_is_not_deleted(self):
        plan = self._create_plan().with_user(self.director)
        plan.action_draft()
        with self.assertRaisesRegex(UserError, "its coverage counts"):
            plan.unlink()
        draft = self._create_plan("draft", date_from="2027-01-01")
        draft.with_user(self.director).unlink()

    def test_a_closed_plan_stays(self):
        plan = self._create_plan().with_user(self.director)
        plan.action_close()
        with self.assertRaises(UserError):
            plan.action_draft()
        with self.assertRaises(UserError):
            plan.unlink()

    def test_nobody_writes_the_status(self):
        plan = self._draft()
        with self.assertRaises(AccessError):
            plan.state = "running"

    @mute_logger("odoo.sql_db")
    def test_a_channel_has_one_plan_a_year(self):
        self._create_plan()
        with self.assertRaises(UniqueViolation), self.env.cr.savepoint():
            self._create_plan()
        self.assertTrue(self._create_plan(date_from="2027-01-01"))

    def test_a_plan_is_for_a_fiscal_year(self):
        self.company.write({"fiscalyear_last_month": "3", "fiscalyear_last_day": 31})
        with self.assertRaisesRegex(ValidationError, "starts on 04/01/2025"):
            self._create_plan(date_from="2026-01-01")
        plan = self._create_plan(date_from="2026-04-01")
        self.assertEqual(str(plan.date_to), "2027-03-31")
        self.assertEqual(plan.display_name, "Test Agent 2026/2027")

    def test_target_customers_that_cannot_be_found_are_refused(self):
        for text in (
            "[('no_such_field', '=', 1)]",
            "no domain",
            "[('name', '>', 1, 2)]",
        ):
            with (
                self.assertRaisesRegex(ValidationError, "target customers"),
                self.env.cr.savepoint(),
            ):
                self._create_plan(target_domain=text)

    def test_target_customers_are_counted_today(self):
        plan = self._create_plan(target_domain="[('country_id.code', '=', '0A')]")
        count = plan.target_count
        self.customer_nowhere.country_id = self.country_a
        plan.invalidate_recordset(["target_count"])
        self.assertEqual(plan.target_count, count + 1)
        action = plan.with_user(self.leader).action_open_customers()
        found = self.env["res.partner"].search_count(action["domain"])
        self.assertEqual(found, count + 1)

    def test_targets_of_the_channel_are_linked(self):
        target = self._create_target(
            parent_id=self.root.id, channel_id=self.channel_agent.id, amount=1000
        )
        self._start()
        self._refresh()
        plan = self._create_plan()
        other = self._create_plan(channel_id=self.channel_distributor.id)
        next_year = self._create_plan(date_from="2027-01-01")
        plans = (plan | other | next_year).with_user(self.director)
        self.assertEqual(
            [plan.result_ids.target_id for plan in plans],
            [target, target.browse(), target.browse()],
        )

    def test_who_sees_a_plan(self):
        draft = self._create_plan(state="draft")
        running = self._create_plan(channel_id=self.channel_distributor.id)
        for user, sees in (
            (self.salesperson, running),
            (self.outsider, running),
            (self.leader, draft + running),
            (self.director, draft + running),
        ):
            plans = self.env["sales.channel.plan"].with_user(user)
            found = plans.search([("id", "in", (draft + running).ids)])
            self.assertEqual(set(found), set(sees.with_user(user)))
        other = self._create_user("leader", login="other_leader")
        with self.assertRaises(AccessError):
            running.with_user(other).action_draft()
        with self.assertRaises(AccessError):
            _cost = running.with_user(self.salesperson).planned_cost
