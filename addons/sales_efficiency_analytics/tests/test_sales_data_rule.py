# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date

from freezegun import freeze_time

from odoo.tests import tagged
from odoo.tools import mute_logger

from ..models.sales_data_rule import KINDS
from .quality_common import QualityCommon

VALUES = (120, 80, 95, 200, 150, 80, 60, 310, 95, 110)


@tagged("post_install", "-at_install")
@freeze_time("2026-10-15 12:00:00")
class TestSalesDataRule(QualityCommon):
    """What each kind of rule finds, and what is refused."""

    @classmethod
    def _create_leads(cls, values, **others):
        return cls.env["crm.lead"].create(
            [
                {"name": f"Lead {value}", "expected_revenue": value, **others}
                for value in values
            ]
        )

    @classmethod
    def _create_outlier_rule(cls, leads, **values):
        return cls._create_rule(
            model="crm.lead",
            kind="outlier",
            field_name="expected_revenue",
            domain=f"[('id', 'in', {leads.ids})]",
            **values,
        )

    # ------------------------------------------------------------------
    # Kinds
    # ------------------------------------------------------------------

    def test_outlier_310_is_one_and_200_is_none(self):
        """Median 102.5, MAD 22.5: 6.22 and 2.92."""
        rule = self._create_outlier_rule(self._create_leads(VALUES))
        issue = self._check()
        self.assertEqual(self._names(issue), ["Lead 310"])
        self.assertAlmostEqual(issue.deviation, 6.22, 2)
        rule.threshold = 2.9
        issues = self._check()
        self.assertEqual(self._names(issues), ["Lead 200", "Lead 310"])
        self.assertAlmostEqual(min(issues.mapped("deviation")), 2.92, 2)

    def test_without_a_median_distance_there_is_no_outlier(self):
        self._create_outlier_rule(self._create_leads([100] * 6 + [1_000_000]))
        self.assertFalse(self._check())

    def test_small_and_negative_figures_are_outliers_too(self):
        self._create_outlier_rule(self._create_leads([*VALUES[:7], -900]))
        issue = self._check()
        self.assertEqual(self._names(issue), ["Lead -900"])
        self.assertLess(issue.deviation, -3.5)

    def test_companies_are_not_compared(self):
        other = self.env["res.company"].create({"name": "Other"})
        leads = self._create_leads(VALUES[:7])
        leads |= self._create_leads(
            [310_000 + value for value in VALUES[:7]], company_id=other.id
        )
        self._create_outlier_rule(leads)
        self.assertFalse(self._check())

    def test_currencies_are_not_compared(self):
        currency = self.env["res.currency"].create({"name": "QQQ", "symbol": "q"})
        pricelist = self.env["product.pricelist"].create(
            {"name": "In Q", "currency_id": currency.id}
        )
        orders = self.env["sale.order"]
        for price in VALUES[:7]:
            orders |= self._create_order(price=price)
            orders |= self._create_order(price=1000 * price, pricelist_id=pricelist.id)
        self.assertEqual(len(orders.currency_id), 2)
        rule = self._create_outlier_rule(orders)
        rule.active = False
        self._create_rule(
            model="sale.order",
            kind="outlier",
            field_name="amount_untaxed",
            domain=f"[('id', 'in', {orders.ids})]",
        )
        self.assertFalse(self._check())

    def test_missing_is_empty_or_blank_or_zero(self):
        self.customer_north.phone = "  "
        self.customer_south.phone = "+886 2 2469 4407"
        self._create_rule()
        self.assertEqual(
            self._names(self._check()), ["Customer North", "Customer Nowhere"]
        )

    def test_missing_figures_dates_and_links(self):
        leads = self._create_leads([0, 5])
        leads[1].date_deadline = "2026-12-31"
        leads[1].campaign_id = self.env["utm.campaign"].create({"name": "Fair"})
        for name in ("expected_revenue", "date_deadline", "campaign_id"):
            with self.subTest(name):
                rule = self._create_rule(
                    model="crm.lead",
                    field_name=name,
                    domain=f"[('id', 'in', {leads.ids})]",
                )
                self.assertEqual(self._names(self._check(rule)), ["Lead 0"])

    def test_duplicates_differ_in_case_blanks_and_punctuation_only(self):
        self.customer_north.vat = "xq 0477.472"
        self.customer_south.vat = "XQ0477472"
        self._create_rule(kind="duplicate", field_name="vat")
        self.assertEqual(
            self._names(self._check()), ["Customer North", "Customer South"]
        )
        self.customers.vat = "/"
        self.assertFalse(self._check())

    def test_dots_tell_email_addresses_apart(self):
        self.customer_north.email = "a.b@acme.example"
        self.customer_south.email = "ab@acme.example"
        self._create_rule(kind="duplicate", field_name="email")
        self.assertFalse(self._check())
        self.customer_south.email = "A.B@acme.example"
        self.assertEqual(len(self._check()), 2)

    def test_range(self):
        leads = self._create_leads([-5, 0, 5, 50])
        rule = self._create_rule(
            model="crm.lead",
            kind="range",
            field_name="expected_revenue",
            has_least=True,
            least=0.01,
            domain=f"[('id', 'in', {leads.ids})]",
        )
        self.assertEqual(self._names(self._check()), ["Lead -5", "Lead 0"])
        rule.write({"has_most": True, "most": 49})
        self.assertEqual(self._names(self._check()), ["Lead -5", "Lead 0", "Lead 50"])

    def test_out_of_date_is_more_than_the_days_allowed(self):
        leads = self._create_leads([1, 2, 3])
        leads[0].date_deadline = date(2026, 10, 14)
        leads[1].date_deadline = date(2026, 10, 15)
        rule = self._create_rule(
            model="crm.lead",
            kind="stale",
            field_name="date_deadline",
            domain=f"[('id', 'in', {leads.ids})]",
        )
        self.assertEqual(self._names(self._check()), ["Lead 1"])
        rule.days = 1
        self.assertFalse(self._check())

    def test_an_orphan_names_what_is_archived(self):
        self._create_rule(kind="orphan", field_name="user_id")
        self.assertFalse(self._check())
        self.outsider.active = False
        self.assertEqual(self._names(self._check()), ["Customer South"])

    def test_inconsistent_by_a_condition(self):
        self._create_rule(
            kind="inconsistent",
            condition=f"[('user_id', '=', {self.outsider.id}), ('phone', '=', False)]",
        )
        self.assertEqual(self._names(self._check()), ["Customer South"])

    def test_each_kind_has_its_check(self):
        from ..engine import CHECKS

        self.assertEqual(set(CHECKS), {kind for kind, _label in KINDS})

    # ------------------------------------------------------------------
    # Supplied
    # ------------------------------------------------------------------

    def test_fifteen_rules_are_supplied_and_can_be_checked(self):
        self.assertEqual(len(self.supplied), 15)
        self.supplied.active = True
        self._check(self.supplied)
        for rule in self.supplied:
            with self.subTest(rule.name):
                self.assertFalse(rule.error)
                self.assertTrue(rule.checked_on)
        self.assertEqual(
            set(self.supplied.mapped("dimension")),
            {"accuracy", "completeness", "consistency"},
        )
        # As a director would enter them
        for rule in self.supplied.with_user(self.director):
            rule.write({"domain": rule.domain, "field_name": rule.field_name})

    def test_supplied_rules_find_what_they_name(self):
        leads = self._create_leads([0, 100], type="opportunity")
        leads[1].date_deadline = "2026-10-01"
        order = self._create_order(price=0)
        order.order_line.purchase_price = 0
        order.action_confirm()
        self.customer_nowhere.write({"email": False, "phone": False})
        self.supplied.active = True
        issues = self._check(self.supplied)
        found = {
            (
                issue.res_model,
                issue.res_id,
                issue.rule_id.get_external_id()[issue.rule_id.id].rpartition(
                    "sales_data_rule_"
                )[2],
            )
            for issue in issues
        }
        for record, rule in (
            (self.customer_nowhere, "customer_salesperson"),
            (self.customer_nowhere, "customer_region"),
            (self.customer_nowhere, "customer_reach"),
            (leads[0], "opportunity_revenue"),
            (leads[1], "opportunity_overdue"),
            (order.order_line, "line_price"),
            (order.order_line, "line_cost"),
        ):
            with self.subTest(rule):
                self.assertIn((record._name, record.id, rule), found)

    # ------------------------------------------------------------------
    # What is checked
    # ------------------------------------------------------------------

    def test_only_customers_of_the_house_are_checked(self):
        """Neither contacts of customers, suppliers nor colleagues."""
        contact, stranger = self.env["res.partner"].create(
            [
                {"name": "Contact", "parent_id": self.customer_north.id},
                {"name": "Stranger"},
            ]
        )
        rule = self._create_rule(domain="[]")
        found = self.env["res.partner"].browse(self._check(rule).mapped("res_id"))
        self.assertLessEqual(self.customers, found)
        self.assertFalse(found & (contact | stranger | self.salesperson.partner_id))

    def test_a_rule_of_a_company_leaves_out_others(self):
        other = self.env["res.company"].create({"name": "Other"})
        leads = self._create_leads([0], company_id=other.id)
        leads |= self._create_leads([0])
        rule = self._create_rule(
            model="crm.lead",
            field_name="expected_revenue",
            company_id=self.company.id,
            domain=f"[('id', 'in', {leads.ids})]",
        )
        issue = self._check(rule)
        self.assertEqual(issue.res_id, leads[1].id)
        self.assertEqual(issue.company_id, self.company)

    def test_it_does_not_depend_on_the_screen_it_is_started_from(self):
        self.customer_nowhere.active = False
        rule = self._create_rule()
        rule.with_context(active_test=False)._check()
        self.assertNotIn(self.customer_nowhere.id, self._check(rule).mapped("res_id"))

    def test_queries_do_not_depend_on_records(self):
        rule = self._create_rule(domain="[]")

        def count():
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            rule._check()
            self.env.flush_all()
            return self.env.cr.sql_log_count - before

        count()
        few = count()
        self.env["res.partner"].create(
            [
                {"name": f"Many {number}", "user_id": self.salesperson.id}
                for number in range(50)
            ]
        )
        self.assertEqual(count(), few)

    def test_what_goes_wrong_stops_no_other_rule(self):
        broken, good = self._create_rule(), self._create_rule(name="Good")
        self.env.cr.execute(
            "UPDATE sales_data_rule SET field_name = 'x_gone' WHERE id = %s",
            [broken.id],
        )
        self.env.invalidate_all()
        with mute_logger(
            "odoo.addons.sales_efficiency_analytics.models.sales_data_rule_check"
        ):
            issues = self._check(broken | good)
        self.assertIn("x_gone", broken.error)
        self.assertEqual(issues.rule_id, good)
        self.assertFalse(good.error)
        broken.field_name = "phone"
        self._check(broken)
        self.assertFalse(broken.error)
