# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import random
from datetime import date, timedelta
from decimal import Decimal
from unittest.mock import patch

from odoo.fields import Domain
from odoo.tests import tagged
from odoo.tools import SQL

from .common import SalesEfficiencyCommon

MEASURES = [
    "__count",
    "amount:sum",
    "margin:sum",
    "quantity:sum",
    "days:avg",
    "currency_id:array_agg_distinct",
    "amount:sum_currency",
]
EVENTS = {
    "confirmed": "order",
    "invoice": "invoice",
    "payment": "payment",
    "created": "opportunity",
    "won": "opportunity",
    "sale": "history",
}


@tagged("post_install", "-at_install")
class TestSalesFactGroups(SalesEfficiencyCommon):
    """The cells supply pivots, graphs and grouped lists of figures."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.random = random.Random(20260131)
        cls.sister = cls.env["res.company"].create(
            {"name": "Sister", "currency_id": cls.env.ref("base.JPY").id}
        )
        cls.director.company_ids += cls.sister
        cls.env.cr.execute("DELETE FROM sales_fact")
        for number in range(600):
            cls._insert_fact(number)
        cls.env["sales.mart"]._sum_anew()
        cls.users = cls.salesperson + cls.leader + cls.director

    @classmethod
    def _insert_fact(cls, number):
        choice = cls.random.choice
        event = choice(list(EVENTS))
        company = choice([cls.company, cls.company, cls.sister])
        user = choice([cls.salesperson, cls.colleague, cls.outsider, None])
        teams = (cls.team_department, cls.team_field, cls.team_other)
        regions = (cls.region_world, cls.region_north, cls.region_south)
        values = {
            "source": EVENTS[event],
            "event": event,
            "date": date(2024, 11, 1) + timedelta(days=cls.random.randrange(500)),
            "company_id": company.id,
            "currency_id": company.currency_id.id,
            "user_id": user and user.id,
            "team_id": choice([*(team.id for team in teams), None]),
            "region_id": choice([*(region.id for region in regions), None]),
            "channel_id": choice([cls.channel_shop.id, None]),
            "categ_id": choice([cls.category.id, None]),
            "partner_id": choice([cls.customer_north.id, cls.customer_south.id]),
            "amount": Decimal(cls.random.randrange(-99, 99999)) / 100,
            "margin": choice([None, Decimal(cls.random.randrange(-99, 999)) / 100]),
            "quantity": choice([None, Decimal(cls.random.randrange(1000)) / 8]),
            "days": cls.random.randrange(90) if event == "won" else None,
            "res_id": number,
            "line_id": 0,
            "match_id": 0,
            "credit_id": 0,
        }
        cls.env.cr.execute(
            SQL(
                "INSERT INTO sales_fact (%s) VALUES %s",
                SQL(", ").join(map(SQL.identifier, values)),
                tuple(values.values()),
            )
        )

    def _facts(self, user):
        return self.env["sales.fact"].with_user(user).with_company(self.company)

    def _reads_cells(self, domain=(), groupby=(), aggregates=(), **options):
        facts = self._facts(options.pop("user", self.director))
        facts = facts._from_cells(domain, groupby, aggregates, **options)
        return bool(facts._get_groups_of_cells())

    def _without_cells(self):
        """Have all queries answered by the facts."""
        return patch.object(
            type(self.env["sales.fact"]), "_from_cells", lambda facts, *args: facts
        )

    def _random_domain(self):
        month = date(2024, 10, 1) + timedelta(days=self.random.randrange(450))
        domains = [
            Domain("date", ">=", month.replace(day=1)),
            Domain("date", "<=", "2025-12-31"),
            Domain("date", "<", "2026-02-01"),
            Domain("date.quarter_number", "in", [1, 4]),
            Domain("event", "in", ["confirmed", "sale", "won"]),
            Domain("source", "!=", "payment"),
            Domain("user_id", "=", self.salesperson.id),
            Domain("user_id", "=", False),
            Domain("user_id.name", "ilike", "col"),
            Domain("user_id", "ilike", "test"),
            Domain("team_id", "child_of", self.team_department.id),
            Domain("region_id", "not in", [self.region_north.id]),
            Domain("region_id", "child_of", "Test World"),
            Domain("company_id", "=", self.company.id),
            Domain("channel_id", "!=", False),
            ~Domain("categ_id", "=", self.category.id),
            Domain("currency_id.name", "=", "USD"),
            Domain("partner_id", "=", self.customer_north.id),
            Domain("amount", ">", 500),
            Domain("date", ">", "2025-06-10"),
        ]
        taken = self.random.sample(domains, self.random.choice([0, 1, 1, 2, 3]))
        return self.random.choice([Domain.AND, Domain.AND, Domain.OR])(taken)

    def _random_groups(self, most):
        specs = [
            "company_id",
            "source",
            "event",
            "region_id",
            "team_id",
            "user_id",
            "channel_id",
            "categ_id",
            "user_id.login",
            "date:month",
            "date:quarter",
            "date:year",
            "date:month_number",
            "date:week",
            "partner_id",
        ]
        weights = [3] * 13 + [1, 1]
        return list(
            dict.fromkeys(
                self.random.choices(specs, weights, k=self.random.randint(0, most))
            )
        )

    def test_cells_and_facts_give_the_same_groups_to_each_role(self):
        for number in range(240):
            user = self.users[number % 3]
            facts = self._facts(user)
            if number % 2:
                facts = facts.with_context(
                    allowed_company_ids=facts.env.user.company_ids.ids
                )
            domain, groups = self._random_domain(), self._random_groups(3)
            measures = self.random.sample(MEASURES, self.random.randint(1, 7))
            options = {}
            if number % 5 == 0 and groups:
                options = {"order": f"{measures[0]} desc, {groups[0]}", "limit": 4}
                options["order"] += "".join(f", {name}" for name in groups[1:])
            elif number % 5 == 1 and groups:
                options = {"having": [("__count", ">", 2)]}
            with self.subTest(user=user.name, domain=domain, groups=groups):
                answer = facts.formatted_read_group(domain, groups, measures, **options)
                with self._without_cells():
                    self.assertEqual(
                        answer,
                        facts.formatted_read_group(domain, groups, measures, **options),
                    )

    def test_cells_and_facts_give_the_same_pivot_to_each_role(self):
        read = 0
        for number in range(90):
            facts = self._facts(self.users[number % 3])
            domain, groups = self._random_domain(), self._random_groups(3)
            sets = [groups[:length] for length in range(len(groups) + 1)]
            with self.subTest(user=facts.env.user.name, domain=domain, groups=groups):
                answer = facts.formatted_read_grouping_sets(domain, sets, MEASURES)
                with self._without_cells():
                    self.assertEqual(
                        answer,
                        facts.formatted_read_grouping_sets(domain, sets, MEASURES),
                    )
            read += self._reads_cells(domain, groups, MEASURES, user=facts.env.user)
        self.assertGreater(read, 30)

    def test_types_of_values_are_those_of_facts(self):
        measures = ["__count", "days:sum", "days:avg", "margin:sum", "amount:avg"]
        facts = self._facts(self.director)
        for domain in ([], [("event", "=", "payment")], [("event", "=", "lost")]):
            answer = facts._read_group(domain, [], measures)
            with self._without_cells():
                expected = facts._read_group(domain, [], measures)
            self.assertEqual(answer, expected)
            self.assertEqual(
                [type(value) for value in answer[0]],
                [type(value) for value in expected[0]],
            )

    def test_a_group_of_cells_opens_its_facts(self):
        facts = self._facts(self.leader)
        groups = facts.formatted_read_group(
            [("date", ">=", "2025-01-01")],
            ["team_id", "user_id", "date:quarter"],
            ["__count"],
        )
        self.assertIn(False, {group["user_id"] for group in groups})
        for group in groups:
            domain = Domain(group["__extra_domain"]) & Domain(
                "date", ">=", "2025-01-01"
            )
            self.assertEqual(facts.search_count(domain), group["__count"])

    def test_the_pivot_does_not_need_the_facts(self):
        groups = ["team_id", "user_id", "date:quarter"]
        facts = self._facts(self.director)
        answer = facts.formatted_read_grouping_sets([], [[], groups], MEASURES)
        self.assertTrue(answer[0][0]["__count"])
        self.env.cr.execute("DELETE FROM sales_fact")
        self.assertEqual(
            facts.formatted_read_grouping_sets([], [[], groups], MEASURES), answer
        )

    def test_records_of_groups_read_facts_again(self):
        facts = self._facts(self.director)
        [[team, *_rest], *_groups] = facts._read_group([], ["team_id"], ["__count"])
        self.assertEqual(team.env, facts.env)

    def test_what_cells_know_is_read_of_them(self):
        for groups, measures in (
            (["team_id", "user_id", "date:quarter"], MEASURES),
            (["date:month"], ["amount:sum"]),
            (["date:year", "event"], ["quantity:sum", "user_id:count_distinct"]),
        ):
            self.assertTrue(self._reads_cells([], groups, measures))

    def test_what_cells_do_not_know_is_read_of_facts(self):
        for groups in (["date:week"], ["date:day"], ["partner_id"], ["product_id"]):
            self.assertFalse(self._reads_cells([], groups, ["amount:sum"]))
        for measure in ("id:array_agg", "amount:max", "date:min", "res_id:sum"):
            self.assertFalse(self._reads_cells([], [], [measure]))
        for domain in (
            [("partner_id", "=", 1)],
            [("amount", ">", 1)],
            [("date", ">=", "2025-01-02")],
            [("date", "<=", "2025-01-30")],
            [("date", "=", "2025-01-01")],
            [("date", ">=", "today")],
            [("document", "!=", False)],
            ["|", ("user_id", "=", 1), ("id", "=", 1)],
            Domain.custom(to_sql=lambda facts, alias, query: SQL("TRUE")),
        ):
            self.assertFalse(self._reads_cells(domain, [], ["amount:sum"]))
        self.assertFalse(self._reads_cells([], ["user_id"], [], order="id:min"))
        self.assertFalse(self._reads_cells(having=[("amount:max", ">", 1)]))

    def test_a_rule_that_cells_cannot_follow_is_followed_by_facts(self):
        self.assertTrue(self._reads_cells(user=self.salesperson))
        self.env["ir.rule"].create(
            {
                "name": "Only the north",
                "model_id": self.env["ir.model"]._get_id("sales.fact"),
                "domain_force": [("partner_id", "=", self.customer_north.id)],
            }
        )
        self.assertFalse(self._reads_cells(user=self.salesperson))
        facts = self._facts(self.director)
        [[count]] = facts._read_group([], [], ["__count"])
        self.assertEqual(count, facts.search_count([]))

    def test_a_filter_that_contradicts_the_rule_finds_nothing(self):
        facts = self._facts(self.salesperson)
        for domain in (
            [("user_id", "!=", self.salesperson.id)],
            [("user_id", "=", False)],
            [("team_id", "=", -1), ("user_id", "=", self.colleague.id)],
        ):
            groups = facts.formatted_read_group(domain, ["team_id"], ["amount:sum"])
            with self._without_cells():
                same = facts.formatted_read_group(domain, ["team_id"], ["amount:sum"])
            self.assertEqual(groups, same)

    def test_a_context_sent_by_a_client_changes_nothing(self):
        facts = self._facts(self.salesperson)
        forged = facts.with_context(sales_fact_groups={"dimensions": ["user_id"]})
        self.assertEqual(forged.search([]), facts.search([]))
