# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).


from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import freeze_time, tagged

from .decision_common import JUNE, DecisionCommon


@tagged("post_install", "-at_install")
class TestSalesDecisionAccess(DecisionCommon):
    """Who decides, for whom, and who sees it."""

    def test_a_leader_decides_for_the_teams_they_lead(self):
        mine = self._create_decision(user=self.leader)
        self.assertEqual(mine.team_id, self.team_department)
        for values in (
            {"team_id": False},
            {"team_id": self.team_other.id},
            {"team_id": False, "user_id": self.outsider.id},
        ):
            with self.assertRaises(UserError):
                self._create_decision(user=self.leader, **values)
        people = self._create_decision(
            user=self.leader,
            team_id=False,
            dimension="user_id",
            scope_ids=[
                Command.create({"role": "affected", "user_id": self.salesperson.id}),
                Command.create({"role": "compared", "user_id": self.colleague.id}),
            ],
        )
        with self.assertRaisesRegex(ValidationError, "teams that they lead"):
            people.compared_ids = [self._compare(user_id=self.outsider)]

    def test_the_owner_is_somebody_who_may_see_the_figures(self):
        decision = self._create_decision()
        for user, reason in (
            (self.salesperson, "leads no team"),
            (self.leader, "teams that they lead"),
        ):
            with self.assertRaisesRegex(ValidationError, reason):
                decision.responsible_id = user
        decision.team_id = self.team_department
        decision.responsible_id = self.leader

    def test_nobody_looks_through_the_eyes_of_who_sees_more(self):
        """Effects are measured as the owner, and read by the leader of the team."""
        team = {"team_id": self.team_field.id}
        with self.assertRaisesRegex(ValidationError, "rights of Test Director"):
            self._create_decision(
                user=self.leader, responsible_id=self.director.id, **team
            )
        mine = self._create_decision(user=self.leader, **team)
        with (
            self.assertRaisesRegex(ValidationError, "rights of Test Director"),
            self.env.cr.savepoint(),
        ):
            mine.responsible_id = self.director
        theirs = self._create_decision(**team).with_user(self.leader)
        campaign = self.env["utm.campaign"].create({"title": "Test Fair"})
        for values in (
            {"metric_id": self.quantity.id},
            {"campaign_made_id": campaign.id},
            {"compared_ids": [Command.clear()]},
            {"compared_ids": [self._compare(region_id=self.region_north)]},
        ):
            with (
                self.subTest(values),
                self.assertRaisesRegex(ValidationError, "rights of Test Director"),
                self.env.cr.savepoint(),
            ):
                theirs.write(values)
        with self.assertRaisesRegex(ValidationError, "rights of Test Director"):
            theirs.affected_ids[0].region_id = self.region_north
        theirs.conclusion = "Leaders still say what they learned."
        copy = theirs.copy()
        self.assertEqual(copy.responsible_id, self.leader)

    def test_leaders_decide_in_the_name_of_who_leads_below_them(self):
        below = self._create_user("leader", login="below")
        self.team_field.user_id = below
        decision = self._create_decision(
            user=self.leader, responsible_id=below.id, team_id=self.team_field.id
        )
        decision.metric_id = self.quantity
        with self.assertRaisesRegex(ValidationError, "rights of Test Leader"):
            decision.with_user(below).responsible_id = self.leader

    def test_a_refused_one_comes_back_from_the_archive_as_a_draft(self):
        decision = self._create_decision(
            user=self.leader, cost=1, team_id=self.team_department.id
        )
        self._submit(decision)
        with freeze_time(JUNE):
            decision.with_user(self.director)._rejected_tier()
        decision.action_archive()
        decision.action_draft()
        self.assertEqual((decision.state, decision.active), ("draft", True))

    def test_what_runs_is_not_put_out_of_sight(self):
        decision = self._create_decision()
        for step in (lambda: None, lambda: self._submit(decision)):
            step()
            with (
                self.assertRaisesRegex(ValidationError, "still open"),
                self.env.cr.savepoint(),
            ):
                decision.action_archive()
        decision.action_cancel()
        decision.action_archive()
        self.assertFalse(decision.active)

    def test_each_role_sees_its_decisions(self):
        company = self._create_decision()
        team = self._create_decision(team_id=self.team_field.id)
        other = self._create_decision(team_id=self.team_other.id)
        everything = company + team + other
        for user, seen in ((self.leader, team), (self.director, everything)):
            found = self.decisions.with_user(user).search([])
            self.assertEqual(found & everything, seen, user.name)
            lines = self.env["sales.decision.scope"].with_user(user).search([])
            self.assertEqual(lines.decision_id & everything, seen, user.name)
        with self.assertRaises(AccessError):
            self.decisions.with_user(self.salesperson).search([])

    def test_whoever_does_something_about_it_sees_that(self):
        decision = self._create_decision()
        action = (
            self.env["sales.action"]
            .with_user(self.director)
            .create(
                {
                    "name": "Call the carriers",
                    "user_id": self.salesperson.id,
                    "decision_id": decision.id,
                }
            )
        )
        self.assertEqual(action.metric_id, self.ordered)
        self.assertEqual(decision.action_count, 1)
        mine = action.with_user(self.salesperson)
        [values] = mine.web_read(
            {"name": {}, "decision_id": {"fields": {"display_name": {}}}}
        )
        self.assertEqual(values["decision_id"]["display_name"], "Test Decision")
        mine.action_done()
        with self.assertRaises(AccessError):
            self.env["sales.action"].with_user(self.salesperson).create(
                {"name": "Forged", "decision_id": decision.id}
            )

    def test_what_it_follows_from_is_one_click_away(self):
        rule = self.env["sales.alert.rule"].create({"name": "Test"})
        alert = self.env["sales.alert"].create(
            {
                "rule_id": rule.id,
                "res_model": "crm.team",
                "res_id": self.team_field.id,
                "company_id": self.company.id,
                "responsible_id": self.director.id,
                "severity": "warning",
            }
        )
        decision = self._create_decision(alert_id=alert.id)
        self.assertEqual(decision.origin_name, alert.display_name)
        self.assertEqual(decision.action_open_origin()["res_id"], alert.id)

    def test_the_cockpit_shows_what_is_open(self):
        decision = self._create_decision(team_id=self.team_department.id)
        self._submit(decision)
        for user, seen in ((self.leader, True), (self.salesperson, False)):
            data = self.env["sales.cockpit"].with_user(user).get_data()
            self.assertEqual("decisions" in str(data), seen, user.name)
