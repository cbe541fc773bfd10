# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, freeze_time, tagged

from .common import SalesIncentiveCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-10-15 12:00:00")
class TestSalesIncentiveReward(SalesIncentiveCommon):
    """A dinner for the field team on 10 October, with a budget of 2,000."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.reward = (
            cls.env["sales.incentive.reward"]
            .with_user(cls.officer)
            .create(
                {
                    "name": "Dinner",
                    "kind": "dinner",
                    "team_id": cls.team_field.id,
                    "date": date(2026, 10, 10),
                    "place": "Harbour",
                    "budget": 2000,
                    "participant_ids": [
                        Command.set((cls.salesperson + cls.colleague).ids)
                    ],
                }
            )
        )

    def _approve_reward(self):
        self.reward.action_submit()
        self.env.invalidate_all()
        self.reward.with_user(self.director)._validate_tier()
        self.env.invalidate_all()

    def _get_invitations(self, user):
        return self.env["sales.incentive.invitation"].with_user(user).search([])

    def test_a_reward_is_planned_approved_and_held(self):
        self.assertEqual(self.reward.user_id, self.officer)
        self.assertEqual(self.reward.cost_per_person, 1000)
        self._approve_reward()
        self.assertEqual(self.reward.state, "approved")
        with Form(self.reward) as form:
            form.cost = 2300
        self.reward.action_mark_held()
        self.assertRecordValues(
            self.reward,
            [
                {
                    "state": "held",
                    "remaining": -300,
                    "cost_per_person": 1150,
                    "participant_count": 2,
                }
            ],
        )

    def test_only_a_director_approves_and_nobody_who_takes_part(self):
        self.reward.action_submit()
        self.assertEqual(self.reward.review_ids.reviewer_ids, self.director)
        self.reward.with_user(self.officer)._validate_tier()
        self.assertEqual(self.reward.state, "submitted")
        self.reward.action_plan()
        self.reward.participant_ids += self.director
        with self.assertRaises(UserError):
            self.reward.action_submit()
        self.env["tier.definition"].search(
            [("model", "=", self.reward._name)]
        ).active = False
        self.reward.action_submit()
        with self.assertRaisesRegex(UserError, "You take part"):
            self.reward.with_user(self.director).action_approve()

    def test_who_has_approved_it_does_not_join_it(self):
        self._approve_reward()
        for user in (self.director, self.officer):
            with self.assertRaisesRegex(UserError, "cannot join"):
                self.reward.with_user(self.officer).write(
                    {"participant_ids": [Command.link(user.id)]}
                )
            self.env.invalidate_all()
            self.reward.participant_ids -= user

    def test_what_is_approved_stays(self):
        self._approve_reward()
        for values in ({"budget": 9000}, {"kind": "trip"}, {"team_id": False}):
            with self.subTest(values), self.assertRaises(UserError):
                self.reward.write(values)
        with self.assertRaises(UserError):
            self.reward.unlink()
        self.reward.action_cancel()
        self.reward.action_plan()
        self.reward.budget = 9000
        self.assertFalse(self.reward.review_ids)

    def test_it_is_held_once_it_took_place_with_somebody(self):
        self.reward.date = date(2026, 11, 1)
        self._approve_reward()
        with self.assertRaises(UserError):
            self.reward.action_mark_held()
        self.reward.date = date(2026, 10, 15)
        self.reward.participant_ids = False
        with self.assertRaises(UserError):
            self.reward.action_mark_held()

    def test_states_are_set_by_buttons_alone(self):
        with self.assertRaises(AccessError):
            self.reward.state = "approved"
        with self.assertRaises(AccessError):
            self.reward.submitted_by_id = self.director
        rewards = self.env["sales.incentive.reward"].with_user(self.officer)
        created = rewards.with_context(
            default_state="approved", default_submitted_by_id=self.director.id
        ).create({"name": "Trip", "date": date(2026, 12, 1), "budget": 1})
        self.assertEqual(
            (created.state, created.submitted_by_id.id), ("planned", False)
        )

    def test_people_of_other_companies_cannot_take_part(self):
        company = self.env["res.company"].create({"name": "Elsewhere"})
        stranger = self.outsider.copy(
            {"company_id": company.id, "company_ids": [Command.set(company.ids)]}
        )
        with self.assertRaises(ValidationError):
            self.reward.sudo().participant_ids += stranger

    def test_leaders_read_rewards_of_their_teams(self):
        rewards = self.env["sales.incentive.reward"].with_user(self.leader)
        other = self.reward.copy({"team_id": self.team_other.id})
        found = rewards.search([])
        self.assertIn(self.reward, found)
        self.assertNotIn(other, found)
        with self.assertRaises(AccessError):
            self.reward.with_user(self.leader).cost = 1

    def test_those_who_take_part_see_it_without_its_cost(self):
        self.assertFalse(self._get_invitations(self.salesperson))
        self._approve_reward()
        invitation = self._get_invitations(self.salesperson)
        self.assertRecordValues(
            invitation,
            [
                {
                    "name": "Dinner",
                    "kind": "dinner",
                    "place": "Harbour",
                    "responsible_id": self.officer.id,
                    "state": "approved",
                }
            ],
        )
        self.assertFalse({"budget", "cost"} & set(invitation._fields))
        self.assertFalse(self._get_invitations(self.outsider))
        with self.assertRaises(AccessError):
            self.reward.with_user(self.salesperson).read(["cost"])
        attachment = self.env["ir.attachment"].create(
            {
                "name": "Bill",
                "raw": b"2,300",
                "res_model": self.reward._name,
                "res_id": self.reward.id,
            }
        )
        with self.assertRaises(AccessError):
            attachment.with_user(self.salesperson).read(["raw"])
