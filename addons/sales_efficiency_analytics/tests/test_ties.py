# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, freeze_time, tagged

from .study_common import StudyCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-10-15 12:00:00")
class TestTies(StudyCommon):
    """Findings, studies, forecasts and decisions lead to each other."""

    def _create_finding(self, **values):
        return self.env["sales.finding"].create(
            {
                "company_id": self.company.id,
                "cause": "slow",
                "basis": "target",
                "region_id": self.region_north.id,
                "categ_id": self.category.id,
                "metric_id": self.ordered.id,
                "date_from": "2026-08-01",
                "date_to": "2026-09-30",
                "actual": 160,
                "expected": 200,
                "money": 40,
                **values,
            }
        )

    def _save(self, action, user, **values):
        """Fill in the form that an action opens, as a client does.

        :param values: what the user enters
        """
        records = self.env[action["res_model"]].with_user(user)
        with Form(records.with_context(**action["context"])) as form:
            for name, value in values.items():
                form[name] = value
        return form.record

    def _forecast(self, user=None, **values):
        study = self._create_study(
            user, method="forecast", month_count=33, horizon=12, **values
        )
        return study, self._answer(study)

    # ------------------------------------------------------------------
    # Forecasts
    # ------------------------------------------------------------------

    def test_a_forecast_is_kept_as_its_owner(self):
        study, answer = self._forecast()
        forecast = answer.sudo().forecast_id
        self.assertRecordValues(
            forecast,
            [
                {
                    "company_id": self.company.id,
                    "metric_id": self.ordered.id,
                    "owner_id": self.director.id,
                    "horizon": 12,
                    "team_id": False,
                    "user_id": False,
                }
            ],
        )
        self.assertEqual(str(forecast.month_ids[0].month), "2026-10-01")
        self.assertEqual(study.forecast_id, forecast)
        self.assertEqual(study.action_open_forecast()["res_id"], forecast.id)
        seen = forecast.with_user(self.director)
        self.assertEqual(seen.study_id, study)
        self.assertEqual(seen.action_open_study()["res_id"], study.id)

    def test_a_salesperson_forecasts_their_own_sales(self):
        study, answer = self._forecast(self.salesperson)
        forecast = answer.sudo().forecast_id
        self.assertEqual(forecast.user_id, self.salesperson)
        self.assertEqual(study.forecast_id, forecast)

    def test_a_reader_of_the_answer_need_not_see_the_forecast(self):
        study, answer = self._forecast(sharing="company")
        seen = study.with_user(self.salesperson)
        self.assertEqual(seen.answer_id, answer)
        self.assertFalse(seen.forecast_id)
        with self.assertRaisesRegex(UserError, "No forecast is kept"):
            seen.action_propose_target()

    def test_what_is_told_of_the_past_is_no_forecast(self):
        _study, answer = self._forecast(
            period_kind="fixed", date_from="2024-01-01", date_to="2026-06-30"
        )
        self.assertEqual(answer.state, "done")
        self.assertFalse(answer.sudo().forecast_id)

    def test_other_answers_are_no_forecasts(self):
        study = self._create_study(method="trend", month_count=24)
        self.assertFalse(self._answer(study).sudo().forecast_id)

    def test_a_forecast_of_a_study_becomes_a_target(self):
        study, _answer = self._forecast()
        with self.assertRaisesRegex(UserError, "no draft plan"):
            study.action_propose_target()
        self.env["sales.target.plan"].create(
            {
                "name": "Next",
                "company_id": self.company.id,
                "date_from": "2027-01-01",
                "date_to": "2027-12-31",
            }
        )
        action = study.action_propose_target()
        target = self.env["sales.target"].browse(action["res_id"])
        self.assertEqual(target.metric_id, self.ordered)
        self.assertGreater(target.amount, 0)

    # ------------------------------------------------------------------
    # Decisions after studies
    # ------------------------------------------------------------------

    def test_a_decision_knows_the_study_it_follows_from(self):
        study = self._create_study(region_id=self.region_north.id)
        with self.assertRaisesRegex(UserError, "have it answered first"):
            study.action_decide()
        self._answer(study)
        decision = self._save(study.action_decide(), self.director, name="Do it")
        self.assertRecordValues(
            decision,
            [
                {
                    "study_id": study.id,
                    "metric_id": self.ordered.id,
                    "region_id": self.region_north.id,
                    "origin_name": study.display_name,
                }
            ],
        )
        self.assertEqual(decision.action_open_origin()["res_id"], study.id)
        study.invalidate_recordset()
        self.assertEqual(study.decision_count, 1)
        domain = study.action_open_decisions()["domain"]
        self.assertEqual(self.env["sales.decision"].search(domain), decision)

    def test_salespeople_do_not_decide(self):
        study = self._create_study(self.salesperson)
        self._answer(study)
        self.assertFalse(study.can_decide)
        self.assertEqual(study.decision_count, 0)
        with self.assertRaises(AccessError):
            study.action_decide()

    # ------------------------------------------------------------------
    # Findings
    # ------------------------------------------------------------------

    def test_a_finding_is_asked_about(self):
        finding = self._create_finding().with_user(self.director)
        study = self._save(finding.action_ask(), self.director)
        self.assertRecordValues(
            study,
            [
                {
                    "finding_id": finding.id,
                    "metric_id": self.ordered.id,
                    "region_id": self.region_north.id,
                    "categ_id": self.category.id,
                    "method": "trend",
                }
            ],
        )
        self.assertIn(finding.display_name, study.name)
        self.assertEqual(study.finding_name, finding.display_name)
        self.assertEqual(study.action_open_finding()["res_id"], finding.id)
        finding.invalidate_recordset()
        self.assertEqual(finding.study_count, 1)
        domain = finding.action_open_studies()["domain"]
        self.assertEqual(self.env["sales.study"].search(domain), study)

    def test_a_question_about_a_class_says_that_it_is_wider(self):
        class_ = self.env["sales.customer.class"].create({"name": "Chains"})
        finding = self._create_finding(
            region_id=False, categ_id=False, class_id=class_.id
        )
        context = finding.with_user(self.director).action_ask()["context"]
        self.assertIn("Chains", context["default_left_out"])

    def test_a_finding_is_decided_on(self):
        """40 of 160 are missing: 25 % more and it is over."""
        finding = self._create_finding().with_user(self.director)
        decision = self._save(finding.action_decide(), self.director, name="Do it")
        self.assertRecordValues(
            decision,
            [
                {
                    "finding_id": finding.id,
                    "metric_id": self.ordered.id,
                    "region_id": self.region_north.id,
                    "categ_id": self.category.id,
                    "expected_percent": 25,
                    "money_at_stake": 40,
                    "origin_name": finding.display_name,
                }
            ],
        )
        self.assertEqual(decision.action_open_origin()["res_id"], finding.id)
        finding.invalidate_recordset()
        self.assertEqual(finding.decision_count, 1)

    def test_a_decision_after_a_study_of_a_finding_follows_from_both(self):
        finding = self._create_finding().with_user(self.director)
        study = self._save(finding.action_ask(), self.director)
        self._answer(study)
        decision = self._save(study.action_decide(), self.director, name="Do it")
        self.assertEqual(decision.origin_name, study.display_name)
        self.assertEqual(decision.money_at_stake, 40)
        self.assertEqual(finding.decision_count, 1)

    def test_what_is_over_is_not_decided_on(self):
        finding = self._create_finding(state="closed").with_user(self.director)
        self.assertFalse(finding.can_decide)
        with self.assertRaisesRegex(UserError, "is over"):
            finding.action_decide()

    def test_nobody_refers_to_a_finding_that_they_may_not_read(self):
        finding = self._create_finding()
        with self.assertRaises(AccessError):
            self._create_study(self.salesperson, finding_id=finding.id)

    def test_readers_of_a_study_do_not_see_its_finding(self):
        finding = self._create_finding().with_user(self.director)
        study = self._save(finding.action_ask(), self.director)
        study.sharing = "company"
        self.assertFalse(study.with_user(self.salesperson).finding_name)
        decision = self._save(
            finding.action_decide(), self.director, name="Do it", metric_id=self.orders
        )
        decision.write({"team_id": self.team_field.id, "region_id": False})
        finding.sudo().region_id = False
        seen = decision.with_user(self.leader)
        self.assertFalse(seen.money_at_stake)

    def test_queries_do_not_depend_on_findings(self):
        findings = self._create_finding()
        for name in ("a", "b", "c"):
            category = self.env["product.category"].create({"name": name})
            findings |= self._create_finding(categ_id=category.id)
        names = ["study_count", "decision_count", "can_decide"]
        findings.with_user(self.director)[:1].read(names)
        counts = []
        for some in (findings[:1], findings):
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            some.with_user(self.director).read(names)
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(*counts)
