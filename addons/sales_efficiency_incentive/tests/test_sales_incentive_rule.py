# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from decimal import Decimal

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import Form, freeze_time, tagged

from ..engine import read_assignment, read_rule, read_version
from ..tools import WHOLE
from .common import SalesIncentiveCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-10-15 12:00:00")
class TestSalesIncentiveRule(SalesIncentiveCommon):
    """A rule says what is paid in every case, and shows it."""

    def _refuse(self, message, **values):
        with (
            self.subTest(values),
            self.assertRaisesRegex(ValidationError, message),
            self.env.cr.savepoint(),
        ):
            self.rule.with_user(self.officer).write(values)

    def _try(self, rule=None, **values):
        """:return: what a rule pays for what is tried"""
        rule = rule or self.rule
        # Unsaved copies of a record share what is computed.
        self.env.invalidate_all()
        return rule.new(values, origin=rule).trial_earned

    # Tables

    def test_a_table_starts_at_0(self):
        with self.assertRaisesRegex(ValidationError, "first tier start at 0"):
            self.rule.tier_ids[0].with_user(self.officer).bound = 10
        with self.assertRaisesRegex(ValidationError, "first tier start at 0"):
            self.rule.tier_ids[0].with_user(self.officer).unlink()

    def test_two_tiers_do_not_start_at_the_same_bound(self):
        with self.assertRaisesRegex(ValidationError, "start at 50,000"):
            self.rule.tier_ids[2].with_user(self.officer).bound = 50_000

    def test_a_table_is_not_empty(self):
        self._refuse("is empty", tier_ids=[(5, 0, 0)])

    def test_tiers_are_in_the_order_of_their_bounds(self):
        self.rule.tier_ids = self._tiers((20_000, 5.5))
        self.assertEqual(
            self.rule.tier_ids.sorted().mapped("bound"), [0, 20_000, 50_000, 100_000]
        )

    def test_all_bounds_may_move_at_once(self):
        _first, second, third = self.rule.tier_ids
        self.rule.with_user(self.officer).tier_ids = [
            (1, second.id, {"bound": 100_000}),
            (1, third.id, {"bound": 200_000}),
        ]
        self.assertEqual(self.rule.tier_ids.mapped("bound"), [0, 100_000, 200_000])

    def test_no_client_leaves_out_the_check_of_the_table(self):
        tier = self.rule.tier_ids[0].with_user(self.officer)
        for forged in (True, str(WHOLE), {}):
            with self.assertRaises(ValidationError):
                tier.with_context(sales_incentive_tiers=forged).bound = 10

    def test_a_bonus_starts_where_its_first_point_is(self):
        rule = self.env["sales.incentive.rule"].create(
            {
                "version_id": self.version.id,
                "name": "Bonus",
                "kind": "bonus",
                "target_metric_id": self.ordered.id,
                "tier_ids": self._tiers((80, 50), (100, 100)),
            }
        )
        self.assertEqual(rule.rate_by, "attainment")

    # Definition

    def test_a_commission_is_a_share_of_a_sum_of_money(self):
        self._refuse("no sum of money", metric_id=self.margin_rate.id)
        self._refuse("no sum of money", metric_id=self.quantity.id)
        self._refuse("Choose what", metric_id=False)

    def test_a_bounty_is_paid_by_piece(self):
        self._refuse("by piece", kind="bounty", rate_by="fixed")
        customers = self.env.ref("sales_efficiency_base.sales_metric_new_customers")
        self.rule.write(
            {"kind": "bounty", "metric_id": customers.id, "rate_by": "fixed", "rate": 5}
        )
        self.assertEqual(self.rule.unit_of_rate, "currency")
        self._refuse("no margin rate", rate_by="margin")

    def test_a_bonus_goes_by_attainment(self):
        self._refuse("by the attainment", kind="bonus", rate_by="month")

    def test_attainment_needs_a_target(self):
        self.rule.write({"rate_by": "attainment"})
        self.assertEqual(self.rule.target_metric_id, self.invoiced)
        self._refuse("depends on a target", target_metric_id=False)

    def test_a_line_has_one_margin_rate(self):
        self.rule.rate_by = "margin"
        self.assertEqual(self.rule.rate_mode, "whole")
        self._refuse("pay all at the rate reached", rate_mode="marginal")

    def test_only_invoices_wait_for_the_customer(self):
        self._refuse("paid by customers", metric_id=self.ordered.id, paid="collected")
        self._refuse("paid by customers", metric_id=self.ordered.id, unpaid_days=30)
        self.rule.paid = "collected"
        self._refuse("Set the days to 0", unpaid_days=30)

    def test_a_holdback_has_a_share_and_months(self):
        self._refuse("share and a number of months", holdback=20)
        self._refuse("share and a number of months", holdback_months=3)
        self.rule.write({"holdback": 20, "holdback_months": 3})

    def test_ones_own_rate_follows_from_a_target(self):
        self._refuse("follows from a target", rate_unit="fold")
        self.rule.write(
            {
                "rate_by": "attainment",
                "rate_unit": "fold",
                "tier_ids": [(5, 0, 0), *self._tiers((0, 1), (100, 1.5))],
            }
        )

    def test_rules_stay_in_their_version(self):
        other = self._create_version(self.incentive, "2027-01-01")
        with self.assertRaises(AccessError):
            self.rule.with_user(self.officer).version_id = other
        with self.assertRaises(AccessError):
            self.rule.tier_ids[2].with_user(self.officer).rule_id = other.rule_ids

    # Chart and calculator

    def test_the_calculator_pays_as_the_ledger_does(self):
        tried = self.rule.new({"trial_base": 102_000}, origin=self.rule)
        self.assertEqual(tried.trial_earned, 5_640)
        self.assertEqual(tried.trial_rate, 5.53)
        self.rule.rate_mode = "whole"
        self.assertEqual(self._try(trial_base=102_000), 7_140)
        self.assertEqual(self._try(trial_base=100_000), 7_000)
        self.rule.reach = "exceed"
        self.assertEqual(self._try(trial_base=100_000), 6_000)

    def test_the_calculator_tries_what_is_not_saved(self):
        form = Form(self.version.with_user(self.officer))
        with form.rule_ids.edit(0) as rule:
            rule.trial_base = 102_000
            self.assertEqual(rule.trial_earned, 5_640)
            with rule.tier_ids.edit(2) as tier:
                tier.rate = 57
            self.assertEqual(rule.trial_base, 102_000, "what is tried stays")
            self.assertEqual(rule.trial_earned, 6_640)

    def test_the_calculator_knows_targets(self):
        """3 % below the quota of 100,000, 5 % from it on."""
        self.rule.write(
            {
                "rate_by": "attainment",
                "tier_ids": [(5, 0, 0), *self._tiers((0, 3), (100, 5))],
            }
        )
        tried = {"trial_base": 104_000, "trial_target": 100_000}
        self.assertEqual(self._try(**tried), 3_200)
        self.rule.rate_mode = "whole"
        self.assertEqual(self._try(**tried), 5_200)

    def test_the_calculator_knows_the_curve_of_a_bonus(self):
        bonus = self.env["sales.incentive.rule"].create(
            {
                "version_id": self.version.id,
                "name": "Bonus",
                "kind": "bonus",
                "target_metric_id": self.ordered.id,
                "interval": "quarter",
                "tier_ids": self._tiers((80, 50), (100, 100), (120, 150)),
            }
        )
        tried = {"trial_target": 100, "trial_incentive": 40_000}
        for attained, paid in (
            (79.99, 0),
            (80, 20_000),
            (97.3, 37_300),
            (125, 60_000),
        ):
            self.assertEqual(self._try(bonus, trial_base=attained, **tried), paid)

    def test_the_calculator_knows_margins_days_and_multiples(self):
        self.rule.write(
            {
                "rate_by": "margin",
                "tier_ids": [(5, 0, 0), *self._tiers((0, 1), (20, 2), (30, 3))],
            }
        )
        self.assertEqual(self._try(trial_base=1_000, trial_measure=20), 20)
        self.rule.rate_by = "collection_days"
        self.assertEqual(self._try(trial_base=1_000, trial_measure=30), 30)
        self.rule.write({"rate_by": "attainment", "rate_mode": "marginal"})
        self.rule.write(
            {
                "rate_unit": "fold",
                "tier_ids": [(5, 0, 0), *self._tiers((0, 1), (100, 1.5), (130, 0))],
            }
        )
        earned = self._try(
            trial_base=650_000, trial_target=500_000, trial_incentive=100_000
        )
        self.assertEqual(earned, 145_000)

    def test_the_chart_has_the_points_at_which_the_line_bends(self):
        points = {point["x"]: point["y"] for point in self.rule.chart["points"]}
        self.assertEqual(self.rule.chart["unit"], "currency")
        self.assertEqual(points[0], 0)
        self.assertEqual(points[50_000], 2_500)
        self.assertEqual(points[100_000], 5_500)
        self.assertEqual(points[150_000], 9_000)

    def test_a_table_that_is_not_complete_has_no_chart(self):
        form = Form(self.version.with_user(self.officer))
        with form.rule_ids.new() as rule:
            rule.name = "Without tiers"
            rule.metric_id = self.invoiced
            rule.rate_by = "month"
            self.assertFalse(rule.chart)
            self.assertEqual(rule.trial_earned, 0)
            rule.rate_by = "fixed"

    # Words and terms

    def test_a_rule_says_in_one_line_what_it_pays(self):
        symbol = self.company.currency_id.symbol
        summary = self.rule.summary.replace("\xa0", "").replace(symbol, "")
        self.assertEqual(
            summary,
            "5 % to 50,000.00, 6 % to 100,000.00, 7 % above of Invoiced Amount",
        )
        self.rule.write({"rate_by": "fixed", "rate": 0.125})
        self.assertEqual(self.rule.summary, "0.125 % of Invoiced Amount")

    def test_the_computation_gets_the_terms_as_people_see_them(self):
        self.rule.write({"share": 33.3, "holdback": 12.5, "holdback_months": 3})
        self.version.write(
            {
                "cap_month": 8_000,
                "cap_month_mode": "carry",
                "return_step_ids": [(0, 0, {"days": 90, "share": 50})],
            }
        )
        self.assignment.write({"draw_amount": 2_000, "target_incentive": 30_000})
        self.company.fiscalyear_last_month = "3"
        rule = read_rule(self.rule)
        self.assertEqual(rule.tiers[1], (Decimal(50_000), Decimal("0.06")))
        self.assertEqual(rule.holdback, Decimal("0.125"))
        self.assertEqual((rule.unpaid_days, rule.cap_month), (None, None))
        version = read_version(self.version)
        self.assertEqual(version.cap_month, Decimal(8_000))
        self.assertEqual(version.returns.steps, ((90, Decimal("0.5")),))
        person = read_assignment(self.assignment, [version])
        self.assertEqual(person.draw.amount, Decimal(2_000))
        self.assertEqual((person.draw.months, person.draw.limit), (None, None))
        months = person.calendar.months("year", self.version.date_from)
        self.assertEqual(months[0].month, 4)
