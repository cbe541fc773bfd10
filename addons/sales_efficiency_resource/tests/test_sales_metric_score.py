# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date

from odoo import Command
from odoo.tests import freeze_time, tagged

from odoo.addons.sales_efficiency_base.tests.common import SalesEfficiencyCommon
from odoo.addons.sales_efficiency_base.tools import Period, Scope

QUARTER = Period(date(2026, 7, 1), date(2026, 9, 30))
HALF_YEAR = Period(date(2026, 4, 1), date(2026, 9, 30))


class MetricCommon(SalesEfficiencyCommon):
    @classmethod
    def _ask(cls, code, *periods, **dimensions):
        """:return: values of a metric in a scope"""
        scope = Scope(cls.company.id, **dimensions)
        values = cls.env["sales.metric"].ask([code], [scope], periods or [QUARTER])
        return values.column(code)


@tagged("post_install", "-at_install")
@freeze_time("2026-10-15 12:00:00")
class TestPaymentMetrics(MetricCommon):
    """Invoices of customers in the agents' channel."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # Apart from what else is in the database
        cls.agents = {"channel_id": cls.channel_agent.id}

    def _invoice(self, amount, day, due, partner=None, **values):
        invoice = self.env["account.move"].create(
            {
                "move_type": "out_invoice",
                "partner_id": (partner or self.customer_north).id,
                "invoice_date": day,
                "invoice_date_due": due,
                "invoice_payment_term_id": False,
                "invoice_line_ids": [
                    Command.create(
                        {
                            "product_id": self.product.id,
                            "price_unit": amount,
                            "tax_ids": [],
                        }
                    )
                ],
                **values,
            }
        )
        invoice.action_post()
        self.env["sales.mart"]._refresh()
        return invoice

    def _pay(self, invoice, amount, day, **values):
        self.env["account.payment.register"].with_context(
            active_model="account.move", active_ids=invoice.ids
        ).create({"amount": amount, "payment_date": day, **values})._create_payments()

    def test_what_was_paid_by_its_due_date(self):
        self._pay(self._invoice(600, "2026-07-01", "2026-07-31"), 600, "2026-07-31")
        late = self._invoice(400, "2026-07-01", "2026-08-31")
        self._pay(late, 300, "2026-08-20")
        self._pay(late, 100, "2026-09-01")
        self.assertEqual(self._ask("paid_by_due_date", **self.agents), [90])

    def test_an_invoice_counts_in_the_period_of_its_due_date(self):
        self._pay(self._invoice(100, "2026-06-01", "2026-06-30"), 100, "2026-06-30")
        self._invoice(300, "2026-06-01", "2026-07-01")
        # Due today, and later: it can still be paid in time.
        self._invoice(500, "2026-09-15", "2026-10-15")
        october = Period.month(date(2026, 10, 1))
        self.assertEqual(
            self._ask("paid_by_due_date", QUARTER, HALF_YEAR, october, **self.agents),
            [0, 25, None],
        )

    def test_what_was_credited_was_never_due(self):
        invoice = self._invoice(1000, "2026-07-01", "2026-07-31")
        self._pay(invoice, 600, "2026-07-30")
        refund = invoice._reverse_moves([{"invoice_date": date(2026, 9, 20)}])
        refund.invoice_line_ids.price_unit = 400
        refund.action_post()
        (invoice + refund).line_ids.filtered(
            lambda line: line.account_type == "asset_receivable" and not line.reconciled
        ).reconcile()
        self.env["sales.mart"]._refresh()
        self.assertEqual(self._ask("paid_by_due_date", **self.agents), [100])
        self.assertEqual(self._ask("days_overdue", **self.agents), [0])

    def test_what_rates_have_changed_since_is_no_matter_of_paying(self):
        euro = self.env.ref("base.EUR")
        euro.active = True
        rates = self.env["res.currency.rate"]
        for day, rate in (("2026-07-01", 0.5), ("2026-07-20", 0.8)):
            rates.create(
                {
                    "name": day,
                    "rate": rate,
                    "currency_id": euro.id,
                    "company_id": self.company.id,
                }
            )
        invoice = self._invoice(1000, "2026-07-01", "2026-07-31", currency_id=euro.id)
        self._pay(invoice, 1000, "2026-07-25", currency_id=euro.id)
        self.env["sales.mart"]._refresh()
        terms = invoice.line_ids.filtered(lambda line: line.amount_residual_currency)
        self.assertFalse(terms)
        # The entry of the difference may come later, e.g. after a lock date.
        partials = invoice.line_ids.matched_credit_ids
        difference = partials.filtered(lambda part: not part.debit_amount_currency)
        self.assertTrue(difference)
        difference.max_date = "2026-10-10"
        self.env.flush_all()
        self.assertEqual(self._ask("paid_by_due_date", **self.agents), [100])
        self.assertEqual(self._ask("days_overdue", **self.agents), [0])

    def test_each_due_date_of_an_invoice_counts(self):
        term = self.env["account.payment.term"].create(
            {
                "name": "Half and half",
                "line_ids": [
                    Command.create(
                        {"value": "percent", "value_amount": 50, "nb_days": days}
                    )
                    for days in (0, 30)
                ],
            }
        )
        invoice = self._invoice(1000, "2026-07-01", False)
        invoice.button_draft()
        invoice.invoice_payment_term_id = term
        invoice.action_post()
        self.env["sales.mart"]._refresh()
        self._pay(invoice, 500, "2026-07-01")
        self.assertEqual(self._ask("paid_by_due_date", **self.agents), [50])

    def test_days_overdue_weigh_by_amount(self):
        # 20 days late, not due yet, and paid after the end of the quarter: 10 days
        self._invoice(300, "2026-08-01", "2026-09-10")
        self._invoice(500, "2026-09-15", "2026-11-15")
        self._pay(self._invoice(200, "2026-08-01", "2026-09-20"), 200, "2026-10-05")
        self._pay(self._invoice(900, "2026-08-01", "2026-08-02"), 900, "2026-09-29")
        self.assertEqual(self._ask("days_overdue", **self.agents), [8])

    def test_days_overdue_are_those_of_the_end_of_each_period(self):
        self._invoice(100, "2026-06-01", "2026-06-20")
        june = Period.month(date(2026, 6, 1))
        year = Period.year(date(2026, 6, 1))
        # A year that is not over: as of today
        self.assertEqual(
            self._ask("days_overdue", june, QUARTER, HALF_YEAR, year, **self.agents),
            [10, 102, 102, 117],
        )

    def test_no_invoice_is_no_value_and_nothing_open_is_0(self):
        self.assertEqual(self._ask("days_overdue", **self.agents), [None])
        self.assertEqual(self._ask("paid_by_due_date", **self.agents), [None])
        self._pay(self._invoice(100, "2026-06-01", "2026-06-20"), 100, "2026-09-30")
        self.assertEqual(self._ask("days_overdue", **self.agents), [0])

    def test_dimensions_are_those_of_the_figures(self):
        self._invoice(100, "2026-07-01", "2026-07-31")
        self._invoice(100, "2026-07-01", "2026-08-31", partner=self.customer_south)
        for dimensions, days in (
            ({"partner_id": self.customer_north.id}, 61),
            ({"region_id": self.region_world.id}, 45.5),
            ({"categ_id": self.category.id}, 45.5),
            ({"partner_id": self.customer_nowhere.id}, None),
        ):
            with self.subTest(dimensions):
                self.assertEqual(self._ask("days_overdue", **dimensions), [days])

    def test_the_number_of_statements_does_not_depend_on_scopes(self):
        self._invoice(100, "2026-07-01", "2026-07-31")
        metrics = self.env["sales.metric"]._find(["paid_by_due_date", "days_overdue"])
        metrics = self.env["sales.metric"].union(*metrics.values())
        scopes = [
            Scope(self.company.id, partner_id=id_)
            for id_ in self.env["res.partner"].search([], limit=50).ids
        ]
        counts = []
        for asked in (scopes[:1], scopes[:1], scopes):
            before = self.env.cr.sql_log_count
            metrics._evaluate(asked, [QUARTER, HALF_YEAR])
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(*counts[1:])


@tagged("post_install", "-at_install")
@freeze_time("2026-10-15 12:00:00")
class TestAdaptability(MetricCommon):
    """The channel sells a line of its own, and one that others sell too."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.shared, cls.own, cls.others = cls.env["product.category"].create(
            [{"name": name} for name in ("Shared", "Own", "Others")]
        )

    def _sold(self, *sales):
        self.env["sales.history.line"].create(
            [
                {
                    "date": day,
                    "amount": amount,
                    "channel_id": channel.id,
                    "categ_id": line.id,
                    "company_id": self.company.id,
                }
                for day, amount, channel, line in sales
            ]
        )
        self.env["sales.mart"]._refresh()

    def test_growth_less_that_of_the_same_lines_in_all_channels(self):
        agent, shop = self.channel_agent, self.channel_shop
        self._sold(
            ("2025-08-10", 100, agent, self.shared),
            ("2026-08-10", 150, agent, self.shared),
            ("2025-08-10", 300, shop, self.shared),
            ("2026-08-10", 330, shop, self.shared),
            # Lines that it does not sell do not count.
            ("2025-08-10", 100, shop, self.others),
            ("2026-08-10", 900, shop, self.others),
        )
        # Its 50 %, less 20 % of the line: 400 → 480
        [value] = self._ask("adaptability", channel_id=agent.id)
        self.assertAlmostEqual(value, 30)
        [value] = self._ask("adaptability", channel_id=shop.id)
        self.assertAlmostEqual(value, 207.5 - 176)

    def test_who_grows_with_its_lines_has_0(self):
        self._sold(
            ("2025-08-10", 100, self.channel_agent, self.own),
            ("2026-08-10", 170, self.channel_agent, self.own),
        )
        self.assertEqual(
            self._ask("adaptability", channel_id=self.channel_agent.id), [0]
        )

    def test_without_sales_the_year_before_there_is_no_value(self):
        self._sold(("2026-08-10", 170, self.channel_agent, self.own))
        self.assertEqual(
            self._ask("adaptability", channel_id=self.channel_agent.id), [None]
        )

    def test_a_running_period_is_compared_with_the_same_days(self):
        self._sold(
            ("2025-10-10", 100, self.channel_agent, self.own),
            ("2025-10-20", 800, self.channel_agent, self.own),
            ("2026-10-10", 150, self.channel_agent, self.own),
            ("2025-10-11", 100, self.channel_shop, self.own),
            ("2026-10-11", 100, self.channel_shop, self.own),
        )
        october = Period.month(date(2026, 10, 1))
        later = Period.month(date(2026, 12, 1))
        # Its 50 %, less 25 % of the line up to the 15th
        self.assertEqual(
            self._ask("adaptability", october, later, channel_id=self.channel_agent.id),
            [25, None],
        )

    def test_a_line_and_a_region_narrow_both_sides(self):
        self._sold(
            ("2025-08-10", 100, self.channel_agent, self.own),
            ("2026-08-10", 120, self.channel_agent, self.own),
            ("2025-08-10", 100, self.channel_shop, self.own),
            ("2026-08-10", 100, self.channel_shop, self.own),
            ("2026-08-10", 999, self.channel_agent, self.others),
        )
        scope = {"channel_id": self.channel_agent.id, "categ_id": self.own.id}
        self.assertEqual(self._ask("adaptability", **scope), [10])
