# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date
from unittest.mock import patch

from freezegun import freeze_time

from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from .common import SalesTargetCommon


@tagged("post_install", "-at_install")
class TestSalesTargetCockpit(SalesTargetCommon):
    """On 1 July, six of twelve months are over, and the seventh has begun.

    The company target is 100,000 a month, of which the team has 50,000.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.startClassPatcher(freeze_time("2026-07-01 12:00:00"))
        cls.team_target = cls._create_target(
            parent_id=cls.root.id, team_id=cls.team_field.id, amount=600_000
        )
        cls.own, cls.colleagues = (
            cls._create_target(
                parent_id=cls.team_target.id, user_id=user.id, amount=300_000
            )
            for user in (cls.salesperson, cls.colleague)
        )
        cls.outsiders = cls._create_target(
            parent_id=cls.root.id, user_id=cls.outsider.id, amount=240_000
        )
        in_field = {"team_id": cls.team_field.id}
        mine = {"user_id": cls.salesperson.id, **in_field}
        cls._create_history(
            (date(2025, 6, 15), 80_000, mine),
            (date(2026, 2, 1), 60_000, {"user_id": cls.colleague.id, **in_field}),
            (date(2026, 5, 2), 130_000, {"user_id": cls.outsider.id}),
            (date(2026, 6, 15), 160_000, mine),
        )
        cls._start()

    @classmethod
    def _start(cls):
        plan = super()._start()
        cls._refresh()
        return plan

    def _get(self, user, companies=None, **choice):
        """Return the choices and the data of the panels."""
        companies = companies or user.company_id
        cockpit = self.env["sales.cockpit"].with_user(user)
        cockpit = cockpit.with_context(allowed_company_ids=companies.ids)
        data = cockpit.get_data(**choice)
        return data | data["panels"]

    def _names(self, rows):
        return [row["name"] for row in rows]

    # Roles

    def test_the_director_sees_the_company(self):
        data = self._get(self.director)
        self.assertEqual(data["scope"], "company")
        [gauge] = data["figures"]
        self.assertEqual((gauge["amount"], gauge["actual"]), (700_000, 350_000))
        self.assertEqual((gauge["expected"], gauge["deviation"]), (600_000, -250_000))
        self.assertEqual((gauge["attainment"], gauge["status"]), (50, "behind"))
        self.assertEqual((gauge["last_year"], gauge["growth"]), (80_000, 337.5))
        self.assertEqual(gauge["target_ids"], self.root.ids)
        self.assertEqual(gauge["metric"]["unit"], "currency")
        [people, *others] = data["rankings"]
        self.assertEqual(
            self._names(people["rows"]),
            ["Test Outsider", "Test Salesperson", "Test Colleague"],
        )
        self.assertFalse(others, "one team alone is not compared")
        self.assertEqual(self._names(data["gaps"]["rows"]), ["Test Colleague"])

    def test_a_leader_sees_the_team(self):
        data = self._get(self.leader)
        self.assertEqual([scope["id"] for scope in data["scopes"]], ["team"])
        [gauge] = data["figures"]
        self.assertEqual((gauge["amount"], gauge["actual"]), (350_000, 220_000))
        [people] = data["rankings"]
        self.assertEqual(
            self._names(people["rows"]), ["Test Salesperson", "Test Colleague"]
        )
        [gap] = data["gaps"]["rows"]
        self.assertEqual((gap["deviation"], gap["actual"]), (-90_000, 60_000))
        self.assertEqual(data["gaps"]["count"], 1)

    def test_a_leader_may_look_at_an_own_target_too(self):
        self.plan.state = "draft"
        self._create_target(
            parent_id=self.root.id, user_id=self.leader.id, amount=12_000
        )
        self._start()
        self.assertEqual(self._get(self.leader)["scope"], "team")
        data = self._get(self.leader, scope="my")
        self.assertEqual(data["figures"][0]["amount"], 7_000)

    def test_a_salesperson_sees_the_own_target_and_names_above(self):
        data = self._get(self.salesperson, scope="company")
        self.assertEqual([scope["id"] for scope in data["scopes"]], ["my"])
        [gauge] = data["figures"]
        self.assertEqual((gauge["amount"], gauge["actual"]), (175_000, 160_000))
        self.assertEqual(gauge["status"], "on_track")
        self.assertFalse(data["rankings"])
        self.assertEqual(
            data["path"],
            [
                {"id": self.root.id, "name": self.company.name},
                {"id": self.team_target.id, "name": "Test Field"},
            ],
        )

    def test_figures_above_are_shown_where_the_company_wants_it(self):
        self.company.sales_target_show_above = True
        data = self._get(self.salesperson)
        self.assertEqual([gauge["actual"] for gauge in data["figures"]], [160_000])
        self.assertEqual(
            [above["actual"] for above in data["path"]], [350_000, 220_000]
        )

    def test_who_is_not_in_sales_sees_nothing(self):
        employee = new_test_user(self.env, login="test_employee")
        with self.assertRaises(AccessError):
            self._get(employee)

    # Periods

    def test_months_are_turned_over(self):
        july = self._get(self.salesperson, period="month")["period"]
        self.assertEqual((july["name"], july["next"]), ("July 2026", "2026-08-01"))
        june = self._get(self.salesperson, period="month", date_from=july["previous"])
        self.assertEqual(june["figures"][0]["actual"], 160_000)
        self.assertEqual(june["figures"][0]["amount"], 25_000)
        second = self._get(self.salesperson, period="quarter", date_from="2026-04-01")
        self.assertEqual(second["figures"][0]["amount"], 75_000)
        self.assertEqual(second["period"]["previous"], "2026-01-01")
        first = self._get(self.salesperson, period="month", date_from="2026-01-01")
        self.assertFalse(first["period"]["previous"])

    def test_what_cannot_be_chosen_is_left_alone(self):
        data = self._get(
            self.salesperson, plan_id=0, metric_id=0, period="week", date_from="2020"
        )
        self.assertEqual(data["plan"]["id"], self.plan.id)
        self.assertEqual(data["metric"]["id"], self.ordered.id)
        self.assertEqual(data["period"]["id"], "to_date")

    def test_the_chart_is_cumulative_and_ends_at_the_projected_landing(self):
        data = self._get(self.director)
        chart = data["chart"]
        self.assertEqual(chart["labels"][0], "Jan")
        self.assertEqual(chart["target"], [n * 100_000 for n in range(1, 13)])
        self.assertEqual(
            chart["actual"], [0, 60_000, 60_000, 60_000, 190_000, 350_000, 350_000]
        )
        self.assertEqual(chart["last_year"][4:6], [0, 80_000])
        [year] = self._get(self.director, period="year")["figures"]
        self.assertEqual(year["projected"], 700_000)
        self.assertAlmostEqual(chart["projected"][-1], year["projected"])
        self.assertEqual(len(chart["projected"]), 12)

    # Several targets

    def test_a_rate_is_not_added_up(self):
        self.plan.state = "draft"
        self._create_target(metric_id=self.margin_rate.id, amount=30)
        self._start()
        data = self._get(self.director, metric_id=self.margin_rate.id)
        self.assertEqual(len(data["figures"]), 2)
        self.assertFalse(data["chart"]["is_cumulative"])
        self.assertEqual(data["chart"]["target"], [30] * 12)

    def test_a_person_with_two_targets_is_ranked_by_the_sum(self):
        self.plan.state = "draft"
        self.colleagues.channel_id = self.channel_direct
        self._create_target(
            parent_id=self.team_target.id,
            user_id=self.colleague.id,
            channel_id=self.channel_agent.id,
            amount=60_000,
        )
        self._start()
        rows = self._get(self.leader)["rankings"][0]["rows"]
        [row] = [row for row in rows if row["name"] == "Test Colleague"]
        self.assertEqual(row["amount"], 175_000 + 35_000)
        self.assertEqual(len(row["result_ids"]), 2)

    def test_the_figures_of_several_results_open_together(self):
        results = self.env["sales.target.result"].search(
            [
                ("target_id", "in", (self.own + self.colleagues).ids),
                ("period", "=", "to_date"),
            ]
        )
        cockpit = self.env["sales.cockpit"].with_user(self.leader)
        action = cockpit.get_figures_action(results.ids)
        facts = self.env["sales.fact"].search(action["domain"])
        self.assertEqual(sum(facts.mapped("amount")), 220_000)

    def test_open_warnings_of_the_scope_are_shown(self):
        self.env["sales.alert.rule"].search([]).active = False
        self.env["sales.alert.rule"].create(
            {
                "name": "Behind in the year",
                "applies_to": "user",
                "period": "to_date",
                "warning_line": 90,
                "critical_line": 75,
                "min_elapsed": 0,
            }
        )
        self.env["sales.alert"]._evaluate_rules()
        for user in (self.director, self.leader, self.colleague):
            warnings = self._get(user)["warnings"]
            self.assertEqual(warnings["count"], 1, user.name)
            [row] = warnings["rows"]
            self.assertEqual((row["name"], row["pace"]), ("Test Colleague", 40))
            self.assertEqual((row["severity"], row["state"]), ("critical", "open"))
        self.assertFalse(self._get(self.salesperson)["warnings"]["rows"])

    # Gap per day and pipeline

    def test_the_gap_is_spread_over_the_working_days_left(self):
        [gauge] = self._get(self.director)["figures"]
        self.assertEqual(gauge["remaining_days"], 23, "July has 23, the first is today")
        self.assertAlmostEqual(gauge["gap_per_day"], 350_000 / 23)
        [result] = self.env["sales.target.result"].browse(gauge["result_ids"])
        self.assertAlmostEqual(gauge["gap_per_day"], result.gap_per_day)
        june = self._get(self.director, period="month", date_from="2026-06-01")
        self.assertEqual(june["figures"][0]["remaining_days"], 0)
        self.assertIsNone(june["figures"][0]["gap_per_day"])

    def test_the_days_left_of_several_targets_are_not_added_up(self):
        """The leader's gauge combines two targets of the team, one per channel."""
        self.plan.state = "draft"
        (self.own + self.colleagues).channel_id = self.channel_shop
        self.team_target.channel_id = self.channel_shop
        self._create_target(
            parent_id=self.root.id,
            team_id=self.team_field.id,
            channel_id=self.channel_agent.id,
            amount=120_000,
        )
        self._start()
        [gauge] = self._get(self.leader)["figures"]
        self.assertEqual(len(gauge["result_ids"]), 2)
        self.assertEqual(gauge["remaining_days"], 23)
        self.assertAlmostEqual(gauge["gap_per_day"], gauge["gap"] / 23)

    def test_the_pipeline_stands_beside_the_projection_and_opens_its_opportunities(
        self,
    ):
        before = self._get(self.salesperson)["figures"][0]
        lead = self.env["crm.lead"].create(
            {
                "name": "Test Tender",
                "type": "opportunity",
                "user_id": self.salesperson.id,
                "team_id": self.team_field.id,
                "expected_revenue": 50_000,
                "probability": 40,
                "date_deadline": date(2026, 7, 20),
            }
        )
        lead.copy({"name": "Next Year", "date_deadline": date(2027, 7, 20)})
        lead.copy({"user_id": self.colleague.id, "date_deadline": date(2026, 7, 20)})
        self._refresh()
        gauge = self._get(self.salesperson)["figures"][0]
        self.assertEqual((before["pipeline"], gauge["pipeline"]), (0, 20_000))
        self.assertEqual(gauge["with_pipeline"], 180_000)
        self.assertEqual(gauge["projected"], before["projected"])
        cockpit = self.env["sales.cockpit"].with_user(self.salesperson)
        action = cockpit.get_pipeline_action(gauge["result_ids"])
        opened = self.env[action["res_model"]].search(action["domain"])
        self.assertEqual(opened, lead)

    # Reliability of the figures

    def test_closed_months_that_have_moved_are_named(self):
        self.assertEqual(self._get(self.director)["moved"]["months"], [])
        self._create_history((date(2026, 5, 3), 1_000, {"user_id": self.outsider.id}))
        self._refresh()
        moved = self._get(self.director)["moved"]
        self.assertEqual(moved["months"], ["May 2026"])
        results = self.env["sales.target.result"].search(moved["domain"])
        self.assertEqual(results.target_id, self.root + self.outsiders)
        self.assertEqual(set(results.mapped("moved")), {1_000})
        self.assertFalse(self._get(self.leader)["moved"]["months"])
        self.assertFalse(self._get(self.salesperson)["moved"]["months"])

    def test_it_says_how_old_the_figures_are(self):
        """Measured at 12:00; later sales are not included yet."""
        results = self.env["sales.target.result"]
        results._refresh_running()
        for user in (self.director, self.leader, self.salesperson):
            freshness = self._get(user)["freshness"]
            self.assertEqual(freshness["as_of"], "2026-07-01 12:00:00")
            self.assertFalse(freshness["is_measuring"])
        with freeze_time("2026-07-01 12:00:30"):
            self._create_history((date(2026, 7, 1), 500, {}))
            self.assertTrue(self._get(self.director)["freshness"]["is_measuring"])
            results._refresh_running()
        freshness = self._get(self.director)["freshness"]
        self.assertEqual(freshness["as_of"], "2026-07-01 12:00:30")
        self.assertFalse(freshness["is_measuring"])

    def test_it_does_not_say_as_of_when_before_it_knows(self):
        self.env.cr.execute("UPDATE sales_target_plan SET measured_at = NULL")
        self.plan.invalidate_recordset(["measured_at"])
        self.assertFalse(self._get(self.director)["freshness"]["as_of"])

    # Nothing to show

    def test_without_a_plan_it_says_what_to_do(self):
        self.plan.state = "draft"
        self.assertEqual(self._get(self.director)["help"], "make_plan")
        self.assertEqual(self._get(self.leader)["help"], "no_plan")
        self.assertEqual(self._get(self.salesperson)["help"], "no_plan")

    def test_without_targets_it_says_whom_to_ask(self):
        newcomer = self._create_user("salesperson", login="newcomer")
        self.assertEqual(self._get(newcomer)["help"], "no_target")
        support = self._create_support(self.team_field)
        self.assertEqual(self._get(support)["help"], "no_support_target")
        leader = self._create_user("leader", login="leader_other")
        self.env["crm.team"].create({"name": "New", "user_id": leader.id})
        self.assertEqual(self._get(leader)["help"], "no_team_target")

    def test_before_the_first_measurement_it_says_so(self):
        self.env["sales.target.result"].search([]).unlink()
        self.assertEqual(self._get(self.director)["help"], "not_measured")

    # Former names

    def test_the_names_of_before_lead_to_the_same_action_and_menu(self):
        for name in ("action", "menu"):
            self.assertEqual(
                self.env.ref(f"sales_efficiency_target.sales_target_cockpit_{name}"),
                self.env.ref(f"sales_efficiency_base.sales_cockpit_{name}"),
            )

    # Companies

    def test_each_company_has_its_own_plan_and_currency(self):
        euro = self.env.ref("base.EUR")
        euro.active = True
        other = self.env["res.company"].create(
            {"name": "Other", "currency_id": euro.id}
        )
        self.director.company_ids += other
        plan = self.env["sales.target.plan"].create(
            {"company_id": other.id, "date_from": date(2026, 1, 1)}
        )
        target = self._create_target(plan_id=plan.id, amount=12)
        plan.action_submit()
        plan.action_start()
        self.env["sales.target.result"]._refresh(target)
        data = self._get(self.director, self.company + other)
        self.assertEqual(data["plan"]["id"], self.plan.id)
        self.assertEqual(len(data["plans"]), 2)
        data = self._get(self.director, self.company + other, plan_id=plan.id)
        self.assertEqual(data["plan"]["currency_id"], euro.id)
        self.assertEqual([gauge["amount"] for gauge in data["figures"]], [7])
        data = self._get(self.director, other)
        self.assertEqual(data["plan"]["id"], plan.id)
        self.assertNotIn("plans", data, "there is no other one")

    # Speed

    def test_nothing_is_measured_in_the_request(self):
        metrics = self.env.registry["sales.metric"]
        with patch.object(metrics, "_evaluate", side_effect=AssertionError):
            self.assertTrue(self._get(self.director)["figures"])

    def test_the_number_of_queries_is_not_that_of_targets(self):
        def count(user):
            self.env.flush_all()
            self.env.invalidate_all()
            self._get(user)  # fills the caches of the registry
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self._get(user)
            return self.env.cr.sql_log_count - before

        def add(name):
            """Add a team of two people with targets."""
            people = [
                self._create_user("salesperson", login=f"{name}_{number}")
                for number in range(2)
            ]
            team = self.env["crm.team"].create(
                {
                    "name": name,
                    "parent_id": self.team_department.id,
                    "member_ids": [user.id for user in people],
                }
            )
            part = self._create_target(
                parent_id=self.root.id, team_id=team.id, amount=24_000
            )
            for user in people:
                self._create_target(parent_id=part.id, user_id=user.id, amount=12_000)

        users = self.director + self.leader + self.salesperson
        self.plan.state = "draft"
        for number in range(4):  # as many as the lists of the page have rows
            add(f"few_{number}")
        self._start()
        few = [count(user) for user in users]
        self.plan.state = "draft"
        for number in range(9):
            add(f"more_{number}")
        self.assertGreater(len(self.plan.target_ids), 30)
        self._start()
        self.assertEqual([count(user) for user in users], few)
