# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from contextlib import contextmanager
from datetime import date

from psycopg2.errors import CheckViolation, ExclusionViolation

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, freeze_time, tagged
from odoo.tools import SQL, mute_logger

from .common import SalesIncentiveCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-10-15 12:00:00")
class TestSalesIncentiveAssignment(SalesIncentiveCommon):
    """A plan pays a person, or an agent, once at a time."""

    @contextmanager
    def _refused(self, error, message):
        with self.assertRaisesRegex(error, message), self.env.cr.savepoint():
            yield

    def test_the_officer_assigns_people_on_the_page_of_the_plan(self):
        form = Form(self.incentive.with_user(self.officer))
        with form.assignment_ids.new() as line:
            line.user_id = self.leader
            line.target_incentive = 30_000
        form.save()
        assignment = self.incentive.assignment_ids - self.assignment
        self.assertRecordValues(
            assignment,
            [
                {
                    "user_id": self.leader.id,
                    "date_from": date(2026, 10, 1),
                    "team_ids": self.team_department.ids,
                    "target_incentive": 30_000,
                    "company_id": self.company.id,
                }
            ],
        )
        self.assertEqual(self.incentive.assignment_count, 2)

    def test_nobody_is_paid_twice_by_a_plan(self):
        self.assignment.date_to = date(2026, 6, 30)
        with self._refused(ValidationError, "already pays Test Salesperson"):
            self._assign(self.salesperson, date_from=date(2026, 6, 30))
        again = self._assign(self.salesperson, date_from=date(2026, 7, 1))
        with self._refused(ValidationError, "further notice"):
            self.assignment.date_to = False
        with self._refused(ValidationError, "already pays"):
            again.date_from = date(2026, 5, 1)
        other = self.env["sales.incentive.plan"].create({"name": "Other"})
        self._assign(self.salesperson, plan_id=other.id)

    def test_two_officers_at_once_do_not_assign_a_person_twice(self):
        """What the other transaction has written is not seen, but refused."""
        other = self._assign(self.colleague)
        self.env.flush_all()
        with mute_logger("odoo.sql_db"), self.assertRaises(ExclusionViolation):
            self.env.cr.execute(
                SQL(
                    "UPDATE sales_incentive_assignment SET user_id = %s WHERE id = %s",
                    self.salesperson.id,
                    other.id,
                )
            )
            self.env.cr.execute("SET CONSTRAINTS ALL IMMEDIATE")

    def test_an_assignment_ends_after_it_begins(self):
        with mute_logger("odoo.sql_db"), self.assertRaises(CheckViolation):
            self.assignment.date_to = date(2025, 12, 31)
            self.env.flush_all()

    def test_a_plan_pays_a_user_or_an_agent(self):
        for values in (
            {"user_id": False},
            {"user_id": self.leader.id, "partner_id": self.customer_north.id},
        ):
            with (
                self.subTest(values),
                mute_logger("odoo.sql_db"),
                self.assertRaises(CheckViolation),
                self.env.cr.savepoint(),
            ):
                self.env["sales.incentive.assignment"].create(
                    {
                        "plan_id": self.incentive.id,
                        "channel_id": self.channel_shop.id,
                        **values,
                    }
                )

    def test_an_agent_has_a_channel_of_their_own(self):
        agent, other = self.customer_north, self.customer_south
        assign = self.env["sales.incentive.assignment"].create
        values = {"plan_id": self.incentive.id, "partner_id": agent.id}
        for channel in (self.env["sales.channel"], self.channel_direct):
            with self._refused(ValidationError, "channel of their own"):
                assign({**values, "channel_id": channel.id})
        first = assign({**values, "channel_id": self.channel_agent.id})
        values |= {"partner_id": other.id, "channel_id": self.channel_agent.id}
        with self._refused(ValidationError, "is the channel of"):
            assign(values)
        first.date_to = date(2026, 10, 31)
        assign({**values, "date_from": date(2026, 11, 1)})

    def test_agents_paid_for_the_same_days_are_not_merged(self):
        agents = self.customer_north + self.customer_south
        channels = self.channel_agent + self.channel_agent.copy({"name": "Other Agent"})
        for agent, channel in zip(agents, channels, strict=True):
            self.env["sales.incentive.assignment"].create(
                {
                    "plan_id": self.incentive.id,
                    "partner_id": agent.id,
                    "channel_id": channel.id,
                }
            )
        wizard = self.env["base.partner.merge.automatic.wizard"]
        with self._refused(ValidationError, "already pays"):
            wizard._merge(agents.ids, agents[0])

    def test_the_person_works_for_the_company(self):
        company = self.env["res.company"].create({"name": "Elsewhere"})
        stranger = self._create_user("salesperson", login="stranger")
        stranger.write({"company_ids": company.ids, "company_id": company.id})
        with self.assertRaisesRegex(ValidationError, "has no access to"):
            self._assign(stranger)

    def test_nobody_decides_on_their_own_pay(self):
        own = self._assign(self.director, date_to=date(2026, 12, 31))
        mine = own.with_user(self.director)
        for act in (
            lambda: mine.write({"target_incentive": 1_000_000}),
            mine.unlink,
            lambda: mine.copy({"date_from": date(2027, 1, 1), "date_to": False}),
        ):
            with self._refused(UserError, "own pay"):
                act()
        own.with_user(self.officer).target_incentive = 10_000

    def test_nobody_decides_on_their_own_pay_as_an_agent(self):
        partner = self.officer.partner_id
        contact = self.env["res.partner"].create(
            {"name": "Contact", "parent_id": partner.id}
        )
        assignments = self.env["sales.incentive.assignment"].with_user(self.officer)
        for agent in (partner, contact):
            with self._refused(UserError, "own pay"):
                assignments.create(
                    {
                        "plan_id": self.incentive.id,
                        "partner_id": agent.id,
                        "channel_id": self.channel_agent.id,
                    }
                )

    def test_person_and_plan_stay(self):
        assignment = self.assignment.with_user(self.officer)
        for values in ({"user_id": self.leader.id}, {"plan_id": self.incentive.id}):
            with self.assertRaises(AccessError):
                assignment.write(values)

    def test_who_is_paid_by_approved_terms_is_not_deleted_but_leaves(self):
        self._approve()
        assignment = self.assignment.with_user(self.officer)
        with self.assertRaisesRegex(UserError, "Enter the last day"):
            assignment.unlink()
        assignment.date_to = date(2026, 9, 30)
        self.assertTrue(assignment.is_over)
        found = assignment.search([("is_over", "=", True)])
        self.assertEqual(found, assignment)

    def test_a_change_is_noted_without_amounts(self):
        self.assignment.with_user(self.officer).target_incentive = 12_345
        note = self.assignment.message_ids[0]
        self.assertIn("Target Incentive", note.body)
        self.assertNotIn("12", note.body)
