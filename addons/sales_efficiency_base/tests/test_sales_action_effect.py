# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date

from odoo.exceptions import AccessError
from odoo.tests import Form, freeze_time, tagged

from ..engine import ActionEffect
from .common import SalesEfficiencyCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-07-16 12:00:00")
class TestSalesActionEffect(SalesEfficiencyCommon):
    """Sales of a salesperson before and after 16 July 2026, when an action was done:

    18 June   100   the day before the first four weeks
    19 June   200   first day of the four weeks before the action
    16 July   300   last day of these, on which the action was done
    17 July   400   first day of the four weeks after the action
    13 Aug    500   last day of these
    14 Aug    600   the day after
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ordered = cls.env.ref("sales_efficiency_base.sales_metric_ordered_amount")
        cls._sell(
            ("2026-06-18", 100),
            ("2026-06-19", 200),
            ("2026-07-16", 300),
            ("2026-07-17", 400),
            ("2026-08-13", 500),
            ("2026-08-14", 600),
        )

    @classmethod
    def _sell(cls, *sales, user=None):
        cls.env["sales.history.line"].create(
            [
                {
                    "date": day,
                    "amount": amount,
                    "company_id": cls.company.id,
                    "user_id": (user or cls.salesperson).id,
                }
                for day, amount in sales
            ]
        )
        cls.env["sales.mart"]._refresh()

    @classmethod
    def _create_action(cls, **values):
        return cls.env["sales.action"].create(
            {
                "name": "Visit the largest customer",
                "user_id": cls.salesperson.id,
                "company_id": cls.company.id,
                "metric_id": cls.ordered.id,
                **values,
            }
        )

    def _run(self, day):
        cron = self.env.ref("sales_efficiency_base.ir_cron_action_effects")
        with self.enter_registry_test_mode(), freeze_time(f"{day} 03:00:00"):
            cron.method_direct_trigger()
        self.env.invalidate_all()

    def test_the_weeks_after_it_was_done_are_compared_with_those_before(self):
        item = self._create_action()
        item.action_done()
        for day in ("2026-07-20", "2026-08-13"):
            self._run(day)
            self.assertFalse(item.effect_date, f"{day}: too early")
            self.assertFalse(item.is_effect_known)
        self._run("2026-08-14")
        self.assertRecordValues(
            item,
            [
                {
                    "effect_date": date(2026, 8, 14),
                    "is_effect_known": True,
                    "value_before": 500,
                    "value_after": 900,
                    "effect": 400,
                    "metric_unit": "currency",
                }
            ],
        )

    def test_the_company_says_over_how_many_weeks(self):
        self.company.sales_action_effect_weeks = 1
        item = self._create_action()
        item.action_done()
        self._run("2026-07-24")
        self.assertEqual((item.value_before, item.value_after), (300, 400))

    def test_what_is_open_or_has_no_metric_is_not_measured(self):
        waiting = self._create_action()
        plain = self._create_action(metric_id=False)
        plain.action_done()
        self._run("2026-12-01")
        self.assertFalse((waiting + plain).filtered("effect_date"))

    def test_it_is_measured_once_and_anew_when_it_was_opened_again(self):
        item = self._create_action()
        item.action_done()
        self._run("2026-08-14")
        self._sell(("2026-08-01", 50))
        self._run("2026-08-15")
        self.assertEqual(item.value_after, 900, "as it was measured")
        item.action_reopen()
        self.assertFalse(item.effect_date or item.date_done)
        self.assertFalse(item.is_effect_known)
        with freeze_time("2026-08-20 12:00:00"):
            item.action_done()
            self.assertEqual(item.date_done, date(2026, 8, 20))
        self._run("2026-09-18")
        self.assertEqual(item.value_before, 1150)
        self.assertEqual(item.value_after, 0)

    def test_a_rate_of_nothing_is_not_known(self):
        rate = self.env.ref("sales_efficiency_base.sales_metric_margin_rate")
        item = self._create_action(metric_id=rate.id, user_id=self.colleague.id)
        item.action_done()
        self._run("2026-08-14")
        self.assertTrue(item.effect_date)
        self.assertFalse(item.is_effect_known)

    def test_metric_and_scope_are_those_of_the_origin(self):
        rule = self.env["sales.alert.rule"].create({"name": "Test"})
        alert = self.env["sales.alert"].create(
            {
                "rule_id": rule.id,
                "res_model": "sales.region",
                "res_id": self.region_north.id,
                "company_id": self.company.id,
                "metric_id": self.ordered.id,
                "responsible_id": self.salesperson.id,
                "severity": "warning",
            }
        )
        self._sell(("2026-07-16", 1000), ("2026-07-20", 1), user=self.colleague)
        item = self.env["sales.action"].create(
            {"name": "Call", "alert_id": alert.id, "user_id": self.salesperson.id}
        )
        self.assertEqual(item.metric_id, self.ordered)
        item.action_done()
        self._run("2026-08-14")
        self.assertEqual((item.value_before, item.value_after), (1500, 901))
        self.assertEqual(item.with_user(self.salesperson).value_after, 901)

    def test_figures_are_shown_to_those_who_may_see_them(self):
        """Asking a colleague for an action does not reveal their sales."""
        item = self._create_action()
        item.action_done()
        asked = self.env["sales.action"].with_user(self.outsider)
        asked = asked.create(
            {
                "name": "Peep",
                "user_id": self.salesperson.id,
                "metric_id": self.ordered.id,
                "company_id": self.company.id,
            }
        )
        asked.action_done()
        self._run("2026-08-14")
        self.assertTrue(asked.effect_date)
        self.assertFalse(asked.is_effect_known)
        self.assertEqual((asked.value_after, asked.effect), (0, 0))
        for user in (self.salesperson, self.leader, self.director):
            self.assertEqual(asked.with_user(user).value_after, 900, user.name)

    def test_nobody_chooses_the_weeks_or_prevents_the_measurement(self):
        item = self._create_action().with_user(self.salesperson)
        for name in ("date_done", "effect_date"):
            with self.assertRaises(AccessError):
                item.write({name: "2026-01-01"})
            with self.assertRaises(AccessError):
                item.create({"name": "Forged", name: "2026-01-01"})
        item.with_context(default_effect_date="2026-01-01").create({"name": "Forged"})
        self.assertFalse(
            self.env["sales.action"].search_count([("effect_date", "!=", False)])
        )

    def test_a_difference_has_no_noise(self):
        self._sell(("2026-07-16", 0.1), ("2026-07-17", 0.3))
        item = self._create_action()
        item.action_done()
        self._run("2026-08-14")
        self.assertEqual((item.value_before, item.value_after), (500.1, 900.3))
        self.assertEqual(item.effect, 400.2)

    def test_a_form_shows_metric_and_effect(self):
        item = self._create_action(metric_id=False)
        with Form(item.with_user(self.salesperson)) as form:
            form.metric_id = self.ordered
        item.action_done()
        self._run("2026-08-14")
        form = Form(item.with_user(self.salesperson))
        self.assertEqual((form.value_before, form.effect), (500, 400))

    def test_the_number_of_queries_does_not_depend_on_the_items(self):
        def count(number):
            items = self.env["sales.action"]
            for _number in range(number):
                items |= self._create_action()
            items.action_done()
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            with freeze_time("2026-08-14 03:00:00"):
                ActionEffect(self.env).measure(items)
            self.env.flush_all()
            return self.env.cr.sql_log_count - before

        count(1)  # fills the caches
        self.assertEqual(count(2), count(12))
