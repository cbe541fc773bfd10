# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date

from lxml import etree

from odoo.exceptions import AccessError, RedirectWarning, UserError
from odoo.tests import Form, freeze_time, tagged

from ..engine import ForecastComparison
from .forecast_common import ForecastCommon, find


@tagged("post_install", "-at_install")
@freeze_time("2026-01-05 12:00:00")
class TestSalesForecast(ForecastCommon):
    # ------------------------------------------------------------------
    # What was said
    # ------------------------------------------------------------------

    def test_what_was_said_is_kept(self):
        forecast = self._keep(team_id=self.team_field.id)
        self.assertRecordValues(
            forecast,
            [
                {
                    "team_id": self.team_field.id,
                    "user_id": False,
                    "metric_id": self.ordered.id,
                    "said_on": date(2026, 1, 5),
                    "known_until": date(2025, 12, 31),
                    "owner_id": self.director.id,
                    "method": self.found["method"],
                    "horizon": 12,
                    "known_count": 0,
                }
            ],
        )
        lines = forecast.month_ids
        self.assertEqual(lines[0].month, date(2026, 1, 1))
        self.assertEqual(lines.mapped("ahead"), list(range(1, 13)))
        for name, figures in (
            ("value", "values"),
            ("low_80", "low_80"),
            ("high_80", "high_80"),
            ("low_95", "low_95"),
            ("high_95", "high_95"),
        ):
            self.assertEqual(lines.mapped(name), self.found[figures])

    def test_it_is_told_in_words_and_shown(self):
        forecast = self._keep()
        self.assertIn("are expected", forecast.verdict)
        self.assertEqual(
            forecast.display_name,
            f"Ordered Amount · {self.company.name} · 01/05/2026",
        )
        self.assertEqual(forecast.chart.count('"past"'), 12)
        self.assertEqual(forecast.chart.count('"future"'), 12)

    def test_the_last_word_of_a_day_counts(self):
        first = self._keep(team_id=self.team_field.id)
        other = self._keep(team_id=self.team_other.id)
        whole = self._keep()
        again = self._keep(team_id=self.team_field.id)
        self.assertFalse(first.exists())
        self.assertTrue((other | whole | again).exists())
        later = self._keep(team_id=self.team_field.id, said_on="2026-01-06")
        self.assertEqual(len((again | later).exists()), 2)

    def test_what_others_have_said_stays(self):
        first = self._keep(team_id=self.team_field.id)
        other = self._keep(
            self.leader, found=find(horizon=1), team_id=self.team_field.id
        )
        self.assertEqual(len((first | other).exists()), 2)

    def test_a_forecast_without_a_test_tells_no_error(self):
        for number, has_test in ((24, False), (36, True)):
            forecast = self._keep(found=find(number)).with_user(self.director)
            with self.subTest(number), Form(forecast) as form:
                self.assertEqual(forecast.has_test, has_test)
                self.assertEqual(
                    form._get_modifier("expected_error", "invisible"), not has_test
                )

    def test_several_teams_at_once_are_not_kept(self):
        teams = self.team_field | self.team_other
        self.assertFalse(self._keep(team_id=teams.ids))
        self.assertTrue(self._keep(team_id=self.team_field.ids))

    def test_nobody_writes_what_was_said(self):
        forecast = self._keep()
        for records in (forecast, forecast.month_ids):
            with self.subTest(records._name), self.assertRaises(AccessError):
                records.with_user(self.director).write({"company_id": False})
        with self.assertRaises(AccessError):
            self.env["sales.forecast"].with_user(self.director).create({})

    # ------------------------------------------------------------------
    # Who sees it
    # ------------------------------------------------------------------

    def test_people_see_their_own_leaders_those_of_the_team(self):
        forecasts = {
            "company": self._keep(),
            "field": self._keep(team_id=self.team_field.id),
            "person": self._keep(self.salesperson, user_id=self.salesperson.id),
            "colleague": self._keep(user_id=self.colleague.id),
            "outsider": self._keep(user_id=self.outsider.id),
        }
        for user, seen in (
            (self.salesperson, {"person"}),
            (self.outsider, {"outsider"}),
            (self.leader, {"field", "person", "colleague"}),
            (self.director, set(forecasts)),
        ):
            for model in ("sales.forecast", "sales.forecast.month"):
                found = self.env[model].with_user(user).search([])
                if model == "sales.forecast.month":
                    found = found.sudo().forecast_id
                with self.subTest(user.name, model=model):
                    self.assertEqual(
                        {name for name, kept in forecasts.items() if kept in found},
                        seen,
                    )

    def test_who_is_responsible_for_a_place_does_not_see_its_figures_by_that(self):
        """Others sell in a campaign of theirs, too."""
        campaign = self.env["utm.campaign"].create(
            {"name": "Test Campaign", "user_id": self.salesperson.id}
        )
        forecast = self._keep(campaign_id=campaign.id)
        self.assertEqual(forecast.responsible_id, self.salesperson)
        for model in ("sales.forecast", "sales.forecast.month"):
            with self.subTest(model):
                self.assertFalse(self.env[model].with_user(self.salesperson).search([]))

    def test_other_companies_see_nothing(self):
        forecast = self._keep()
        other = self.env["res.company"].create({"name": "Other"})
        director = self._create_user("director", login="other_director")
        director.write({"company_ids": other.ids, "company_id": other.id})
        self.assertFalse(
            self.env["sales.forecast"].with_user(director).search([]) & forecast
        )

    # ------------------------------------------------------------------
    # What came
    # ------------------------------------------------------------------

    def _sell(self, *sales):
        self._create_history(
            *((day, amount, {"user_id": self.salesperson.id}) for day, amount in sales)
        )

    def _compare(self, day):
        cron = self.env.ref("sales_efficiency_analytics.ir_cron_forecast_compare")
        with self.enter_registry_test_mode(), freeze_time(f"{day} 12:00:00"):
            cron.method_direct_trigger()
        self.env.invalidate_all()

    def test_a_month_is_compared_once_it_is_over(self):
        forecast = self._keep(user_id=self.salesperson.id)
        january, february = forecast.month_ids[:2]
        self._sell(("2026-01-10", 200), ("2026-02-10", 250))
        self._compare("2026-01-31")
        self.assertFalse(january.is_known)
        self._compare("2026-02-01")
        self.assertTrue(january.is_known)
        self.assertFalse(february.is_known)
        error = january.value - 200
        self.assertRecordValues(
            january,
            [
                {
                    "actual": 200,
                    "error": error,
                    "absolute_error": abs(error),
                    "error_share": 100 * abs(error) / 200,
                    "bias": 100 * error / 200,
                    "held_80": 100 * (january.low_80 <= 200 <= january.high_80),
                }
            ],
        )
        self.assertEqual(forecast.known_count, 1)

    def test_late_documents_count_for_three_months(self):
        january = self._keep(user_id=self.salesperson.id).month_ids[0]
        self._sell(("2026-01-10", 200))
        self._compare("2026-02-01")
        self._sell(("2026-01-20", 50))
        self._compare("2026-02-01")
        self.assertEqual(january.actual, 200, "measured once a day")
        self._compare("2026-04-30")
        self.assertEqual(january.actual, 250)
        self._sell(("2026-01-21", 50))
        self._compare("2026-05-01")
        self.assertEqual(january.actual, 250)

    def test_a_month_without_a_value_stays_unknown(self):
        forecast = self._keep(metric=self.margin_rate, user_id=self.salesperson.id)
        self._compare("2026-03-01")
        self.assertEqual(set(forecast.month_ids.mapped("is_known")), {False})
        self.assertEqual(forecast.known_count, 0)

    def test_a_share_of_nothing_is_not_shown(self):
        line = self._keep(user_id=self.salesperson.id).month_ids[0]
        self._compare("2026-02-01")
        self.assertTrue(line.is_known)
        self.assertEqual((line.actual, line.error_share), (0, 0))
        for model, name, condition in (
            ("sales.forecast", "error_share", "not absolute_actual"),
            ("sales.forecast.month", "error_share", "not absolute_actual"),
            ("sales.forecast.month", "bias", "not absolute_actual"),
            ("sales.forecast.month", "gain", "not naive_error"),
        ):
            kind = "form" if model == "sales.forecast" else "list"
            arch = etree.fromstring(self.env[model].get_view(view_type=kind)["arch"])
            [field] = arch.xpath(f"//field[@name='{name}']")
            with self.subTest(model, name=name):
                self.assertEqual(field.get("invisible"), condition)

    def test_groups_divide_sums_by_sums(self):
        """Averages of percentages would make a small month as heavy as a large one."""
        forecast = self._keep(user_id=self.salesperson.id)
        lines = forecast.month_ids
        self._sell(("2026-01-10", 100), ("2026-02-10", 1000))
        self._compare("2026-03-01")
        [[share, bias, gain, held]] = self.env["sales.forecast.month"]._read_group(
            [("forecast_id", "=", forecast.id)],
            [],
            ["error_share:sum", "bias:sum", "gain:sum", "held_80:avg"],
        )
        errors = [lines[0].value - 100, lines[1].value - 1000]
        naive = [abs(lines[0].naive_value - 100), abs(lines[1].naive_value - 1000)]
        distance = sum(map(abs, errors))
        self.assertAlmostEqual(share, 100 * distance / 1100)
        self.assertAlmostEqual(bias, 100 * sum(errors) / 1100)
        self.assertAlmostEqual(gain, 100 * (1 - distance / sum(naive)))
        self.assertAlmostEqual(held, sum(lines[:2].mapped("held_80")) / 2)
        self.assertAlmostEqual(forecast.error_so_far, share, 1)

    def test_metrics_are_not_mixed(self):
        self._keep(user_id=self.salesperson.id)
        self._keep(user_id=self.salesperson.id, metric=self.quantity)
        self._sell(("2026-01-10", 100))
        self._compare("2026-02-01")
        months = self.env["sales.forecast.month"].search([("is_known", "=", True)])
        [[share, actual, value]] = months._read_group(
            [("id", "in", months.ids)],
            [],
            ["error_share:sum", "actual:avg", "value:avg"],
        )
        self.assertEqual((share, actual, value), (0, 0, 0))
        groups = months._read_group(
            [("id", "in", months.ids)], ["metric_id"], ["actual:avg"]
        )
        self.assertEqual(dict(groups)[self.ordered], 100)

    def test_the_number_of_queries_does_not_grow_with_that_of_forecasts(self):
        def count():
            lines = self.env["sales.forecast.month"].search(
                [("month", "<", "2026-05-01")]
            )
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            ForecastComparison(self.env).compare(self.company, lines)
            self.env.flush_all()
            return self.env.cr.sql_log_count - before

        self._keep(user_id=self.salesperson.id)
        with freeze_time("2026-05-05"):
            few = count()
            for user in (self.colleague, self.outsider, self.leader, self.director):
                self._keep(user_id=user.id)
            self.assertLessEqual(count(), few)

    # ------------------------------------------------------------------
    # Propose as target
    # ------------------------------------------------------------------

    def _propose(self, forecast, user):
        action = forecast.with_user(user).action_propose_target()
        self.assertEqual(action["res_model"], "sales.target")
        return self.env["sales.target"].browse(action["res_id"])

    def test_the_months_of_a_forecast_become_those_of_a_target(self):
        forecast = self._keep(team_id=self.team_field.id)
        target = self._propose(forecast, self.director)
        self.assertRecordValues(
            target,
            [
                {
                    "plan_id": self.plan.id,
                    "metric_id": self.ordered.id,
                    "team_id": self.team_field.id,
                    "parent_id": self.root.id,
                    "spread": "manual",
                }
            ],
        )
        for amount, value in zip(
            self._amounts(target), self.found["values"], strict=True
        ):
            self.assertAlmostEqual(amount, value, 2)
        self.assertAlmostEqual(target.amount, sum(self._amounts(target)), 2)

    def test_months_out_of_reach_take_those_of_a_year_before(self):
        found = find(horizon=3)
        forecast = self._keep(found=found, team_id=self.team_field.id)
        target = self._propose(forecast, self.director)
        amounts = self._amounts(target)
        self.assertAlmostEqual(amounts[2], found["values"][2], 2)
        self.assertAlmostEqual(amounts[3], found["history"][-9], 2)

    def test_a_leader_proposes_targets_of_the_team(self):
        team = self._create_target(team_id=self.team_department.id, amount=1000)
        forecast = self._keep(self.leader, user_id=self.salesperson.id)
        target = self._propose(forecast, self.leader)
        self.assertEqual(target.parent_id, team)
        self.assertEqual(target.user_id, self.salesperson)

    def test_salespeople_propose_no_targets(self):
        forecast = self._keep(self.salesperson, user_id=self.salesperson.id)
        with self.assertRaises(AccessError):
            forecast.with_user(self.salesperson).action_propose_target()

    def test_nobody_proposes_what_they_may_not_read(self):
        forecast = self._keep(user_id=self.outsider.id)
        with self.assertRaises(AccessError):
            forecast.with_user(self.leader).action_propose_target()

    def test_without_a_draft_plan_it_says_so(self):
        forecast = self._keep()
        self._start()
        with self.assertRaisesRegex(UserError, "no draft plan for January 2026"):
            forecast.with_user(self.director).action_propose_target()

    def test_a_target_that_is_there_is_opened_instead(self):
        forecast = self._keep()
        with self.assertRaisesRegex(RedirectWarning, "already has this target"):
            forecast.with_user(self.director).action_propose_target()

    def test_a_target_is_never_negative(self):
        values = [200 - 30 * (month % 12) for month in range(36)]
        forecast = self._keep(found=find(values=values), team_id=self.team_field.id)
        target = self._propose(forecast, self.director)
        self.assertGreaterEqual(min(self._amounts(target)), 0)

    # ------------------------------------------------------------------
    # Screens
    # ------------------------------------------------------------------

    def test_the_screens_lead_to_each_other(self):
        forecast = self._keep(team_id=self.team_field.id).with_user(self.director)
        other = self._keep(team_id=self.team_field.id, said_on="2026-01-02")
        self._keep(team_id=self.team_other.id)
        months = self.env["sales.forecast.month"]
        self.assertEqual(
            months.search(forecast.action_open_months()["domain"]).forecast_id,
            forecast,
        )
        self.assertEqual(
            months.search(forecast.action_open_others()["domain"]).forecast_id,
            forecast.sudo() | other.sudo(),
        )
        action = forecast.month_ids[0].action_open_forecast()
        self.assertEqual(action["res_id"], forecast.id)
