# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date
from unittest.mock import patch

from psycopg2 import IntegrityError

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, freeze_time, tagged
from odoo.tools import mute_logger

from .career_common import CareerCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-10-15 12:00:00")
class TestSalesCareerMove(CareerCommon):
    """A move is proposed, approved, and put into effect on its date."""

    def _apply(self, day="2026-11-01"):
        with freeze_time(f"{day} 12:00:00"):
            # Odoo follows versions by a nightly job.
            self._run("ir_cron_career_moves")
            self.employee._cron_update_current_version_id()
            self.env.invalidate_all()

    def _get_members(self, user=None):
        user = user or self.salesperson
        return self.env["crm.team.member"].search([("user_id", "=", user.id)])

    # ------------------------------------------------------------------
    # Proposal and approval
    # ------------------------------------------------------------------

    def test_the_form_starts_from_what_the_person_has(self):
        with Form(self.moves) as form:
            form.user_id = self.salesperson
            self.assertEqual(form.job_id, self.job)
            self.assertEqual(form.team_id, self.team_field)
            form.job_id = self.job_senior
            form.team_id = self.team_other
            form.reason = "Knows the market"
        move = form.save()
        self.assertRecordValues(
            move,
            [
                {
                    "from_job_id": self.job.id,
                    "from_team_id": self.team_field.id,
                    "date": date(2026, 11, 1),
                    "state": "draft",
                }
            ],
        )

    def test_the_new_superior_is_the_leader_of_the_team_or_the_next_above(self):
        move = self._propose()
        self.assertEqual(move.superior_id, self.leader)
        move.leads_team = True
        self.assertEqual(move.superior_id, self.leader, "leader of the team above")
        move.write({"leads_team": False, "team_id": self.team_other.id})
        self.assertFalse(move.superior_id)

    def test_hr_and_the_director_approve_one_after_the_other(self):
        move = self._propose()
        move.action_submit()
        with self.assertRaises(UserError):
            move.action_approve()
        move.with_user(self.director)._validate_tier()
        self.assertEqual(move.state, "submitted", "HR comes first")
        for user in self.hr_manager + self.director:
            self.env.invalidate_all()
            move.with_user(user)._validate_tier()
        self.assertEqual(move.state, "approved")
        to_do = move.sudo().activity_ids.filtered(lambda a: not a.tier_review_id)
        self.assertEqual(to_do.user_id, self.leader)
        self.assertEqual(to_do.summary, "Tell Test Salesperson about the approved move")

    def test_nobody_moves_or_approves_themselves(self):
        with self.assertRaisesRegex(UserError, "Nobody moves themselves"):
            self._propose(self.leader)
        own = self.moves.with_user(self.hr_user).create(
            {
                "user_id": self.director.id,
                "company_id": self.company.id,
                "job_id": self.job_senior.id,
                "date": "2026-11-01",
                "reason": "Wants to sell again",
            }
        )
        own.action_submit()
        self.assertNotIn(self.director, own.sudo().review_ids.reviewer_ids)
        self.env["tier.definition"].search([("model", "=", own._name)]).active = False
        own.action_draft()
        own.action_submit()
        with self.assertRaises(UserError):
            own.with_user(self.director).action_approve()

    def test_a_rejected_move_can_be_changed_and_sent_again(self):
        move = self._propose()
        move.action_submit()
        move.with_user(self.hr_manager)._rejected_tier()
        self.assertEqual(move.state, "rejected")
        self.env.invalidate_all()
        move.action_draft()
        move.reason = "With figures"
        move.action_submit()
        self.assertEqual(move.state, "submitted")

    def test_what_is_submitted_does_not_change(self):
        move = self._propose()
        move.action_submit()
        for change in (
            lambda: move.write({"job_id": self.job_leader.id}),
            lambda: move.write({"date": "2027-01-01"}),
            move.unlink,
            move.action_submit,
        ):
            with self.assertRaises(UserError):
                change()
        with self.assertRaises(AccessError):
            move.state = "approved"
        move.action_cancel()
        self.assertFalse(move.sudo().review_ids)
        self.assertFalse(move.sudo().activity_ids)

    def test_moves_that_make_no_sense_are_refused(self):
        for values, message in (
            ({"job_id": self.job.id, "superior_id": self.leader.id}, "Nothing changes"),
            ({"date": "2026-10-14"}, "choose 10/15/2026"),
        ):
            move = self._propose(**values)
            with self.subTest(message), self.assertRaisesRegex(UserError, message):
                move.action_submit()
            self.assertEqual(move.state, "draft")
            move.unlink()
        self.employee.active = False
        with self.assertRaisesRegex(UserError, "no employee record"):
            self._propose().action_submit()

    def test_one_move_of_a_person_waits_at_a_time(self):
        self._propose().action_submit()
        other = self._propose(job_id=self.job_leader.id)
        with (
            self.assertRaises(IntegrityError),
            mute_logger("odoo.sql_db"),
            self.cr.savepoint(),
        ):
            other.action_submit()

    # ------------------------------------------------------------------
    # On its date
    # ------------------------------------------------------------------

    def test_it_changes_employee_and_team_on_its_date(self):
        self.team_other.user_id = self.director
        move = self._approve(self._propose(team_id=self.team_other.id))
        self._apply("2026-10-31")
        self.assertEqual(move.state, "approved")
        self.assertEqual(self._get_members().crm_team_id, self.team_field)
        self._apply()
        self.assertEqual(move.state, "done")
        self.assertRecordValues(
            self.employee.version_ids.sorted("date_version"),
            [
                {"date_version": date(2020, 1, 1), "job_id": self.job.id},
                {"date_version": date(2026, 11, 1), "job_id": self.job_senior.id},
            ],
        )
        self.assertEqual(self.employee.parent_id, self.head)
        self.assertEqual(self._get_members().crm_team_id, self.team_other)
        actions = self._get_actions(self.director)
        self.assertEqual(len(actions), 2)
        self.assertIn(
            "Set the target of Test Salesperson: Senior Representative, Test Other"
            " from 11/01/2026 on",
            actions,
        )

    def test_it_happens_once(self):
        self._approve(self._propose(team_id=self.team_other.id))
        self.team_other.user_id = self.director
        for _time in range(2):
            self._apply()
        self.assertEqual(len(self.employee.version_ids), 2)
        self.assertEqual(len(self._get_members()), 1)
        self.assertEqual(len(self._get_actions(self.director)), 2)

    def test_past_sales_stay_with_the_former_team(self):
        sale = {"user_id": self.salesperson.id, "team_id": self.team_field.id}
        self._create_history(("2026-09-10", 300, sale))
        order = self._create_order()
        order.action_confirm()
        self.env["sales.mart"]._refresh()
        facts = self.env["sales.fact"].search([("user_id", "=", self.salesperson.id)])
        before = facts.mapped("team_id")
        self._approve(self._propose(team_id=self.team_other.id))
        self._apply()
        self.env["sales.mart"]._refresh()
        facts = self.env["sales.fact"].search([("user_id", "=", self.salesperson.id)])
        self.assertEqual(facts.mapped("team_id"), before)
        self.assertEqual(before, self.team_field)

    def test_factors_go_with_the_person(self):
        member = self._get_members()
        member.write({"sales_ability": 120, "sales_potential": 80})
        self.env.cr.execute(
            "UPDATE crm_team_member SET create_date = '2025-03-04' WHERE id = %s",
            [member.id],
        )
        self.env.invalidate_all()
        self._approve(self._propose(team_id=self.team_other.id))
        self._apply()
        self.assertRecordValues(
            self._get_members(),
            [
                {
                    "sales_ability": 120,
                    "sales_potential": 100,
                    "sales_start_date": date(2025, 3, 4),
                }
            ],
        )

    def test_later_versions_do_not_bring_the_former_job_back(self):
        later = self.employee.create_version({"date_version": "2026-11-15"})
        self._approve(self._propose())
        self._apply("2026-11-20")
        self.assertEqual(later.job_id, self.job_senior)
        self.assertEqual(self.employee.job_id, self.job_senior)
        self.assertEqual(self.employee.job_title, "Senior Representative")

    def test_a_version_of_the_same_day_is_used(self):
        version = self.employee.create_version({"date_version": "2026-11-01"})
        self._approve(self._propose())
        self._apply()
        self.assertEqual(version.job_id, self.job_senior)
        self.assertEqual(len(self.employee.version_ids), 2)

    def test_a_leader_is_made_and_the_former_team_has_the_next_above(self):
        self.team_field.user_id = self.colleague
        move = self._propose(
            self.colleague,
            job_id=self.job_leader.id,
            team_id=self.team_other.id,
            leads_team=True,
        )
        self._approve(move)
        self._apply()
        self.assertEqual(self.team_other.user_id, self.colleague)
        self.assertFalse(self.team_field.user_id)
        self.assertIn("Choose who leads Test Field", self._get_actions(self.leader))
        superiors = self.salesperson._get_sales_superiors(self.company)
        self.assertEqual(superiors[:1], self.leader)

    def test_a_post_outside_the_teams_ends_the_membership(self):
        self._approve(self._propose(kind="post", team_id=False))
        self._apply()
        self.assertFalse(self._get_members())
        self.assertFalse(self._get_actions(self.leader))

    def test_the_move_of_a_leaver_is_cancelled(self):
        move = self._approve(self._propose())
        self.employee.action_archive()
        self._apply()
        self.assertEqual(move.state, "cancelled")
        self.assertIn(
            "Test Salesperson leaves: the move was cancelled",
            move.sudo().activity_ids.mapped("summary"),
        )

    def test_one_that_fails_is_told_once_and_does_not_stop_the_others(self):
        failing = self._approve(self._propose())
        fine = self._approve(self._propose(self.colleague))
        apply = type(failing)._apply

        def refuse(move):
            if move == failing:
                raise UserError(move.reason)
            return apply(move)

        with patch.object(type(failing), "_apply", refuse):
            for _time in range(2):
                self._apply()
        self.assertRecordValues(
            failing + fine,
            [
                {"state": "approved", "problem": failing.reason},
                {"state": "done", "problem": False},
            ],
        )
        told = failing.sudo().activity_ids.mapped("summary")
        self.assertEqual(
            told.count(f"The move could not be put into effect: {failing.reason}"), 1
        )
        self._apply()
        self.assertRecordValues(failing, [{"state": "done", "problem": False}])

    def test_only_the_employee_of_the_company_changes(self):
        company = self.env["res.company"].create({"name": "Company B"})
        self.salesperson.company_ids += company
        elsewhere = self.env["hr.employee"].create(
            {
                "name": "Elsewhere",
                "user_id": self.salesperson.id,
                "company_id": company.id,
            }
        )
        self._approve(self._propose())
        self._apply()
        self.assertFalse(elsewhere.job_id)
        self.assertEqual(self.employee.job_id, self.job_senior)

    # ------------------------------------------------------------------
    # Who sees what
    # ------------------------------------------------------------------

    def _see(self, user):
        self.env.invalidate_all()
        return self.env["sales.career.move"].with_user(user).search([])

    def test_people_learn_of_their_move_once_it_is_approved(self):
        move = self._propose()
        self.assertFalse(self._see(self.salesperson))
        self._approve(move)
        self.assertEqual(self._see(self.salesperson), move)
        self.assertFalse(self._see(self.colleague))
        with self.assertRaises(AccessError):
            move.with_user(self.salesperson).action_cancel()

    def test_leaders_propose_for_their_own_people(self):
        with self.assertRaises(AccessError):
            self._propose(self.outsider)
        move = self._propose()
        self.assertEqual(self._see(self.leader), move)
        self.assertFalse(self._see(self.outsider))
        self.assertEqual(self._see(self.hr_user), move)

    def test_salespeople_propose_nothing(self):
        with self.assertRaises(AccessError):
            self.moves.with_user(self.salesperson).create(
                {"user_id": self.colleague.id, "reason": "Please"}
            )

    def test_directors_do_not_see_their_own_before_it_is_approved(self):
        self.moves.with_user(self.hr_user).create(
            {
                "user_id": self.director.id,
                "company_id": self.company.id,
                "job_id": self.job_senior.id,
                "reason": "Wants to sell again",
            }
        )
        self.assertFalse(self._see(self.director))

    def test_another_company_sees_nothing(self):
        self._propose()
        company = self.env["res.company"].create({"name": "Company B"})
        self.hr_user.write(
            {"company_ids": [Command.set(company.ids)], "company_id": company.id}
        )
        self.assertFalse(self._see(self.hr_user))
