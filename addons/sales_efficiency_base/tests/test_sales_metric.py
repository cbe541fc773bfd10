# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from ast import literal_eval

from freezegun import freeze_time
from psycopg2.errors import CheckViolation, ForeignKeyViolation

from odoo import Command, fields
from odoo.exceptions import UserError, ValidationError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from ..tools import Period, Scope
from .common import SalesEfficiencyCommon


class SalesMetricCase(SalesEfficiencyCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.metrics = cls.env["sales.metric"].with_user(cls.director)
        cls.today = fields.Date.context_today(cls.metrics)

    def _metric(self, code):
        return self.env.ref(f"sales_efficiency_base.sales_metric_{code}")

    def _event(self, event):
        return self.env.ref(f"sales_efficiency_base.sales_metric_event_{event}")

    def _define(self, kind="sum", **values):
        """Define a metric as a director."""
        if kind in ("sum", "distinct"):
            values.setdefault("event_ids", self._event("confirmed").ids)
        return self.metrics.create({"name": "Mine", "kind": kind, **values})

    def _confirm_orders(self):
        """Confirm orders of today: 100 by the shop, 20 by the agent, 3 without channel.

        The agent's order is the outsider's, the others are the salesperson's.
        """
        for channel, user, price in (
            (self.channel_shop, self.salesperson, 100),
            (self.channel_agent, self.outsider, 20),
            (self.env["sales.channel"], self.salesperson, 3),
        ):
            self._create_order(
                user=user, price=price, sales_channel_id=channel.id
            ).action_confirm()
        self.env["sales.mart"]._refresh()

    def _value(self, metric):
        """Return the value of today for both salespeople."""
        people = self.salesperson | self.outsider
        scope = Scope(self.company.id, user_id=people.ids)
        today = Period(self.today, self.today)
        return metric._evaluate([scope], [today])[metric.id, scope, today]


@tagged("post_install", "-at_install")
class TestSalesMetric(SalesMetricCase):
    """Metrics that directors define without code, and refused definitions."""

    def test_every_supplied_metric_says_what_it_is(self):
        supplied = self.env["sales.metric"].search([("code", "!=", False)])
        self.assertGreaterEqual(len(supplied), 21)
        for metric in supplied:
            # Metrics of single records, such as a kind of expenses, are named by them.
            if metric.code.rpartition("_")[2].isdigit():
                continue
            with self.subTest(metric=metric.code):
                self.assertTrue(metric.unit)
                self.assertTrue(metric.formula)
                self.assertTrue(metric.description)

    def test_fewer_is_better_where_a_rise_is_bad_news(self):
        metrics = self.env["sales.metric"].with_context(active_test=False)
        fewer = metrics.search([("higher_is_better", "=", False)])
        names = fewer.get_external_id()
        codes = {
            metric.code
            for metric in fewer
            if names[metric.id].startswith("sales_efficiency_base.")
        }
        self.assertEqual(codes, {"lost", "won_days", "sales_cycle"})

    def test_the_amount_of_a_channel_and_of_those_below_it(self):
        self._confirm_orders()
        action = self.env.ref("sales_efficiency_base.sales_metric_action")
        form = Form(self.metrics.with_context(**literal_eval(action.context)))
        form.name = "Direct Sales"
        form.domain = f"[('channel_id', 'in', {self.channel_direct.ids})]"
        metric = form.save()
        self.assertRecordValues(metric, [{"kind": "sum", "unit": "currency"}])
        self.assertEqual(
            metric.formula,
            "Sum of Amount: Order confirmed, Past sale, Past order (filtered)",
        )
        self.assertEqual(self._value(metric), 100)

    def test_all_but_a_channel_includes_what_has_no_channel(self):
        self._confirm_orders()
        for operator in ("not in", "!="):
            value = self.channel_direct.id
            value = [value] if operator == "not in" else value
            domain = str([("channel_id", operator, value)])
            metric = self._define(measure="amount", domain=domain)
            self.assertEqual(self._value(metric), 23)

    def test_a_filter_for_no_channel(self):
        self._confirm_orders()
        metric = self._define(measure="amount", domain="[('channel_id', '=', False)]")
        self.assertEqual(self._value(metric), 3)

    def test_a_share_is_in_percent(self):
        self._confirm_orders()
        agent = self._define(
            measure="amount", domain=f"[('channel_id', '=', {self.channel_agent.id})]"
        )
        with Form(self.metrics) as form:
            form.name = "Share of the Agent"
            form.kind = "ratio"
            form.numerator_id = agent
            form.denominator_id = self._metric("ordered_amount")
        share = form.record
        self.assertEqual(share.unit, "percent")
        self.assertEqual(share.formula, "Mine ÷ Ordered Amount × 100")
        self.assertEqual(self._value(share), 16.2602)

    def test_a_ratio_of_different_things_is_in_the_unit_of_its_numerator(self):
        parts = {
            "numerator_id": self._metric("ordered_amount").id,
            "denominator_id": self._metric("order_count").id,
        }
        self.assertEqual(self._define("ratio", **parts).unit, "currency")
        for unit in ("percent", "count", "days"):
            with self.assertRaisesRegex(ValidationError, "can only be: Money"):
                self._define("ratio", **parts, unit=unit)

    def test_a_ratio_of_one_unit_need_not_be_in_percent(self):
        self._confirm_orders()
        lines = self._define(measure="facts")
        lines_per_order = self._define(
            "ratio",
            numerator_id=lines.id,
            denominator_id=self._metric("order_count").id,
            unit="count",
        )
        self.assertEqual(self._value(lines_per_order), 1)

    def test_what_is_missing_is_named(self):
        for kind, values, missing in (
            ("sum", {"event_ids": False}, "Events, Measure"),
            ("distinct", {}, "Counted"),
            ("ratio", {}, "Numerator, Denominator"),
            ("growth", {}, "Growth Of"),
        ):
            with (
                self.subTest(kind=kind),
                self.assertRaisesRegex(ValidationError, f"of Mine: {missing}"),
            ):
                self._define(kind, **values)

    def test_what_is_missing_has_no_formula_yet(self):
        form = Form(self.metrics)
        for kind in ("sum", "distinct", "ratio", "growth"):
            form.kind = kind
            self.assertFalse(form.formula)

    def test_no_metric_is_measured_by_itself(self):
        amount = self._metric("ordered_amount")
        one, two = (
            self._define("ratio", numerator_id=amount.id, denominator_id=amount.id)
            for _number in range(2)
        )
        two.numerator_id = one
        with self.assertRaisesRegex(ValidationError, "depend on itself"):
            one.denominator_id = two
        with self.assertRaisesRegex(ValidationError, "depend on itself"):
            one.numerator_id = one

    def test_no_growth_of_a_growth(self):
        growth = self._metric("ordered_growth")
        with self.assertRaisesRegex(ValidationError, "growth of a growth"):
            self._define("growth", base_id=growth.id)

    def test_no_growth_of_what_becomes_a_growth(self):
        rate, growth = self._metric("margin_rate"), self._metric("ordered_growth")
        ratio = self._define("ratio", numerator_id=rate.id, denominator_id=rate.id)
        self._define("growth", base_id=ratio.id)
        with self.assertRaisesRegex(ValidationError, "growth of a growth"):
            ratio.numerator_id = growth

    @mute_logger("odoo.sql_db")
    def test_only_methods_that_measure_are_called(self):
        method = {"method_model": "res.users", "method_formula": "Sly"}
        with self.assertRaises(CheckViolation):
            self._define("method", **method, method_name="unlink")

    def test_a_filter_cannot_tell_what_its_author_may_not_read(self):
        with self.assertRaisesRegex(ValidationError, "is not valid for sales figures"):
            self._define(
                measure="amount",
                domain="[('user_id.employee_ids.private_phone', '!=', 'x')]",
            )

    def test_a_filter_has_to_fit_the_figures(self):
        for domain in (
            "[('planet', '=', 1)]",
            "nonsense",
            "[('amount',)]",
            "[('amount', '>', 'much')]",
            "[('user_id', '=', uid)]",
        ):
            with (
                self.subTest(domain=domain),
                self.assertRaisesRegex(
                    ValidationError, "is not valid for sales figures"
                ),
            ):
                self._define(measure="amount", domain=domain)

    def test_a_filter_leaves_time_to_the_period(self):
        for name, value in (("date", "2024-01-01"), ("event", "won")):
            with self.assertRaisesRegex(ValidationError, "cannot use dates"):
                self._define(measure="amount", domain=f"[('{name}', '=', '{value}')]")

    def test_another_kind_forgets_what_it_is_not_measured_by(self):
        metric = self._define(measure="amount", domain="[('quantity', '>', 1)]")
        margin = self._metric("margin")
        metric.write(
            {
                "kind": "ratio",
                "numerator_id": margin.id,
                "denominator_id": self._metric("order_count").id,
            }
        )
        self.assertRecordValues(
            metric,
            [
                {
                    "measure": False,
                    "event_ids": [],
                    "domain": False,
                    "numerator_id": margin.id,
                    "unit": "currency",
                }
            ],
        )

    def test_a_copy_measures_the_same(self):
        self._confirm_orders()
        metric = self._metric("ordered_amount")
        copy = metric.with_user(self.director).copy()
        self.assertRecordValues(
            copy, [{"name": "Ordered Amount (copy)", "code": False}]
        )
        self.assertEqual(copy.formula, metric.formula)
        self.assertEqual(self._value(copy), 123)

    def test_a_company_keeps_its_metrics_to_itself(self):
        sister = self.env["res.company"].create({"name": "Sister"})
        theirs = self.env["sales.metric"].create(
            {
                "name": "Theirs",
                "measure": "amount",
                "event_ids": [Command.set(self._event("confirmed").ids)],
                "company_id": sister.id,
            }
        )
        self.assertNotIn(theirs, self.metrics.search([]))
        with self.assertRaisesRegex(UserError, "Theirs"):
            self.env["sales.metric"].create(
                {"name": "Growth", "kind": "growth", "base_id": theirs.id}
            )

    def test_what_came_with_the_app_is_archived_not_deleted(self):
        metric = self._metric("won_amount").with_user(self.director)
        with self.assertRaisesRegex(UserError, "Won Amount came with the app"):
            metric.unlink()
        metric.active = False
        self._define(measure="amount").unlink()

    @mute_logger("odoo.sql_db")
    def test_a_part_of_another_metric_is_not_deleted(self):
        part = self._define(measure="amount")
        self._define("growth", base_id=part.id)
        with self.assertRaises(ForeignKeyViolation):
            part.unlink()


@tagged("post_install", "-at_install")
class TestSalesMetricScreen(SalesMetricCase):
    """The screen of metrics, for each role."""

    def setUp(self):
        super().setUp()
        self._confirm_orders()
        self.newcomer = self._create_user("salesperson", login="starter")

    def _read(self, user, code="ordered_amount"):
        metric = self._metric(code).with_user(user)
        return metric.value_scope, metric.value_month

    def _format(self, amount):
        return self._metric("ordered_amount")._format(amount)

    def test_a_salesperson_reads_their_own_figures(self):
        self.assertEqual(
            self._read(self.salesperson), ("Test Salesperson", self._format(103))
        )
        self.assertEqual(self._read(self.outsider), ("Test Outsider", self._format(20)))

    def test_a_leader_reads_the_figures_of_the_teams_and_of_those_below(self):
        self.assertEqual(
            self._read(self.leader), ("Test Department", self._format(103))
        )

    def test_a_leader_without_a_team_reads_their_own_figures(self):
        leader = self._create_user("leader", login="newcomer")
        self.assertEqual(self._read(leader), ("Test Newcomer", self._format(0)))

    def test_a_director_reads_the_figures_of_the_company(self):
        scope, name = self.metrics._get_scope_of_user()
        self.assertEqual((scope, name), (Scope(self.company.id), self.company.name))

    def test_no_value_is_a_dash(self):
        for code in ("conversion_rate", "sales_cycle", "ordered_growth"):
            self.assertEqual(self._read(self.salesperson, code)[1], "–")

    def test_how_much_of_a_margin_is_known_stands_beside_it(self):
        self.company.sales_zero_cost_unknown = True
        self.product.standard_price = 0
        self._confirm_orders()
        self.env["sales.mart"]._refresh()
        scope, _name = self.metrics.with_user(self.salesperson)._get_scope_of_user()
        period = Period.month(fields.Date.today())
        for code in ("margin", "margin_rate"):
            metric = self._metric(code)
            values = metric._evaluate([scope], [period], known=True)
            share = values.known[metric.id, scope, period].share
            self.assertTrue(0 < share < 100)
            value = self._read(self.salesperson, code)[1]
            self.assertIn(f"(known: {share:.0f} %)", value)
        self.assertNotIn("known", self._read(self.salesperson, "ordered_amount")[1])

    def test_values_have_their_units(self):
        for code, value, text in (
            ("ordered_quantity", 2.5, "2.50"),
            ("order_count", 1234, "1,234"),
            ("margin_rate", 12.345, "12.3 %"),
            ("sales_cycle", 51.782, "51.8 days"),
        ):
            self.assertEqual(self._metric(code)._format(value), text)

    @freeze_time("2024-05-10 12:00:00")
    def test_this_year_stands_beside_the_same_days_of_last_year(self):
        for day, amount in (
            ("2023-05-10", 100),
            ("2023-05-11", 500),
            ("2024-01-02", 150),
        ):
            self.env["sales.history.line"].create(
                {
                    "date": day,
                    "amount": amount,
                    "company_id": self.company.id,
                    "user_id": self.newcomer.id,
                }
            )
        self.env["sales.mart"]._refresh()
        metric = self._metric("ordered_amount").with_user(self.newcomer)
        self.assertEqual(metric.value_year, self._format(150))
        self.assertEqual(metric.value_last_year, self._format(100))
        growth = self._metric("ordered_growth").with_user(self.newcomer)
        self.assertEqual(growth.value_year, "50.0 %")

    def test_the_sum_of_all_days_to_win_is_no_indicator(self):
        self.assertNotIn(self._metric("won_days"), self.metrics.search([]))
        self.assertIn(self._metric("sales_cycle"), self.metrics.search([]))

    def test_the_figures_behind_a_metric_open(self):
        self._confirm_orders()
        ratio = self._define(
            "ratio",
            numerator_id=self._define(
                measure="amount",
                domain=f"[('channel_id', 'in', {self.channel_direct.ids})]",
            ).id,
            denominator_id=self._metric("won").id,
        )
        action = ratio.action_open_facts()
        facts = self.env[action["res_model"]].with_user(self.director)
        figures = facts.search(action["domain"])
        ours = figures.filtered(lambda fact: fact.event == "confirmed")
        self.assertEqual(ours.channel_id, self.channel_shop)
        self.assertEqual(set(figures.mapped("event")) - {"won"}, {"confirmed"})

    def test_settings_switch_new_and_existing_business_on_and_off(self):
        metrics = self._metric("new_business") | self._metric("existing_business")
        self.assertFalse(any(metrics.mapped("active")))
        for is_split in (True, False):
            with Form(self.env["res.config.settings"]) as form:
                form.sales_splits_business = is_split
            form.record.execute()
            self.assertEqual(metrics.mapped("active"), [is_split, is_split])
