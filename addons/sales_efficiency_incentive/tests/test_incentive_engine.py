# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import doctest
import pkgutil
from datetime import date
from decimal import Decimal
from importlib import import_module

from odoo.tests import tagged

from .. import engine
from ..engine import (
    DrawTerms,
    Estimate,
    Ledger,
    Member,
    Money,
    Pool,
    ReturnTerms,
)
from .incentive_books import Books, IncentiveCase, money, month, rule, tiers

CENTS = Money(Decimal("0.01"))


@tagged("post_install", "-at_install")
class TestIncentiveEngine(IncentiveCase):
    def test_examples_of_the_documentation_are_true(self):
        attempted = 0
        for module in pkgutil.iter_modules(engine.__path__):
            results = doctest.testmod(import_module(f"{engine.__name__}.{module.name}"))
            self.assertFalse(results.failed, module.name)
            attempted += results.attempted
        self.assertGreater(attempted, 70)

    # ------------------------------------------------------------------
    # Rates
    # ------------------------------------------------------------------

    def test_marginal_pays_each_slice_and_whole_all_at_the_rate_reached(self):
        table = {
            "rate_by": "month",
            "tiers": tiers((0, 0.05), (50_000, 0.06), (100_000, 0.07)),
        }
        for sold, terms, expected in (
            (102_000, {}, 5640),
            (102_000, {"rate_mode": "whole"}, 7140),
            (100_000, {"rate_mode": "whole"}, 7000),
            (100_000, {"rate_mode": "whole", "reach": "exceed"}, 6000),
        ):
            with self.subTest(sold=sold, terms=terms):
                books = Books(rule(**table, **terms))
                books.sell(sold)
                self.assertEqual(self.earn(books), expected)

    def test_lines_of_a_month_earn_more_together_than_each_alone(self):
        table = {"tiers": tiers((0, 0.05), (1000, 0.1))}
        for terms, expected in (
            ({"rate_by": "line"}, [30, 30]),
            ({"rate_by": "month"}, [30, 40]),
            ({"rate_by": "month", "rate_mode": "whole"}, [60, 60]),
        ):
            with self.subTest(terms=terms):
                books = Books(rule(**table, **terms))
                books.sell(600)
                books.sell(600)
                entries = books.compute(1).entries
                self.assertAmounts([entry.amount for entry in entries], expected)

    def test_an_attainment_pays_by_slices_or_all_at_the_rate_reached(self):
        table = {"rate_by": "attainment", "tiers": tiers((0, 0.03), (1, 0.05))}
        for mode, expected in (("marginal", 3200), ("whole", 5200)):
            books = Books(rule(**table, rate_mode=mode))
            books.sell(104_000)
            books.attain(1, 104_000, 100_000)
            self.assertEqual(self.earn(books), expected)

    def test_a_table_to_date_counts_the_quarter_one_by_document_each_by_itself(self):
        table = tiers((0, 0.01), (1000, 0.02), (3000, 0.03), (8000, 0.05))
        months = ((200, 300, 1500), (1200, 2000), (4500,))
        for terms, expected in (
            ({"rate_by": "document"}, [25, 44, 95]),
            ({"rate_by": "interval", "interval": "quarter"}, [30, 86, 169]),
        ):
            books = Books(rule(tiers=table, **terms))
            for number, sales in enumerate(months, 1):
                for base in sales:
                    books.sell(base, number)
            earned = [books.lock(number).total() for number in (1, 2, 3)]
            self.assertAmounts(earned, expected)
        self.assertEqual(25 + 44 + 95, 164)

    def test_a_higher_rate_of_all_trues_up_what_was_sold_before(self):
        books = Books(
            rule(
                rate_by="interval",
                interval="quarter",
                rate_mode="whole",
                tiers=tiers((0, 0.03), (100_000, 0.05), (150_000, 0.08)),
            )
        )
        for number in (1, 2, 3):
            books.sell(60_000, number)
        self.assertEntries(books.lock(1), [("earning", "payable", 1800)])
        self.assertEntries(
            books.lock(2), [("true_up", "payable", 1200), ("earning", "payable", 3000)]
        )
        self.assertEntries(
            books.lock(3), [("true_up", "payable", 3600), ("earning", "payable", 4800)]
        )

    def test_quarters_catch_up_by_the_quota_of_the_year_or_the_quota_to_date(self):
        sales = (50_000, 75_000, 200_000, 150_000)
        year = Books(
            rule(
                rate_by="attainment",
                attainment="whole",
                interval="year",
                tiers=tiers((0, 0.05), (1, 0.07)),
            )
        )
        quarter = Books(
            rule(
                rate_by="attainment",
                interval="quarter",
                tiers=tiers((0, 0.05), (1, 0.07)),
                condition_attainment=1.0,
                condition_otherwise="first_rate",
            ),
        )
        to_date = 0
        paid = {year: [], quarter: []}
        for number, base in enumerate(sales, 1):
            last = 3 * number
            to_date += base
            year.attain(last, to_date, 400_000)
            quarter.attain(last, base, 100_000)
            quarter.attain(last, to_date, 100_000 * number, condition=True)
            for books, earned in paid.items():
                books.sell(base, last)
                earned.append(books.lock(last).total())
        self.assertAmounts(paid[year], [2500, 3750, 10_000, 9000])
        self.assertAmounts(paid[quarter], [2500, 3750, 12_000, 8500])

    def test_a_fold_multiplies_the_persons_own_rate(self):
        accelerated = tiers((0, 1), (1, 1.5), (1.3, 0))
        halved = tiers((0, 0.5), (0.5, 1))
        for mode, table, sold, expected in (
            ("marginal", accelerated, 650_000, 145_000),
            ("marginal", accelerated, 900_000, 145_000),
            ("whole", halved, 200_000, 20_000),
            ("whole", halved, 300_000, 60_000),
        ):
            with self.subTest(mode=mode, sold=sold):
                books = Books(
                    rule(
                        rate_by="attainment",
                        rate_unit="fold",
                        rate_mode=mode,
                        interval="month",
                        tiers=table,
                    ),
                    target_incentive=money(100_000),
                )
                books.sell(sold)
                books.attain(1, sold, 500_000)
                self.assertEqual(self.earn(books), expected)

    def test_a_bonus_follows_its_curve(self):
        curve = tiers((0.8, 0.5), (1, 1), (1.2, 1.5))
        for actual, expected in (
            (79.99, 0),
            (80, 20_000),
            (97.3, 37_300),
            (125, 60_000),
        ):
            books = Books(
                rule(kind="bonus", tiers=curve), target_incentive=money(40_000)
            )
            books.attain(1, actual, 100)
            self.assertEqual(self.earn(books), expected)

    # ------------------------------------------------------------------
    # Collections
    # ------------------------------------------------------------------

    def test_what_is_collected_adds_up_to_the_cent(self):
        for payments, expected in (
            ((575,), [100]),
            ((383.33, 383.33, 383.34), [66.67, 66.66, 66.67]),
        ):
            invoice = money(1150)
            books = Books(rule(rate=0.2, paid="collected"))
            books.sell(1000, name="I1")
            received, released = Decimal(0), []
            for number, payment in enumerate(payments, 1):
                received += money(payment)
                books.pay("I1", engine.paid_share(received, invoice))
                released.append(books.lock(number).total())
            self.assertAmounts(released, expected)

    def test_the_measure_of_collections_without_taxes_adds_up_to_the_cent(self):
        books = Books(rule(rate=0.2))
        received = before = Decimal(0)
        for number, payment in enumerate((383.33, 383.33, 383.34), 1):
            received += money(payment)
            base = 1000 * engine.paid_share(received, money(1150))
            books.sell(base - before, day=number, name="I1", line=number)
            before = base
        amounts = [entry.amount for entry in books.compute(1).entries]
        self.assertAmounts(amounts, [66.67, 66.66, 66.67])

    def test_an_invoice_offset_by_its_credit_note_is_no_money(self):
        books = Books(rule(rate=0.2, paid="collected"))
        key = books.sell(1000, name="I1")
        self.assertEqual(books.lock(1).total(), 0)
        self.assertEqual(books.balance("waiting"), 200)
        books.give_back(key, 1000, date(2026, 2, 3))
        books.pay("I1", engine.paid_share(Decimal(0), money(1150), money(1150)))
        self.assertEntries(books.lock(2), [("clawback", "waiting", -200)])
        self.assertEqual(books.balance("waiting"), 0)

    def test_credit_notes_and_what_is_not_received_earn_nothing(self):
        books = Books(rule(rate=0.04))
        key = books.sell(1000)
        books.give_back(key, 200, date(2026, 1, 20))
        self.assertEqual(self.earn(books), 32)
        books = Books(rule(rate=0.04, paid="collected"))
        books.sell(10_000, name="I1")
        books.pay("I1", 0.8)
        self.assertEqual(books.lock(1).total(), 320)
        self.assertEqual(books.balance("waiting"), 80)

    # ------------------------------------------------------------------
    # Draw, limits, returns
    # ------------------------------------------------------------------

    def test_a_draw_fills_up_and_is_repaid_from_what_exceeds_it(self):
        books = Books(rule(rate=1.0), draw=DrawTerms(money(2000)))
        paid, owed = [], []
        for number, earned in enumerate((2750, 3000, 1500, 2375, 3000, 2750), 1):
            books.sell(earned, number)
            paid.append(books.lock(number).total())
            owed.append(-books.balance("owed"))
        self.assertAmounts(paid, [2750, 3000, 2000, 2000, 2875, 2750])
        self.assertAmounts(owed, [0, 0, 500, 125, 0, 0])

    def test_caps_forfeit_or_carry_on(self):
        for mode, paid, capped in (("carry", 7000, 5000), ("forfeit", 2000, 0)):
            books = Books(
                rule(
                    rate=0.1,
                    cap_document=5000.0,
                    cap_month=8000.0,
                    cap_month_mode=mode,
                )
            )
            for base in (30_000, 80_000, 60_000):
                books.sell(base)
            self.assertEqual(books.lock(1).total(), 8000)
            self.assertEqual(books.balance("capped"), capped)
            books.sell(20_000, 2)
            self.assertEqual(books.lock(2).total(), paid)
            self.assertEqual(books.balance("capped"), 0)

    def _sell_and_return(self, returned, day, returns=None, **terms):
        """Sell 150,000 in the first quarter, and give back some in the second."""
        table = tiers((0, 0.05), (100_000, 0.06), (125_000, 0.07))
        books = Books(
            rule(rate_by="interval", interval="quarter", tiers=table, **terms),
            plan={"returns": returns or ReturnTerms()},
        )
        key = books.sell(150_000, 3)
        sold = books.lock(3).total()
        books.give_back(key, returned, day)
        books.sell(10_000, 6)
        for number in (4, 5):
            self.assertFalse(books.lock(number).entries)
        return sold, books.lock(6)

    def test_a_return_reduces_the_quarter_in_which_it_was_sold(self):
        sold, statement = self._sell_and_return(40_000, date(2026, 6, 9))
        self.assertEqual(sold, 8250)
        clawback, sale = statement.entries[:2]
        self.assertEqual((clawback.amount, clawback.origin), (-2650, month(3)))
        self.assertEqual((sale.cumulated_after, sale.amount), (10_000, 500))

    def test_a_late_return_counts_by_the_days_since_the_sale(self):
        steps = ReturnTerms(steps=((90, money(1)), (180, money(0.5))))
        _sold, statement = self._sell_and_return(40_000, date(2026, 6, 9), steps)
        self.assertEqual(statement.entries[0].amount, -1400)
        _sold, statement = self._sell_and_return(
            40_000, date(2026, 6, 9), ReturnTerms(days=99)
        )
        self.assertEqual(statement.total("clawback"), 0)

    def test_a_return_lowers_the_rate_of_all_that_was_sold(self):
        sold, statement = self._sell_and_return(
            40_000, date(2026, 6, 9), rate_mode="whole"
        )
        self.assertEqual(sold, 10_500)
        self.assertEqual(statement.entries[0].amount, -3900)

    def test_a_retroactive_version_is_booked_once_and_changes_no_locked_month(self):
        for terms in ({}, {"interval": "quarter"}):
            books = Books(rule(rate=0.05, **terms))
            books.sell(100_000, 1)
            books.sell(80_000, 2)
            books.lock(1)
            books.lock(2)
            before = repr(books.entries)
            books.add_version(1, rule(id=11, rate=0.06, **terms))
            statement = books.lock(3)
            self.assertEntries(
                statement,
                [("true_up", "payable", 1000), ("true_up", "payable", 800)],
            )
            origins = [entry.origin for entry in statement.entries]
            self.assertEqual(origins, [month(1), month(2)])
            self.assertEqual(repr(books.entries[:2]), before)
            self.assertFalse(books.lock(4).entries)

    def test_a_clawback_takes_first_what_waits_of_its_line(self):
        books = Books(rule(rate=0.1, holdback=0.2, holdback_months=3))
        key = books.sell(10_000)
        self.assertEqual(books.lock(1).total(), 800)
        books.give_back(key, 2500, date(2026, 2, 10))
        self.assertEntries(
            books.lock(2),
            [
                ("clawback", "waiting", -200),
                ("clawback", "payable", -50),
                ("carried", "payable", 50),
                ("carried", "owed", -50),
            ],
        )
        for number in (3, 4, 5):
            books.lock(number)
        self.assertEqual(books.balance("waiting"), 0)
        self.assertEqual(books.balance("payable") + books.balance("owed"), 750)

    def test_a_negative_rest_is_carried_on(self):
        books = Books(rule(rate=1.0))
        key = books.sell(2650)
        books.lock(1)
        books.sell(500, 2)
        books.give_back(key, 2650, date(2026, 2, 9))
        self.assertEqual(books.lock(2).total(), 0)
        self.assertEqual(books.balance("owed"), -2150)
        books.sell(3000, 3)
        self.assertEqual(books.lock(3).total(), 850)
        self.assertEqual(books.balance("owed"), 0)

    def test_the_target_incentive_goes_by_the_days_assigned(self):
        books = Books(
            rule(
                kind="bonus",
                interval="quarter",
                attainment="whole",
                tiers=tiers((1, 1)),
            ),
            date_from=date(2026, 2, 16),
            target_incentive=money(30_000),
        )
        books.attain(3, 100, 100)
        self.assertEqual(self.earn(books, 3), money("14666.67"))

    def test_a_pool_is_shared_to_the_cent_whatever_the_order(self):
        four = [Member(number, money(1), 30) for number in (4, 2, 3, 1)]
        shares = Pool.shares(money(10), four, CENTS)
        self.assertAmounts(shares.values(), [2.5, 2.5, 2.5, 2.5])
        three = [Member(number, money(1), 30) for number in (3, 1, 2)]
        for members in (three, three[::-1]):
            shares = Pool.shares(money(100), members, CENTS)
            self.assertEqual(list(shares), [1, 2, 3])
            self.assertAmounts(shares.values(), [33.34, 33.33, 33.33])

    def test_an_estimate_says_what_a_quotation_would_add(self):
        table = tiers((0, 0), (100, 0.125), (1000, 0.085))
        books = Books(rule(rate_by="month", tiers=table))
        books.sell(900)
        quotation = Books()
        quotation.sell(200, day=28, name="Q1")
        estimate = Estimate(
            books.assignment,
            month(1),
            books.facts(1),
            Ledger(books.assignment),
            {1: list(quotation.lines[1].values())},
        )
        self.assertEqual(estimate.earned, 21)
        self.assertEqual(estimate.added["payable"], 21)
