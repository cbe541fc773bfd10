# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date

from freezegun import freeze_time

from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from ..engine.cockpit import Choice, Figures, Freshness, Help
from ..tools import Period, format_period, name_period
from .common import SalesEfficiencyCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-07-15 12:00:00")
class TestSalesCockpit(SalesEfficiencyCommon):
    """On 15 July the salesperson has sold 1,000 this year and 400 a year before, the
    outsider 500."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.write({"fiscalyear_last_day": 31, "fiscalyear_last_month": "12"})
        cls.env["sales.history.line"].create(
            [
                {
                    "date": day,
                    "amount": amount,
                    "company_id": cls.company.id,
                    "user_id": user.id,
                    "team_id": team.id,
                }
                for day, amount, user, team in (
                    (date(2026, 7, 10), 600, cls.salesperson, cls.team_field),
                    (date(2026, 3, 1), 400, cls.salesperson, cls.team_field),
                    (date(2026, 7, 1), 500, cls.outsider, cls.team_other),
                    (date(2025, 7, 10), 400, cls.salesperson, cls.team_field),
                    (date(2025, 7, 20), 300, cls.salesperson, cls.team_field),
                )
            ]
        )
        cls.env["sales.mart"]._refresh()

    def _choose(self, user, **asked):
        return Choice(self.env(user=user), asked)

    def _get_figure(self, user, **asked):
        """Return the ordered amount as shown in the panel."""
        return Figures(self._choose(user, **asked)).get_data()["rows"][0]

    # Choices

    def test_the_scope_follows_from_the_role(self):
        for user, scopes in (
            (self.director, ["company", "my"]),
            (self.leader, ["team", "my"]),
            (self.salesperson, ["my"]),
        ):
            choice = self._choose(user)
            self.assertEqual((choice.scopes, choice.scope), (scopes, scopes[0]))
            self.assertEqual(self._choose(user, scope="my").scope, "my")
        self.assertEqual(self._choose(self.salesperson, scope="company").scope, "my")

    def test_periods_are_those_that_have_begun_of_two_years(self):
        choice = self._choose(self.director)
        self.assertEqual(choice.period, Period(date(2026, 1, 1), date(2026, 7, 15)))
        self.assertEqual(
            {kind: len(spans) for kind, spans in choice.spans.items()},
            {"month": 19, "quarter": 7, "year": 2, "to_date": 1},
        )
        july = self._choose(self.director, period="month").describe()["period"]
        self.assertEqual(
            (july["name"], july["previous"], july["next"]),
            ("July 2026", "2026-06-01", False),
        )
        second = self._choose(
            self.director, period="quarter", date_from="2025-04-01"
        ).describe()["period"]
        self.assertEqual(
            (second["name"], second["date_to"]), ("Quarter 2, 2025", "2025-06-30")
        )

    def test_quarters_and_years_are_those_of_the_company(self):
        self.company.write({"fiscalyear_last_day": 31, "fiscalyear_last_month": "3"})
        choice = self._choose(self.director, period="quarter")
        self.assertEqual(choice.period, Period(date(2026, 7, 1), date(2026, 9, 30)))
        self.assertEqual(choice.describe()["period"]["name"], "Quarter 2, 2026/2027")
        to_date = self._choose(self.director).period
        self.assertEqual(to_date, Period(date(2026, 4, 1), date(2026, 7, 15)))

    def test_whatever_is_asked_for_something_is_shown(self):
        cockpit = self.env["sales.cockpit"].with_user(self.director)
        usual = cockpit.get_data()
        self.assertIn("panels", usual)
        for name in ("scope", "period", "date_from", "env", "asked", "nothing"):
            for value in ({}, [], [1], "x", -1, float("nan"), None):
                with self.subTest(name, value=value):
                    self.assertEqual(cockpit.get_data(**{name: value}), usual)

    def test_who_is_not_in_sales_sees_nothing(self):
        employee = new_test_user(self.env, login="test_employee")
        with self.assertRaises(AccessError):
            self.env["sales.cockpit"].with_user(employee).get_data()

    # Panels

    def test_figures_are_those_of_the_scope_and_the_period(self):
        for user, asked, value in (
            (self.director, {}, 1_500),
            (self.director, {"period": "month"}, 1_100),
            (self.director, {"scope": "my"}, 0),
            (self.leader, {}, 1_000),
            (self.salesperson, {"period": "month"}, 600),
            (self.salesperson, {"period": "year", "date_from": "2025-01-01"}, 700),
        ):
            with self.subTest(user=user.name, **asked):
                self.assertEqual(self._get_figure(user, **asked)["value"], value)

    def test_growth_compares_the_same_days(self):
        self.assertEqual(self._get_figure(self.salesperson)["growth"], 150)
        month = self._get_figure(self.salesperson, period="month")
        self.assertEqual(month["growth"], 50)

    def test_a_figure_opens_what_it_is_made_of(self):
        for user, amount in ((self.leader, 1_000), (self.director, 1_500)):
            domain = self._get_figure(user)["domain"]
            facts = self.env["sales.fact"].with_user(user).search(domain)
            self.assertEqual(sum(facts.mapped("amount")), amount)

    def test_without_figures_it_says_what_to_do(self):
        newcomer = self._create_user("salesperson", login="newcomer")
        choice = self._choose(newcomer)
        self.assertTrue(Help(choice).is_visible())
        self.assertFalse(Figures(choice).is_visible())
        self.assertEqual(Help(choice).get_data(), {"can_import": False})
        self.assertTrue(Help(self._choose(self.director)).get_data()["can_import"])
        self.assertFalse(Help(self._choose(self.salesperson)).is_visible())

    def test_it_says_how_old_the_figures_are(self):
        freshness = Freshness(self._choose(self.salesperson)).get_data()
        self.assertEqual(freshness["as_of"], "2026-07-15 12:00:00")
        self.assertFalse(freshness["can_refresh"])

    # Names of periods

    def test_periods_have_names_in_the_language_of_the_user(self):
        day = date(2026, 7, 1)
        self.assertEqual(name_period(self.env, "month", day), "July 2026")
        self.assertEqual(name_period(self.env, "quarter", day), "Q3 2026")
        self.assertEqual(name_period(self.env, "year", day), "2026")
        self.assertEqual(name_period(self.env, "to_date", day), "2026 to date")
        self.assertEqual(name_period(self.env, "month", False), "")
        self.env["res.lang"]._activate_lang("zh_TW")
        chinese = self.env(context={"lang": "zh_TW"})
        self.assertEqual(format_period(chinese, day), "2026年7月")
