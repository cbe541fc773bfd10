# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import freeze_time, tagged

from .study_common import StudyCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-10-15 12:00:00")
class TestStudyAccess(StudyCommon):
    """Who asks sees what they may see; who shares must have the right to show it."""

    def _reads(self, user, study):
        """:return: whether a user reads the study and its answer"""
        found = self.env["sales.study"].with_user(user).search([("id", "=", study.id)])
        return bool(found.headline)

    def test_studies_are_of_their_owner_and_of_those_above(self):
        study = self._create_study(self.salesperson)
        self._answer(study)
        readers = {
            user
            for user in (
                self.salesperson,
                self.colleague,
                self.outsider,
                self.leader,
                self.director,
            )
            if self._reads(user, study)
        }
        self.assertEqual(readers, {self.salesperson, self.leader, self.director})
        with self.assertRaises(AccessError):
            study.with_user(self.leader).action_answer()

    def test_a_leader_shares_with_the_team(self):
        study = self._create_study(self.leader)
        self._answer(study)
        self.assertFalse(self._reads(self.salesperson, study))
        study.sharing = "team"
        self.assertTrue(self._reads(self.salesperson, study))
        self.assertFalse(self._reads(self.outsider, study))
        # They read it, but do not change it.
        shared = study.with_user(self.salesperson)
        self.assertFalse(shared.can_edit)
        for refused in (
            shared.action_answer,
            shared.unlink,
            lambda: shared.write({"rows": "month"}),
        ):
            with self.assertRaises(AccessError):
                refused()

    def test_only_who_may_see_them_shows_figures_to_others(self):
        for user, sharing in (
            (self.salesperson, "team"),
            (self.salesperson, "company"),
            (self.leader, "company"),
        ):
            with (
                self.subTest(user.name),
                self.assertRaisesRegex(ValidationError, "Team leaders share"),
            ):
                self._create_study(user, sharing=sharing)
        study = self._create_study(sharing="company")
        self._answer(study)
        self.assertTrue(self._reads(self.outsider, study))

    def test_a_shared_study_keeps_to_the_figures_of_its_owner(self):
        """Also if a director reads it, or has it answered."""
        study = self._create_study(self.leader, sharing="team")
        answer = self._answer(study.with_user(self.director))
        self.assertEqual(answer.figures["keys"], self.customers[:8].ids)
        self.assertEqual(answer.reach, "team")

    def test_who_loses_a_role_loses_what_it_showed(self):
        study = self._create_study(self.leader)
        self._answer(study)
        self.leader.group_ids = self.salesperson.group_ids
        self.assertFalse(self._reads(self.leader, study))
        self.assertTrue(study.with_user(self.leader).has_access("write"))
        # Asked again, it is of the own figures.
        self._answer(study.with_user(self.leader))
        self.assertEqual(study.latest_id.reach, "own")

    def test_a_former_director_shows_nobody_the_figures_of_the_company(self):
        """Neither answers that were shared then, nor by sharing as a leader now."""
        director = self.director
        director.crm_team_ids = False
        shared = self._create_study(sharing="company")
        private = self._create_study()
        for study in (shared, private):
            self._answer(study)
        self.assertTrue(self._reads(self.outsider, shared))
        self.team_field.user_id = director
        director.group_ids = self.leader.group_ids
        private.sharing = "team"
        for user in (self.salesperson, self.outsider, director):
            with self.subTest(user.name):
                self.assertFalse(self._reads(user, shared))
                self.assertFalse(self._reads(user, private))
        readable = self.env["sales.study.result"].with_user(self.salesperson)
        self.assertFalse(readable.search([("study_id", "in", private.ids)]))
        # Asked again, they are of the team, and shared as a leader may share.
        for study in (shared, private):
            self._answer(study.with_user(director))
        self.assertEqual((shared.sharing, private.sharing), ("none", "team"))
        self.assertTrue(self._reads(self.salesperson, private))
        self.assertFalse(self._reads(self.salesperson, shared))
        self.assertEqual(
            readable.search([("study_id", "=", private.id)]), private.latest_id
        )

    def test_nobody_writes_answers(self):
        answer = self._answer(self._create_study(self.salesperson))
        with self.assertRaises(AccessError):
            answer.with_user(self.salesperson).write({"state": "queued"})
        with self.assertRaises(AccessError):
            self.env["sales.study.result"].with_user(self.director).create({})

    def test_nobody_makes_others_the_owner(self):
        """Neither directly, nor by a default."""
        with self.assertRaises(AccessError):
            self._create_study(self.salesperson, owner_id=self.director.id)
        studies = self.env["sales.study"].with_user(self.salesperson)
        study = studies.with_context(default_owner_id=self.director.id).create(
            {"name": "Mine?", "metric_id": self.ordered.id}
        )
        self.assertEqual(study.owner_id, self.salesperson)
        self.assertEqual(study.copy().owner_id, self.salesperson)

    def test_studies_of_another_company_stay_there(self):
        company = self.env["res.company"].create({"name": "Other Company"})
        self.director.company_ids += company
        study = self._create_study(company_id=company.id, sharing="company")
        answer = self._answer(study)
        self.assertEqual(answer.state, "failed")
        self.assertIn("no figures", answer.error)
        self.assertFalse(
            self.env["sales.study"]
            .with_user(self.outsider)
            .search([("id", "=", study.id)])
        )

    # ------------------------------------------------------------------
    # From a screen
    # ------------------------------------------------------------------

    def _ask_from(self, domain, user=None):
        studies = self.env["sales.study"].with_user(user or self.director)
        names = list(studies._fields)
        return studies.with_context(study_domain=domain).default_get(names)

    def test_the_filter_of_a_screen_becomes_the_scope(self):
        values = self._ask_from(
            [
                "&",
                ("user_id", "=", self.salesperson.id),
                "&",
                ("date", ">=", "2026-01-01"),
                "&",
                ("date", "<=", "2026-06-30"),
                "&",
                ("region_id", "child_of", [self.region_north.id]),
                "|",
                ("source", "=", "order"),
                ("event", "in", ["sale"]),
            ]
        )
        self.assertEqual(values["user_id"], self.salesperson.id)
        self.assertEqual(values["region_id"], self.region_north.id)
        self.assertEqual(values["period_kind"], "fixed")
        self.assertEqual(values["date_from"], date(2026, 1, 1))
        self.assertEqual(values["left_out"], "Source and Event")

    def test_a_forged_filter_shows_nothing(self):
        for domain in (
            "nonsense",
            [["user_id"]],
            [("user_id", "=", "x")],
            [("user_id", "=", 10**30)],
            7,
            ["&"],
        ):
            with self.subTest(domain=domain):
                self.assertNotIn("user_id", self._ask_from(domain))
        partner = self.env["res.partner"].create(
            {
                "name": "Secret",
                "company_id": self.env["res.company"].create({"name": "Far"}).id,
            }
        )
        with self.assertRaises(AccessError):
            self._ask_from([("partner_id", "=", partner.id)], self.salesperson)

    def test_a_target_is_asked_about(self):
        plan = self.env["sales.target.plan"].create(
            {"company_id": self.company.id, "date_from": date(2026, 1, 1)}
        )
        target = self.env["sales.target"].create(
            {
                "plan_id": plan.id,
                "metric_id": self.orders.id,
                "region_id": self.region_north.id,
                "amount": 12,
            }
        )
        action = target.action_open_study()
        values = (
            self.env["sales.study"]
            .with_context(**action["context"])
            .default_get(["metric_id", "region_id", "method"])
        )
        self.assertEqual(values["metric_id"], self.orders.id)
        self.assertEqual(values["region_id"], self.region_north.id)
