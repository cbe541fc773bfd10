# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.exceptions import AccessError, RedirectWarning, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from ..engine.playbook import PlaybookCheck
from .funnel_common import FunnelCommon


@tagged("post_install", "-at_install")
class TestPlaybook(FunnelCommon):
    """What an opportunity needs in its stage (section B4)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.lead = cls._lead().with_user(cls.salesperson)

    @classmethod
    def _ask(cls, stage, *requirements, **values):
        return cls.env["sales.playbook"].create(
            {
                "stage_id": stage.id,
                "company_id": cls.company.id,
                "requirement_ids": [
                    Command.create({"is_blocking": True, **requirement})
                    for requirement in requirements
                ],
                **values,
            }
        )

    @staticmethod
    def _of_field(name, /, **values):
        return {"kind": "field", "field_name": name, **values}

    def _assert_refused(self, stage, *names):
        with self.assertRaises(RedirectWarning) as caught, self.env.cr.savepoint():
            self.lead.stage_id = stage
        message, action, _button = caught.exception.args[:3]
        for name in names:
            self.assertIn(name, message)
        self.assertEqual(action["res_id"], self.lead.id)
        self.lead.invalidate_recordset()

    # ------------------------------------------------------------------
    # Refusal and warning
    # ------------------------------------------------------------------

    def test_a_stage_is_refused_with_what_is_missing_and_the_way_to_it(self):
        self._ask(
            self.qualified,
            self._of_field("expected_revenue"),
            self._of_field("date_deadline", name="When they decide"),
        )
        self._assert_refused(self.qualified, "Expected Revenue", "When they decide")
        self.assertEqual(self.lead.stage_id, self.new)
        self.lead.write({"expected_revenue": 10, "date_deadline": "2030-01-01"})
        self.lead.stage_id = self.qualified
        self.assertEqual(self.lead.stage_id, self.qualified)

    def test_a_form_is_refused_as_well_as_a_call(self):
        self._ask(self.qualified, self._of_field("expected_revenue"))
        with self.assertRaises(RedirectWarning), Form(self.lead) as form:
            form.stage_id = self.qualified

    def test_who_skips_a_stage_does_not_skip_what_it_needs(self):
        self._ask(self.qualified, self._of_field("expected_revenue"))
        self._assert_refused(self.offer, "Expected Revenue")
        with self.assertRaises(RedirectWarning), self.env.cr.savepoint():
            self.lead.action_set_won()

    def test_back_and_out_are_always_open(self):
        self.lead.stage_id = self.offer
        self._ask(self.new, self._of_field("phone"))
        self._ask(self.offer, self._of_field("phone"))
        self.lead.stage_id = self.qualified
        self.lead.action_set_lost()
        self.assertEqual(self.lead.won_status, "lost")

    def test_a_lost_opportunity_does_not_come_further_either(self):
        """It would be restored where it has not got to."""
        self._ask(self.qualified, self._of_field("expected_revenue"))
        with self.assertRaises(RedirectWarning), self.env.cr.savepoint():
            self.lead.write({"active": False, "stage_id": self.qualified.id})
        self.lead.invalidate_recordset()
        self.lead.action_set_lost()
        self._assert_refused(self.qualified, "Expected Revenue")
        self.lead.expected_revenue = 10
        self.lead.stage_id = self.qualified
        self.lead.action_unarchive()
        self.assertEqual(self.lead.stage_id, self.qualified)

    def test_what_can_wait_is_told_and_not_refused(self):
        self._ask(self.qualified, self._of_field("date_deadline", is_blocking=False))
        users = type(self.env["res.users"])
        with patch.object(users, "_bus_send", autospec=True) as send:
            self.lead.stage_id = self.qualified
        [call] = [c for c in send.call_args_list if c.args[1] == "simple_notification"]
        self.assertIn("Expected Closing", call.args[2]["message"])
        self.assertEqual(self.lead.sales_missing, "Expected Closing")

    def test_a_new_opportunity_has_time_to_get_what_the_first_stage_needs(self):
        self._ask(self.new, {"kind": "next_step"})
        lead = (
            self.env["crm.lead"]
            .with_user(self.salesperson)
            .create(
                {
                    "name": "New",
                    "type": "opportunity",
                    "team_id": self.team_field.id,
                    "stage_id": self.new.id,
                }
            )
        )
        self.assertEqual(lead.sales_missing, "Planned next step")

    def test_creating_in_a_later_stage_is_refused(self):
        self._ask(self.qualified, self._of_field("expected_revenue"))
        leads = self.env["crm.lead"].with_user(self.salesperson)
        values = {
            "name": "Imported",
            "type": "opportunity",
            "team_id": self.team_field.id,
            "stage_id": self.offer.id,
        }
        with self.assertRaisesRegex(UserError, "Expected Revenue"):
            leads.create(values)
        self.assertTrue(leads.create({**values, "expected_revenue": 5}))

    def test_many_are_moved_or_none(self):
        self._ask(self.qualified, self._of_field("expected_revenue"))
        other = self._lead("Complete", expected_revenue=5)
        leads = (self.lead | other).with_user(self.salesperson)
        with self.assertRaises(RedirectWarning) as caught, self.env.cr.savepoint():
            leads.write({"stage_id": self.qualified.id})
        self.assertNotIn("Complete", caught.exception.args[0])
        leads.invalidate_recordset()
        self.assertEqual(leads.stage_id, self.new)

    def test_other_companies_and_teams_are_not_asked(self):
        other = self.env["res.company"].create({"name": "Other"})
        playbook = self._ask(self.qualified, self._of_field("expected_revenue"))
        playbook.company_id = other
        self.lead.stage_id = self.qualified
        foreign = self.env["crm.stage"].create(
            {"name": "Foreign", "sequence": 899, "team_ids": self.team_other.ids}
        )
        self._ask(foreign, self._of_field("phone"))
        self.lead.stage_id = self.offer

    def test_an_archived_playbook_asks_for_nothing(self):
        playbook = self._ask(self.qualified, self._of_field("expected_revenue"))
        playbook.action_archive()
        archive = self.lead.with_context(active_test=False)
        self.assertFalse(archive.sales_playbook, "nor from the archive")
        self.lead.stage_id = self.qualified

    def test_without_a_playbook_nothing_is_missing(self):
        self.assertFalse(self.lead.sales_playbook)
        self.assertFalse(self.lead.sales_missing)
        with Form(self.lead) as form:
            form.stage_id = self.qualified
        with Form(self.env["crm.lead"].with_user(self.salesperson)) as form:
            form.name = "New"

    def test_without_a_playbook_a_move_costs_no_query(self):
        other = self._lead().with_user(self.salesperson)

        def count(lead, stage):
            self.assertTrue(lead.stage_id.name and self.env.user.name)
            lead.team_id.mapped("company_id")
            self.env.flush_all()
            before = self.env.cr.sql_log_count
            lead._follow_playbook({lead: stage})
            return self.env.cr.sql_log_count - before

        count(self.lead, self.new)
        self.assertEqual(count(other, self.new), 0)

    def test_queries_do_not_grow_with_opportunities(self):
        self._ask(
            self.qualified,
            {"kind": "next_step"},
            {"kind": "decider"},
            {"kind": "quotation"},
            self._of_field("expected_revenue"),
        )
        leads = self.env["crm.lead"].union(*(self._lead() for _n in range(12)))
        leads = leads.with_user(self.director)

        def count(some):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            some.mapped("sales_playbook")
            return self.env.cr.sql_log_count - before

        count(leads[:2])
        self.assertEqual(count(leads), count(leads[:2]))

    def test_opportunities_are_not_joined_one_by_one(self):
        """It would take four times as long for twice as many."""
        self._ask(self.qualified, self._of_field("expected_revenue"))
        leads = self.env["crm.lead"].union(*(self._lead() for _n in range(6)))
        leads[1].expected_revenue = 10
        self.env.flush_all()
        model, unions = type(leads), []
        union = model.union

        def note(records, *others):
            unions.append(others)
            return union(records, *others)

        def count(some):
            unions.clear()
            check = PlaybookCheck(some)
            required = {lead: check.get_required(lead, self.qualified) for lead in some}
            with patch.object(model, "union", note):
                missing = check.find_missing(required)
            self.assertEqual([bool(missing[lead]) for lead in some[:2]], [True, False])
            return len(unions)

        self.assertEqual(count(leads), count(leads[:2]))

    # ------------------------------------------------------------------
    # Kinds
    # ------------------------------------------------------------------

    def _is_met(self):
        self.env.flush_all()
        self.env.invalidate_all()
        return not self.lead.sales_missing

    def test_a_next_step_is_an_activity_or_a_meeting(self):
        self._ask(self.new, {"kind": "next_step"})
        self.assertFalse(self._is_met())
        activity = self.lead.activity_schedule("mail.mail_activity_data_call")
        self.assertTrue(self._is_met())
        activity.action_feedback()
        self.assertFalse(self._is_met())
        now = fields.Datetime.now()
        self.env["calendar.event"].create(
            {
                "name": "Meeting",
                "opportunity_id": self.lead.id,
                "start": now + timedelta(days=1),
                "stop": now + timedelta(days=1, hours=1),
            }
        )
        self.assertTrue(self._is_met())

    def test_a_decider_is_known_for_the_customer_or_the_opportunity(self):
        self._ask(self.new, {"kind": "decider"})
        self.assertFalse(self._is_met())
        contact = self.env["res.partner"].create(
            {"name": "Nora", "parent_id": self.customer_north.id}
        )
        person = self.env["sales.stakeholder"].create(
            {
                "partner_id": self.customer_north.id,
                "company_id": self.company.id,
                "contact_id": contact.id,
                "role": "user",
            }
        )
        self.assertFalse(self._is_met())
        person.role = "decider"
        self.assertTrue(self._is_met())
        person.lead_id = self._lead("Another one")
        self.assertFalse(self._is_met())
        person.lead_id = self.lead
        self.assertTrue(self._is_met())

    def test_a_quotation_is_made_then_sent(self):
        self._ask(self.new, {"kind": "quotation"}, {"kind": "quotation_sent"})
        order = self._create_order(opportunity_id=self.lead.id)
        self.env.invalidate_all()
        self.assertEqual(self.lead.sales_missing, "Sent quotation")
        order.action_quotation_sent()
        self.assertTrue(self._is_met())
        order._action_cancel()
        self.env.invalidate_all()
        self.assertIn("Quotation", self.lead.sales_missing)

    def test_the_opportunity_shows_what_its_stage_and_the_next_one_need(self):
        self._ask(self.new, {"kind": "next_step", "is_blocking": False})
        self._ask(self.qualified, self._of_field("partner_id"), note="<p>Ask</p>")
        current, coming = self.lead.sales_playbook
        self.assertEqual(
            (current["stage"], current["is_current"], coming["stage"]),
            ("Test New", True, "Test Qualified"),
        )
        self.assertEqual([item["is_met"] for item in current["items"]], [False])
        self.assertEqual([item["is_met"] for item in coming["items"]], [True])
        self.assertIn("Ask", coming["note"])

    def test_each_requirement_leads_to_where_it_is_entered(self):
        playbook = self._ask(
            self.new, {"kind": "decider"}, {"kind": "quotation"}, {"kind": "next_step"}
        )
        decider, quotation, step = playbook.requirement_ids.with_user(self.salesperson)
        self.customer_north.user_id = self.salesperson
        action = decider.action_open_missing(self.lead.id)
        self.assertEqual(action["res_model"], "sales.stakeholder")
        action = quotation.action_open_missing(self.lead.id)
        self.assertEqual(action["res_model"], "sale.order")
        action = step.action_open_missing(self.lead.id)
        self.assertEqual(
            (action["res_model"], action["res_id"]), ("crm.lead", self.lead.id)
        )
        foreign = self._lead(user_id=self.outsider.id)
        with self.assertRaises(AccessError):
            decider.action_open_missing(foreign.id)

    # ------------------------------------------------------------------
    # The playbook itself
    # ------------------------------------------------------------------

    def test_a_director_writes_a_playbook(self):
        with Form(self.env["sales.playbook"].with_user(self.director)) as form:
            form.stage_id = self.offer
            form.longest_stay = 10
            with form.requirement_ids.new() as line:
                line.kind = "quotation"
                line.is_blocking = True
        self.assertEqual(form.record.requirement_ids.display_name, "Quotation")

    def test_bad_input_is_refused_with_a_reason(self):
        for requirement, reason in (
            ({"kind": "field"}, "Choose the field"),
            ({"kind": "field", "field_name": "no_such_field"}, "one of the list"),
        ):
            with (
                self.subTest(requirement),
                self.assertRaisesRegex(ValidationError, reason),
                self.env.cr.savepoint(),
            ):
                self._ask(self.new, requirement)
        self._ask(self.new)
        for values in ({"longest_stay": -1}, {"longest_stay": 5000}):
            with (
                self.subTest(values),
                mute_logger("odoo.sql_db"),
                self.assertRaisesRegex(Exception, "longest_stay|longest stay"),
                self.env.cr.savepoint(),
            ):
                self._ask(self.offer, **values)
                self.env.flush_all()
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaisesRegex(Exception, "stage_uniq|already has"),
            self.env.cr.savepoint(),
        ):
            self._ask(self.new)
            self.env.flush_all()

    def test_a_removed_stage_takes_its_playbook_along(self):
        stage = self.env["crm.stage"].create({"name": "Short", "sequence": 905})
        playbook = self._ask(stage, {"kind": "next_step"})
        stage.unlink()
        self.assertFalse(playbook.exists())
        self.lead.stage_id = self.offer

    def test_the_first_steps_propose_a_playbook_that_refuses_nothing(self):
        steps = self.env["onboarding.onboarding.step"].with_user(self.director)
        self.assertFalse(steps._get_sales_step_playbook()["is_done"])
        steps.action_accept_sales_playbook()
        self.assertTrue(steps._get_sales_step_playbook()["is_done"])
        playbooks = self.env["sales.playbook"].search(
            [("company_id", "=", self.company.id)]
        )
        self.assertIn(self.new, playbooks.stage_id)
        # Each team has a way of its own, with a first stage of its own.
        for stage in self.new, self.env["crm.stage"].search([])[:1]:
            playbook = playbooks.filtered(lambda p, stage=stage: p.stage_id == stage)
            self.assertEqual(playbook.requirement_ids.kind, "next_step")
            self.assertEqual(playbook.longest_stay, 5)
        self.assertNotIn(self.won, playbooks.stage_id)
        self.assertFalse(any(playbooks.requirement_ids.mapped("is_blocking")))
        self.assertTrue(all(playbooks.mapped("longest_stay")))
        steps.action_accept_sales_playbook()
        with self.assertRaises(AccessError):
            steps.with_user(self.leader).action_accept_sales_playbook()
