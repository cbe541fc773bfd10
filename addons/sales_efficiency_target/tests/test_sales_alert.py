# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date

from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from .common_alert import SalesAlertCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-07-16 12:00:00")
class TestSalesAlert(SalesAlertCommon):
    # Conditions of a warning

    def test_the_lines_of_the_rule_tell_warning_from_critical(self):
        self._sell(9_000)
        self._sell(8_000, self.colleague)
        self._evaluate()
        self.assertRecordValues(
            self._alert(),
            [
                {
                    "severity": "warning",
                    "state": "open",
                    "period": "month",
                    "date_from": date(2026, 7, 1),
                    "amount": 23_000,
                    "expected": 11_000,
                    "actual": 9_000,
                    "deviation": -2_000,
                    "responsible_id": self.salesperson.id,
                    "leader_id": self.leader.id,
                }
            ],
        )
        self.assertAlmostEqual(self._alert().pace, 100 * 9 / 11, places=4)
        self.assertEqual(self._alert(self.other).severity, "critical")

    def test_who_is_on_the_line_is_not_warned(self):
        self._sell(9_900)
        self._evaluate()
        self.assertFalse(self._alert())

    def test_less_than_nothing_of_what_should_be_little_brings_no_warning(self):
        self.env["sales.target.result"]._refresh(self.plan.target_ids)
        self.env.cr.execute(
            "UPDATE sales_target_result SET higher_is_better = FALSE, actual = -5"
        )
        self.alerts._evaluate_rules()
        self.assertFalse(self._alert())

    @freeze_time("2026-07-02 12:00:00")
    def test_the_second_of_a_month_does_not_scream(self):
        self._sell(23_000, day=date(2026, 6, 30))
        self._evaluate()
        self.assertFalse(self._alert())
        with freeze_time("2026-07-16 12:00:00"):
            self._evaluate()
        self.assertTrue(self._alert())

    def test_a_plan_brings_no_warning_about_the_time_before_its_start(self):
        self.rule.copy({"period": "quarter"})
        self.plan.date_started = date(2026, 7, 16)
        self._evaluate()
        self.assertFalse(self._alert(), "nothing sold, but the plan starts today")
        # The rule waits for 40 % of what was left: 12 of the 23 days of July.
        for day, periods in ((22, set()), (23, {"month"})):
            with freeze_time(f"2026-07-{day} 12:00:00"):
                self._evaluate()
                self.assertEqual(set(self._alert().mapped("period")), periods)

    def test_a_month_that_was_over_at_the_start_brings_no_warning(self):
        self.plan.date_started = date(2026, 8, 3)
        with freeze_time("2026-08-04 12:00:00"):
            self._evaluate()
            self.assertFalse(self._alert())

    def test_months_long_over_bring_no_warning(self):
        self._evaluate()
        self.assertEqual(self._alert().mapped("date_from"), [date(2026, 7, 1)])

    @freeze_time("2026-08-03 12:00:00")
    def test_the_last_days_of_a_month_count(self):
        self._sell(20_000)
        self._evaluate()
        alert = self._alert()
        self.assertEqual(
            (alert.date_from, alert.severity), (date(2026, 7, 1), "warning")
        )

    def test_a_rule_compares_with_the_level_it_says(self):
        self._sell(9_000)
        self.rule.level = "base"  # 80 % of 11,000
        self._evaluate()
        self.assertFalse(self._alert())
        self.rule.level = "challenge"
        self._evaluate()
        self.assertRecordValues(
            self._alert(), [{"amount": 27_600, "expected": 13_200, "pace": 900 / 13.2}]
        )

    def test_quarter_and_year_to_date_have_their_own_warnings(self):
        self._create_rule(period="quarter", min_elapsed=10)
        self._create_rule(period="to_date")
        self._sell(11_000)
        self._evaluate()
        self.assertRecordValues(
            self._alert(),
            [{"period": "to_date", "date_from": date(2026, 1, 1), "expected": 149_000}],
        )
        self._sell(-3_000)
        self._evaluate()
        self.assertEqual(
            set(self._alert().mapped("period")), {"month", "quarter", "to_date"}
        )

    @freeze_time("2026-12-31 12:00:00")
    def test_less_is_better_where_the_metric_says_so(self):
        cycle = self.env.ref("sales_efficiency_base.sales_metric_sales_cycle")
        self.plan.sudo().state = "draft"
        target = self._create_target(
            metric_id=cycle.id, user_id=self.salesperson.id, amount=20
        )
        self.plan.sudo().state = "running"
        self.rule.write({"metric_id": cycle.id, "period": "to_date"})
        lead = self.env["crm.lead"].create(
            {
                "name": "Slow",
                "type": "opportunity",
                "user_id": self.salesperson.id,
                "team_id": self.team_field.id,
                "sales_opened_date": date(2026, 11, 1),
            }
        )
        lead.action_set_won()
        lead.date_closed = "2026-11-26 12:00:00"
        self.env["sales.mart"]._refresh()
        self._evaluate()
        self.assertRecordValues(
            self._alert(target),
            [{"actual": 25, "expected": 20, "pace": 80, "severity": "warning"}],
        )
        self.assertFalse(self._alert(), "a rule of one metric is for that one")

    def test_nothing_at_all_is_good_where_less_is_better(self):
        returns = self.ordered.copy(
            {"name": "Returned", "code": "returned", "higher_is_better": False}
        )
        self.plan.sudo().state = "draft"
        target = self._create_target(
            metric_id=returns.id, user_id=self.salesperson.id, amount=276_000
        )
        self.plan.sudo().state = "running"
        self._sell(20_000)
        self._evaluate()
        alert = self._alert(target)
        self.assertRecordValues(alert, [{"state": "open", "severity": "critical"}])
        self._sell(-20_000)
        self._evaluate()
        self.assertRecordValues(alert, [{"state": "closed", "outcome": "recovered"}])

    def test_a_rule_holds_for_the_targets_it_says(self):
        self.rule.target_domain = str([("user_id", "=", self.colleague.id)])
        self._create_rule(applies_to="company", period="to_date")
        self._evaluate()
        self.assertFalse(self._alert())
        self.assertTrue(self._alert(self.other))
        self.assertRecordValues(
            self._alert(self.root),
            [{"responsible_id": self.director.id, "leader_id": False}],
        )

    def test_a_rate_without_sales_is_not_judged(self):
        self.plan.sudo().state = "draft"
        rate = self._create_target(
            metric_id=self.margin_rate.id, user_id=self.salesperson.id, amount=30
        )
        self.plan.sudo().state = "running"
        self._evaluate()
        self.assertFalse(self._alert(rate))

    # One warning per rule, target and period

    def test_it_is_one_however_often_it_is_judged(self):
        for _time in range(3):
            self._evaluate()
        self.assertEqual(len(self._alert()), 1)
        self.assertEqual(self._alert().event_ids.mapped("event"), ["opened"])
        self.assertFalse(self.alerts._evaluate_rules(), "nothing has changed")

    def test_it_closes_by_itself_when_the_target_recovers(self):
        self._evaluate()
        self.assertTrue(self._alert().activity_ids)
        self._sell(10_500)
        self._evaluate()
        self.assertRecordValues(
            self._alert(), [{"state": "closed", "outcome": "recovered"}]
        )
        self.assertFalse(self._alert().activity_ids)

    def test_it_opens_again_when_the_target_falls_back(self):
        self._sell(9_000)
        self._evaluate()
        self._answer(self._alert())
        self._sell(1_500)
        self._evaluate()
        self.assertTrue(self._alert().closed_at)
        self._sell(-3_000)
        with freeze_time("2026-07-17 12:00:00"):
            self._evaluate()
            alert = self._alert()
            self.assertRecordValues(
                alert,
                [
                    {
                        "state": "open",
                        "outcome": False,
                        "severity": "critical",
                        "answered_at": False,
                        "closed_at": False,
                    }
                ],
            )
        self.assertEqual(
            alert.event_ids.sorted("id").mapped("event"),
            ["opened", "answered", "recovered", "relapsed"],
        )
        self.assertEqual(alert.event_ids.sorted("id").mapped("actual")[:2], [9000] * 2)
        self.assertEqual(alert.activity_ids.user_id, self.salesperson + self.leader)

    def test_it_asks_again_when_it_turns_critical(self):
        self._sell(9_000)
        self._evaluate()
        self._answer(self._alert())
        self._sell(-2_000)
        self._evaluate()
        self.assertRecordValues(
            self._alert(), [{"state": "open", "severity": "critical"}]
        )
        self._sell(2_000)
        self._evaluate()
        self.assertEqual(
            self._alert().event_ids.sorted("id").mapped("event"),
            ["opened", "answered", "worsened", "improved"],
        )

    def test_it_is_over_with_its_period_once_it_was_answered(self):
        self._evaluate()
        self._answer(self._alert())
        with freeze_time("2026-08-12 12:00:00"):
            self._evaluate()
        july = self._alert().filtered(lambda a: a.date_from == date(2026, 7, 1))
        self.assertRecordValues(july, [{"state": "closed", "outcome": "missed"}])
        self.assertEqual(
            self._alert(self.other).filtered(lambda a: a.date_from.month == 7).state,
            "open",
            "nobody has answered that one",
        )

    def test_it_is_withdrawn_with_its_rule(self):
        self._evaluate()
        self.rule.active = False
        self._evaluate()
        self.assertRecordValues(
            self._alert(), [{"state": "closed", "outcome": "withdrawn"}]
        )
        self.rule.active = True
        self._evaluate()
        self.assertEqual(self._alert().state, "open")

    def test_an_adjusted_target_is_judged_by_its_new_figures(self):
        self._sell(9_000)
        self._evaluate()
        self.mine.month_ids.filtered(lambda m: m.month.month == 7)._set_amount(19_000)
        self._evaluate()
        self.assertRecordValues(
            self._alert(),
            [{"state": "closed", "outcome": "recovered", "amount": 19_000}],
        )

    def test_the_number_of_queries_does_not_depend_on_targets_and_rules(self):
        for number in range(3):
            self._create_rule(name=f"Rule {number}", period="to_date", min_elapsed=1)
        self.env["sales.target.result"]._refresh(self.plan.target_ids)

        def count():
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            alerts = self.alerts._evaluate_rules()
            self.env.flush_all()
            return len(alerts), self.env.cr.sql_log_count - before

        self.rule.active = False
        count()  # fills the caches
        self.alerts.search([]).unlink()
        self.mine.alert_ids.unlink()
        rules = self.env["sales.alert.rule"].search([])
        rules.target_domain = str([("user_id", "=", self.salesperson.id)])
        few, queries_of_few = count()
        self.alerts.search([]).unlink()
        rules.target_domain = "[]"
        many, queries_of_many = count()
        self.assertEqual((few, many), (3, 6))
        self.assertEqual(queries_of_few, queries_of_many)

    # Answer and effect

    def test_an_answer_needs_a_cause_and_an_analysis_or_an_action(self):
        self._evaluate()
        alert = self._alert().with_user(self.salesperson)
        with self.assertRaisesRegex(UserError, "cause"):
            alert.action_answer()
        alert.cause = "competition"
        with self.assertRaisesRegex(UserError, "Describe the situation"):
            alert.action_answer()
        alert.analysis = "  "
        with self.assertRaisesRegex(UserError, "Describe the situation"):
            alert.action_answer()
        self.env["sales.action"].with_user(self.salesperson).create(
            {"name": "Visit the largest customer", "alert_id": alert.id}
        )
        alert.action_answer()
        self.assertRecordValues(
            alert, [{"state": "answered", "answered_by_id": self.salesperson.id}]
        )
        self.assertEqual(alert.action_ids.company_id, self.company)
        self.assertFalse(alert.activity_ids)
        with self.assertRaisesRegex(UserError, "no longer needs an answer"):
            alert.action_answer()

    def test_the_effect_is_measured_from_the_answer_on(self):
        self._sell(5_500)
        self._evaluate()
        self._answer(self._alert())
        self._sell(2_200)
        self._evaluate()
        self.assertRecordValues(
            self._alert(),
            [
                {
                    "state": "answered",
                    "opened_pace": 50,
                    "opened_deviation": -5_500,
                    "answered_pace": 50,
                    "answered_deviation": -5_500,
                    "pace": 70,
                    "deviation": -3_300,
                    "effect": 20,
                }
            ],
        )

    def test_a_leader_gives_an_answer_back(self):
        self._evaluate()
        self._answer(self._alert())
        with self.assertRaisesRegex(UserError, "Only leaders"):
            self._alert().with_user(self.salesperson).action_ask_again()
        self._alert().with_user(self.leader).action_ask_again()
        self.assertEqual(self._alert().state, "open")
        self.assertIn(self.salesperson, self._alert().activity_ids.user_id)
        self.assertEqual(self._alert().event_ids[0].user_id, self.leader)

    def test_the_answer_is_in_the_discussion_and_sends_no_mail(self):
        self._evaluate()
        self._answer(self._alert())
        message = self._alert().message_ids.filtered(lambda m: "projects" in m.body)
        self.assertIn("Answered: Market. Two projects moved.", message.body)
        self.assertEqual(message.author_id, self.salesperson.partner_id)
        self.assertFalse(message.notification_ids)

    # Access rights

    def test_each_role_sees_the_warnings_of_its_targets(self):
        self.plan.sudo().state = "draft"
        foreign = self._create_target(user_id=self.outsider.id, amount=276_000)
        self.plan.sudo().state = "running"
        self._evaluate()
        seen = {
            self.salesperson: self.mine,
            self.outsider: foreign,
            self.leader: self.mine + self.other,
            self.director: self.mine + self.other + foreign,
        }
        for user, targets in seen.items():
            found = self.alerts.with_user(user).search([])
            self.assertEqual(found.target_id, targets, user.name)
            events = self.env["sales.alert.event"].with_user(user).search([])
            self.assertEqual(set(events.alert_id.ids), set(found.ids), user.name)
        with self.assertRaises(AccessError):
            self._alert().with_user(self.outsider).action_answer()

    def test_nobody_alters_figures_or_status(self):
        self._evaluate()
        for user in (self.salesperson, self.leader, self.director):
            alert = self._alert().with_user(user)
            for values in (
                {"actual": 11_000},
                {"state": "closed"},
                {"leader_id": False},
                {"cause": "market", "pace": 100},
            ):
                with self.assertRaises(AccessError, msg=(user.name, values)):
                    alert.write(values)
            with self.assertRaises(AccessError):
                alert.unlink()

    # Screens

    def test_a_warning_opens_its_target_and_results(self):
        self._evaluate()
        alert = self._alert().with_user(self.salesperson)
        self.assertEqual(
            alert.display_name, "Test Salesperson: Ordered Amount · July 2026"
        )
        self.assertEqual(alert.action_open_target()["res_id"], self.mine.id)
        results = self.env["sales.target.result"].search(
            alert.action_open_results()["domain"]
        )
        self.assertIn(
            ("month", alert.date_from),
            results.mapped(lambda r: (r.period, r.date_from)),
        )
        facts = self.env["sales.fact"].search(alert.action_open_figures()["domain"])
        self.assertFalse(facts, "nothing was sold in July")
        action = alert.action_open_gap_analysis()
        gap = self._open_gap(action)
        self.assertEqual((gap.target_id, gap.period), (self.mine, "month"))
        mine = self.mine.with_user(self.salesperson)
        self.assertEqual(mine.open_alert_count, 1)
        found = self.alerts.search(mine.action_open_alerts()["domain"])
        self.assertEqual(found, self._alert())
