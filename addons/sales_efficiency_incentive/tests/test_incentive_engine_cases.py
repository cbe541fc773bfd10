# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date, timedelta
from decimal import Decimal

from odoo.tests import tagged

from ..engine import (
    DrawTerms,
    Estimate,
    FiscalCalendar,
    Grant,
    Ledger,
    Member,
    Money,
    NextTier,
    Pool,
    RateTable,
    ReturnTerms,
    SaleLine,
    Statement,
    pay,
    simulate,
)
from .incentive_books import Books, IncentiveCase, money, month, rule, tiers

CENTS = Money(Decimal("0.01"))
QUARTER = {"rate_by": "interval", "interval": "quarter"}


@tagged("post_install", "-at_install")
class TestIncentiveEngineCases(IncentiveCase):
    # ------------------------------------------------------------------
    # Rates
    # ------------------------------------------------------------------

    def test_more_credits_than_sales_have_the_first_rate(self):
        table = tiers((0, 0.05), (1000, 0.1))
        books = Books(rule(**QUARTER, tiers=table))
        books.sell(-400, 1)
        books.sell(1500, 2)
        self.assertEqual(books.lock(1).total("earning"), -20)
        # From −400 to 1,100: 1,400 at 5 % and 100 at 10 %
        self.assertEqual(books.lock(2).total("earning"), 80)
        self.assertEqual(
            sum(entry.amount for entry in books.entries if entry.kind == "earning"),
            60,
        )

    def test_an_interval_is_rounded_once(self):
        books = Books(rule(rate=0.01, interval="quarter"))
        for number in (1, 2, 3):
            books.sell(0.5, number)
        earned = [books.lock(number).total() for number in (1, 2, 3)]
        self.assertAmounts(earned, [0.01, 0, 0.01])

    def test_a_new_version_prices_its_own_months_and_tiers_count_on(self):
        books = Books(rule(**QUARTER, tiers=tiers((0, 0.05), (1000, 0.1))))
        books.sell(900, 1)
        books.sell(300, 2)
        self.assertEqual(books.lock(1).total(), 45)
        books.add_version(2, rule(id=11, **QUARTER, tiers=tiers((0, 0.2), (1000, 0.3))))
        (entry,) = books.lock(2).entries
        self.assertEqual((entry.amount, entry.cumulated_before), (80, 900))
        self.assertEqual((entry.rule_id, entry.root_id, entry.version_id), (11, 1, 2))

    def test_of_versions_that_begin_together_the_later_one_counts(self):
        books = Books(rule(rate=0.05))
        books.add_version(1, rule(rate=0.06))
        books.add_version(3, rule(rate=0.07))
        books.add_version(1, rule(rate=0.08))
        for number, expected in ((1, 8), (2, 8), (3, 7)):
            books.sell(100, number)
            self.assertEqual(self.earn(books, number), expected)
            books.lock(number)

    def test_a_rule_that_a_version_drops_earns_nothing_any_more(self):
        books = Books(rule(1, rate=0.05), rule(2, rate=0.01))
        for root_id in (1, 2):
            books.sell(1000, 1, root_id=root_id)
        books.lock(1)
        books.add_version(1, rule(1, rate=0.05))
        for root_id in (1, 2):
            books.sell(1000, 2, root_id=root_id)
        self.assertEntries(
            books.lock(2), [("earning", "payable", 50), ("true_up", "payable", -10)]
        )

    def test_a_version_with_another_interval_keeps_the_sums_of_the_months(self):
        books = Books(rule(rate=0.05))
        books.sell(800, 1)
        books.sell(800, 2)
        books.lock(1)
        books.add_version(1, rule(**QUARTER, tiers=tiers((0, 0.05), (1000, 0.1))))
        # 600 of February are above 1,000.
        self.assertEqual(books.lock(2).total(), 70)

    def test_margin_and_days_to_collection_choose_the_rate_of_the_line(self):
        table = tiers((0, 0.01), (0.2, 0.05))
        books = Books(rule(rate_by="margin", tiers=table))
        for margin in (0.25, 0.2, 0.19, -0.1):
            books.sell(100, margin_rate=money(margin))
        books.sell(100)
        amounts = [entry.amount for entry in books.compute(1).entries]
        self.assertAmounts(amounts, [5, 5, 1, 1, 1])
        books = Books(rule(rate_by="collection_days", tiers=tiers((0, 0.05), (31, 0))))
        for days in (0, 30, 31):
            books.sell(100, days=days)
        amounts = [entry.amount for entry in books.compute(1).entries]
        self.assertAmounts(amounts, [5, 5, 0])

    def test_a_document_reaches_its_tier_by_all_its_lines(self):
        table = tiers((0, 0.05), (1000, 0.1))
        for mode, expected in (("marginal", [30, 40]), ("whole", [60, 60])):
            books = Books(rule(rate_by="document", rate_mode=mode, tiers=table))
            books.sell(600, name="S1", line=1)
            books.sell(600, name="S1", line=2)
            amounts = [entry.amount for entry in books.compute(1).entries]
            self.assertAmounts(amounts, expected)

    def test_a_returned_line_lowers_the_tier_of_its_document_alone(self):
        table = tiers((0, 0.05), (1000, 0.1))
        books = Books(rule(rate_by="document", rate_mode="whole", tiers=table))
        for name in ("S1", "S2"):
            for line in (1, 2):
                key = books.sell(600, name=name, line=line)
        self.assertEqual(books.lock(1).total(), 240)
        books.give_back(key, 600, date(2026, 2, 2))
        statement = books.lock(2)
        self.assertEqual(statement.total("clawback"), -90)
        self.assertEqual(statement.entries[0].document, ("S2",))

    def test_a_bounty_pays_per_unit(self):
        books = Books(rule(kind="bounty", rate=250.0))
        books.sell(1)
        books.sell(1)
        self.assertEqual(self.earn(books), 500)

    def test_shares_of_a_split_sale_add_up(self):
        base, paid = money(100.01), []
        for share in (0.6, 0.4):
            books = Books(rule(rate=0.5))
            books.sell(base * money(share))
            paid.append(self.earn(books))
        self.assertAmounts(paid, [30, 20])

    # ------------------------------------------------------------------
    # Targets
    # ------------------------------------------------------------------

    def test_without_a_target_nothing_is_earned_and_it_is_said(self):
        table = {"rate_by": "attainment", "tiers": tiers((0, 0.03), (1, 0.05))}
        for target in (None, 0):
            books = Books(rule(**table))
            books.sell(500)
            books.attain(1, 500, target)
            statement = books.compute(1)
            self.assertEqual(statement.total(), 0)
            self.assertEqual(statement.exceptions, [("no_target", 1)])

    def test_attainment_is_compared_unrounded(self):
        table = {"rate_by": "attainment", "rate_mode": "whole"}
        books = Books(rule(**table, tiers=tiers((0, 0.03), (1, 0.05))))
        books.sell(299.99)
        books.attain(1, 299.99, 300)
        self.assertEqual(self.earn(books), 9)
        books = Books(rule(**table, tiers=tiers((0, 0.03), (0.3, 0.05))))
        books.sell(100)
        books.attain(1, 0.9, 3)
        self.assertEqual(self.earn(books), 5)

    def test_who_sells_the_target_earns_the_target_incentive(self):
        for terms in (
            {"rate": 1.0},
            {"rate_by": "interval", "tiers": tiers((0, 1), (2000, 2))},
            {"rate_by": "line", "tiers": tiers((0, 1), (2000, 2))},
        ):
            books = Books(rule(rate_unit="fold", **terms), target_incentive=money(300))
            books.sell(1000)
            books.attain(1, 1000, 1000)
            self.assertEqual(self.earn(books), 300)
            books.attain(1, 1000, None)
            self.assertEqual(books.compute(1).exceptions, [("no_target", 1)])

    def test_unchanged_lines_of_locked_months_need_not_be_given(self):
        books = Books(rule(rate_by="line", tiers=tiers((0, 0.05), (600, 0.1))))
        books.sell(1000, 1)
        books.lock(1)
        books.add_version(1, rule(id=11, rate_by="line", tiers=tiers((0, 0.05))))
        facts = books.facts(2)
        ledger = Ledger(books.assignment, books.entries)
        facts.lines = {}
        self.assertFalse(Statement(books.assignment, month(2), facts, ledger).entries)
        self.assertEqual(books.lock(2).total("true_up"), -20)

    def test_a_condition_reached_later_pays_what_was_sold_before(self):
        books = Books(rule(**QUARTER, tiers=tiers((0, 0.05)), condition_attainment=1.0))
        for number, reached, expected in ((1, 90, 0), (2, 200, 100), (3, 299, -100)):
            books.sell(1000, number)
            books.attain(number, reached, 100 * number, condition=True)
            statement = books.lock(number)
            total = statement.total("earning", "true_up")
            self.assertEqual(total, expected)

    def test_a_condition_opens_a_rule_of_its_own_or_the_higher_rates(self):
        table = {"rate_by": "line", "condition_attainment": 0.5}
        for otherwise, reached, expected in (
            ("nothing", 49, 0),
            ("first_rate", 49, 50),
            ("first_rate", 50, 100),
        ):
            books = Books(
                rule(
                    **table,
                    rate_mode="whole",
                    tiers=tiers((0, 0.05), (600, 0.1)),
                    condition_otherwise=otherwise,
                )
            )
            books.sell(1000)
            books.attain(1, reached, 100, condition=True)
            self.assertEqual(self.earn(books), expected)

    def test_a_version_restates_a_bonus_that_was_not_reached(self):
        bonus = {"kind": "bonus", "curve": "stepped"}
        books = Books(rule(**bonus, tiers=tiers((1, 1))), target_incentive=money(1000))
        books.attain(1, 90, 100)
        self.assertFalse(books.lock(1).entries)
        books.add_version(1, rule(id=11, **bonus, tiers=tiers((0.9, 0.5))))
        books.attain(2, 100, 100)
        books.restated = {month(1)}
        entries = books.lock(2).entries
        self.assertEqual(
            [(entry.origin, entry.amount) for entry in entries],
            [(month(1), 500), (month(2), 500)],
        )

    def test_a_bonus_to_date_grows_with_the_days_assigned(self):
        books = Books(
            rule(kind="bonus", interval="quarter", tiers=tiers((1, 1))),
            target_incentive=money(9000),
        )
        paid = []
        for number in (1, 2, 3):
            books.attain(number, 100, 100)
            paid.append(books.lock(number).total())
        self.assertAmounts(paid, [3100, 2800, 3100])

    def test_an_actual_corrected_later_restates_the_months_it_concerns(self):
        books = Books(
            rule(
                rate_by="attainment",
                rate_mode="whole",
                interval="quarter",
                tiers=tiers((0, 0.01), (1, 0.02)),
            )
        )
        books.sell(1000, 1)
        books.attain(1, 100, 100)
        self.assertEqual(books.lock(1).total(), 20)
        books.attain(1, 99, 100)
        books.attain(2, 150, 200)
        statement = books.lock(2)
        self.assertEqual(statement.total("true_up"), -10)
        self.assertEqual(statement.entries[0].origin, month(1))

    # ------------------------------------------------------------------
    # Time, currency, people
    # ------------------------------------------------------------------

    def test_a_fiscal_year_from_april_begins_its_intervals_in_april(self):
        table = tiers((0, 0.05), (1000, 0.1))
        for interval in ("half", "year"):
            books = Books(
                rule(rate_by="interval", interval=interval, tiers=table),
                calendar=FiscalCalendar(first_month=4),
            )
            for number in range(1, 6):
                books.sell(800, number)
            earned = [books.lock(number).total() for number in range(1, 6)]
            self.assertAmounts(earned, [40, 70, 80, 40, 70])

    def test_a_currency_without_decimals_rounds_to_whole_units(self):
        books = Books(rule(rate=0.333), step=Decimal(1))
        for _ in range(3):
            books.sell(100)
        books.sell(1.5)
        entries = books.compute(1).entries
        self.assertAmounts([entry.amount for entry in entries], [33, 34, 33, 0])
        self.assertEqual(Money(Decimal("1.000000")).round(money(100.5)), 101)

    def test_the_share_of_a_mover_goes_by_the_days_in_each_team(self):
        north = [Member(1, money(1), 31), Member(2, money(1), 15)]
        south = [Member(2, money(1), 16), Member(3, money(1), 31)]
        shares = [Pool.shares(money(470), members, CENTS) for members in (north, south)]
        self.assertEqual(
            shares,
            [
                {1: money(316.74), 2: money(153.26)},
                {2: money(160.00), 3: money(310.00)},
            ],
        )

    def test_a_pool_pays_to_date_less_what_it_has_paid(self):
        books = Books(rule(kind="pool", interval="quarter"))
        paid = []
        for number, share in ((1, 33.34), (2, 50), (3, 40)):
            grant = Grant(money(share), money(100), money("0.3333"))
            books.grants = {1: {month(number): grant}}
            paid.append(books.lock(number).total("earning", "true_up"))
        self.assertAmounts(paid, [33.34, 16.66, -10])

    def test_two_assignments_of_a_month_share_its_guarantee_by_days(self):
        paid = []
        for terms in (
            {"date_from": date(2026, 4, 1), "date_to": date(2026, 4, 10)},
            {"date_from": date(2026, 4, 11)},
        ):
            books = Books(
                rule(rate=0.1), plan={"guarantee_month": money(3000)}, **terms
            )
            paid.append(books.compute(4).total())
        self.assertAmounts(paid, [1000, 2000])

    def test_what_waits_of_a_leaver_is_released_for_some_days_then_lapses(self):
        books = Books(
            rule(rate=0.1, paid="collected"),
            plan={"release_days": 60},
            date_to=date(2026, 1, 31),
        )
        books.sell(1000, name="I1")
        books.sell(500, name="I2")
        self.assertEqual(books.lock(1).total(), 0)
        books.pay("I1", 1)
        self.assertEqual(books.lock(2).total(), 100)
        self.assertFalse(books.lock(4).entries)
        self.assertEntries(books.lock(5), [("clawback", "waiting", -50)])
        books.pay("I2", 1)
        self.assertFalse(books.lock(6).entries)

    def test_what_has_lapsed_is_not_taken_back_again(self):
        books = Books(
            rule(rate=0.1, paid="collected"),
            plan={"release_days": 0},
            date_to=date(2026, 1, 31),
        )
        key = books.sell(1000, name="I1")
        books.lock(1)
        self.assertEqual(books.lock(2).total("clawback", balance="waiting"), -100)
        books.cancel(key)
        statement = books.lock(3)
        self.assertEqual(statement.total(), 0)
        self.assertEqual(books.balance("waiting"), 0)
        self.assertEqual(books.balance("owed"), 0)

    def test_what_a_leaver_owes_stays_owed(self):
        books = Books(
            rule(rate=0.1), draw=DrawTerms(money(300)), date_to=date(2026, 1, 31)
        )
        key = books.sell(1000)
        self.assertEqual(books.lock(1).total(), 300)
        books.give_back(key, 1000, date(2026, 2, 3))
        statement = books.lock(2)
        self.assertEqual(statement.total(), 0)
        self.assertEqual(books.balance("owed"), -300)
        self.assertEqual(statement.exceptions, [("leaver_owes", None)])

    # ------------------------------------------------------------------
    # Payment
    # ------------------------------------------------------------------

    def test_paid_then_undone_then_paid_again(self):
        books = Books(rule(rate=0.1, paid="collected"))
        books.sell(1000, name="I1")
        moved = []
        for number, paid in ((1, 0.5), (2, 1), (3, 0), (4, 1)):
            books.pay("I1", paid)
            statement = books.lock(number)
            moved.append(statement.total("earning", "holdback", "release"))
        self.assertAmounts(moved, [50, 50, -100, 100])
        self.assertEqual(books.balance("waiting"), 0)

    def test_unpaid_after_the_due_date_is_taken_back_until_it_is_paid(self):
        books = Books(rule(rate=0.1, unpaid_days=30))
        books.sell(1000, name="I1")
        due = date(2026, 1, 31)
        moved = []
        for number, paid in ((1, 0), (2, 0), (3, 0.25), (4, 1)):
            books.pay("I1", paid, due)
            moved.append(books.lock(number).total("earning", "holdback", "release"))
        self.assertAmounts(moved, [100, 0, -75, 75])

    def test_overdue_begins_after_the_last_day_granted(self):
        for days, waiting in ((28, 0), (27, 100)):
            books = Books(rule(rate=0.1, unpaid_days=days))
            books.sell(1000, name="I1")
            books.pay("I1", 0, date(2026, 1, 31))
            books.lock(1)
            books.lock(2)
            self.assertEqual(books.balance("waiting"), waiting)

    def test_a_return_after_the_release_is_taken_from_what_was_paid(self):
        books = Books(rule(rate=0.1, holdback=0.2, holdback_months=1))
        key = books.sell(10_000)
        self.assertEqual(books.lock(1).total(), 800)
        self.assertEqual(books.lock(2).total(), 200)
        books.give_back(key, 2500, date(2026, 3, 3))
        statement = books.lock(3)
        self.assertEqual(statement.total("clawback"), -250)
        self.assertEqual(statement.total("clawback", balance="waiting"), 0)

    def test_a_holdback_is_a_part_of_what_caps_leave(self):
        books = Books(rule(rate=0.1, cap_month=600.0, holdback=0.5, holdback_months=2))
        books.sell(10_000)
        self.assertEqual(books.lock(1).total(), 300)
        self.assertEqual(books.balance("waiting"), 300)
        books.lock(2)
        self.assertEqual(books.lock(3).total(), 300)

    def test_what_caps_have_taken_of_a_document_never_waits(self):
        books = Books(rule(rate=0.1, cap_month=600.0, paid="collected"))
        books.sell(10_000, name="I1")
        released = []
        for number, paid in ((1, 0.5), (2, 0.75), (3, 1)):
            books.pay("I1", paid)
            released.append(books.lock(number).total())
        self.assertAmounts(released, [300, 150, 150])
        self.assertEqual(books.balance("waiting"), 0)

    def test_a_capped_document_waits_for_what_its_cap_leaves(self):
        books = Books(rule(rate=0.1, cap_document=500.0, paid="collected"))
        books.sell(10_000, name="I1")
        books.sell(3000, name="I2")
        self.assertEqual(books.lock(1).total(), 0)
        self.assertEqual(books.balance("waiting"), 800)
        for number, name, released in ((2, "I1", 500), (3, "I2", 300)):
            books.pay(name, 1)
            self.assertEqual(books.lock(number).total(), released)

    def test_a_return_below_what_was_forfeited_leaves_waiting_what_waits(self):
        for terms, paid, waiting in (
            ({"paid": "collected"}, 0, 1000),
            ({"holdback": 0.2, "holdback_months": 4}, 800, 200),
        ):
            books = Books(rule(rate=0.1, cap_month=1000.0, **terms))
            key = books.sell(30_000, name="I1")
            self.assertEqual(books.lock(1).total(), paid)
            books.give_back(key, 15_000, date(2026, 2, 2))
            self.assertEqual(books.lock(2).total(), 0)
            self.assertEqual(books.balance("waiting"), waiting)
            books.pay("I1", 1)
            for number in (3, 4, 5):
                books.lock(number)
            self.assertEqual(books.balance("payable"), 1000)

    def test_a_true_up_waits_for_the_money_of_the_documents_it_concerns(self):
        books = Books(
            rule(
                **QUARTER,
                rate_mode="whole",
                paid="collected",
                tiers=tiers((0, 0.01), (4000, 0.02)),
            )
        )
        books.sell(1000, 1, name="I1")
        books.sell(2000, 1, name="I2")
        books.pay("I1", 1)
        self.assertEqual(books.lock(1).total(), 10)
        books.sell(1000, 2, name="I3")
        statement = books.lock(2)
        true_ups = [
            (entry.document, entry.amount)
            for entry in statement.entries
            if entry.kind == "true_up"
        ]
        self.assertEqual(true_ups, [(("I1",), 10), (("I2",), 20)])
        self.assertEqual(statement.total(), 10)
        books.pay("I2", 1)
        self.assertEqual(books.lock(3).total(), 40)

    # ------------------------------------------------------------------
    # Limits
    # ------------------------------------------------------------------

    def test_what_a_cap_carries_on_survives_the_end_of_the_interval(self):
        books = Books(
            rule(
                rate=0.1,
                interval="quarter",
                cap_interval=1000.0,
                cap_interval_mode="carry",
            )
        )
        paid = []
        for number, sold in ((3, 25_000), (4, 3000), (5, 0), (7, 0)):
            books.sell(sold, number)
            paid.append(books.lock(number).total())
        self.assertAmounts(paid, [1000, 1000, 0, 800])
        self.assertEqual(books.balance("capped"), 0)

    def test_a_deal_may_pay_its_cap_in_every_month(self):
        books = Books(rule(rate=0.1, cap_document=500.0, cap_document_mode="carry"))
        books.sell(13_000)
        paid = [books.lock(number).total() for number in (1, 2, 3, 4)]
        self.assertAmounts(paid, [500, 500, 300, 0])

    def test_a_return_below_what_was_forfeited_takes_nothing_back(self):
        books = Books(rule(rate=0.1, cap_month=1000.0))
        key = books.sell(30_000)
        self.assertEqual(books.lock(1).total(), 1000)
        books.give_back(key, 15_000, date(2026, 2, 2))
        self.assertEntries(
            books.lock(2),
            [("clawback", "payable", -1500), ("earning", "payable", 1500)],
        )
        books.give_back(key, 10_000, date(2026, 3, 3))
        statement = books.lock(3)
        self.assertEqual(statement.total("clawback", "earning"), -500)

    def test_a_minimum_tops_up_what_is_earned(self):
        terms = {"minimum_document": 20.0, "minimum_month": 100.0}
        books = Books(
            rule(rate=0.1, interval="quarter", minimum_interval=500.0, **terms)
        )
        books.sell(50)
        paid = [books.lock(number).total() for number in (1, 2, 3)]
        self.assertAmounts(paid, [100, 100, 300])

    def test_the_guarantee_of_a_plan_makes_up_for_a_clawback(self):
        books = Books(rule(rate=0.1), plan={"guarantee_month": money(400)})
        key = books.sell(5000)
        self.assertEqual(books.lock(1).total(), 500)
        books.sell(4000, 2)
        books.give_back(key, 5000, date(2026, 2, 2))
        # January has earned 400 by its guarantee, though nothing is left of its sale.
        self.assertEqual(books.lock(2).total(), 300)

    def test_caps_of_the_plan_come_after_those_of_its_rules(self):
        books = Books(
            rule(1, rate=0.1, cap_month=800.0),
            rule(2, rate=0.1, cap_month=800.0),
            plan={"cap_month": money(1000), "cap_month_mode": "carry"},
        )
        for root_id in (1, 2):
            books.sell(9000, root_id=root_id)
        self.assertEqual(books.lock(1).total(), 1000)
        self.assertEqual(books.balance("capped"), 600)

    # ------------------------------------------------------------------
    # Locked months
    # ------------------------------------------------------------------

    def test_a_back_dated_document_is_booked_once_with_its_origin(self):
        books = Books(rule(**QUARTER, tiers=tiers((0, 0.05), (1000, 0.1))))
        books.sell(900, 1)
        books.lock(1)
        books.sell(300, 1, day=20)
        (entry,) = books.lock(2).entries
        self.assertEqual((entry.kind, entry.amount), ("earning", 25))
        self.assertEqual((entry.origin, entry.month), (month(1), month(2)))
        self.assertFalse(books.lock(3).entries)

    def test_a_document_whose_date_moves_is_taken_there_and_booked_here(self):
        books = Books(rule(rate=0.1))
        key = books.sell(1000, 1, name="S1")
        books.lock(1)
        books.sell(1000, 2, name="S1")
        gone = SaleLine(key, ("S1",), month(1), Decimal(0), before=Decimal(1000))
        facts = books.facts(2)
        facts.lines[1].append(gone)
        ledger = Ledger(books.assignment, books.entries)
        statement = Statement(books.assignment, month(2), facts, ledger)
        self.assertEntries(
            statement, [("clawback", "payable", -100), ("earning", "payable", 100)]
        )

    def test_returns_that_do_not_count_leave_the_line_as_booked(self):
        books = Books(rule(rate=0.1), plan={"returns": ReturnTerms(days=30)})
        key = books.sell(1000)
        books.lock(1)
        books.give_back(key, 1000, month(1) + timedelta(days=31))
        self.assertFalse(books.lock(2).entries)
        other = books.sell(1000, 2)
        books.give_back(other, 400, month(2) + timedelta(days=30))
        self.assertEqual(books.lock(2).total(), 100)
        self.assertEqual(books.lock(3).total("clawback"), -40)

    def test_an_entry_holds_all_that_explains_it(self):
        books = Books(
            rule(
                **QUARTER,
                rate_mode="whole",
                tiers=tiers((0, 0.03), (1000, 0.05)),
                cap_month=80.0,
            ),
            draw=DrawTerms(money(100)),
        )
        key = books.sell(800, 1, name="S1")
        books.lock(1)
        books.sell(1500, 2, name="S2")
        books.give_back(key, 300, date(2026, 2, 8))
        clawback, true_up, sale, cap, draw, _owed = books.lock(2).entries
        explained = (
            (
                clawback,
                "changed",
                -9,
                {"cumulated_before": 800, "cumulated_after": 500},
            ),
            (true_up, "rate", 10, {"tier": 1, "rate": 0.05}),
            (sale, "sale", 75, {"cumulated_before": 500, "cumulated_after": 2000}),
            (cap, "limit", -5, {"target": 80, "actual": 85}),
            (draw, "draw", 29, {"target": 100, "actual": 71}),
        )
        for entry, code, amount, fields in explained:
            self.assertEqual((entry.reason, entry.amount), (code, amount))
            for name, value in fields.items():
                self.assertEqual(getattr(entry, name), money(value), name)

    # ------------------------------------------------------------------
    # Draw and payment
    # ------------------------------------------------------------------

    def test_a_draw_ends_and_what_is_owed_is_repaid_from_all(self):
        books = Books(
            rule(rate=1.0),
            date_from=month(1),
            draw=DrawTerms(money(1000), months=2, limit=money(1500)),
        )
        paid = []
        for number, earned in ((1, 0), (2, 0), (3, 400), (4, 2000)):
            books.sell(earned, number)
            paid.append(books.lock(number).total())
        self.assertAmounts(paid, [1000, 500, 0, 900])
        self.assertEqual(books.balance("owed"), 0)

    def test_a_draw_that_is_not_recoverable_is_earned(self):
        books = Books(rule(rate=1.0), draw=DrawTerms(money(1000), recoverable=False))
        self.assertEntries(books.lock(1), [("draw", "payable", 1000)])
        books.sell(3000, 2)
        self.assertEqual(books.lock(2).total(), 3000)

    def test_a_clawback_is_not_paid_by_the_draw(self):
        books = Books(rule(rate=1.0), draw=DrawTerms(money(1000)))
        key = books.sell(5000)
        books.lock(1)
        books.give_back(key, 5000, date(2026, 2, 2))
        statement = books.lock(2)
        self.assertEqual(statement.total("carried"), 5000)
        self.assertEqual(statement.total(), 1000)
        self.assertEqual(books.balance("owed"), -6000)

    def test_an_adjustment_is_paid_with_the_month(self):
        books = Books(rule(rate=0.1))
        books.sell(100)
        self.assertEqual(books.lock(1, [money(5), money(-2)]).total(), 13)

    def test_a_payment_leaves_nothing_to_pay_twice(self):
        books = Books(rule(rate=0.1))
        books.sell(1000)
        books.lock(1)
        ledger = Ledger(books.assignment, books.entries)
        payout = pay(books.assignment, month(1), ledger)
        self.assertEqual(payout.amount, -100)
        self.assertIsNone(pay(books.assignment, month(1), ledger))
        books.entries.append(payout)
        books.sell(500, 2)
        self.assertEqual(books.lock(2).total(), 50)
        self.assertEqual(books.balance("payable"), 50)

    # ------------------------------------------------------------------
    # Looking ahead and back
    # ------------------------------------------------------------------

    def test_the_ledger_is_the_same_from_entries_and_from_their_sums(self):
        books = Books(rule(**QUARTER, tiers=tiers((0, 0.05), (1000, 0.1))))
        for number in (1, 2):
            for _ in range(4):
                books.sell(300, number)
        books.lock(1)
        single = books.compute(2).entries
        first, *others = books.entries
        for entry in others:
            first.amount += entry.amount
            first.base += entry.base
        facts = books.facts(2)
        facts.lines[1] = [line for line in facts.lines[1] if line.date >= month(2)]
        ledger = Ledger(books.assignment, [first])
        self.assertEqual(
            Statement(books.assignment, month(2), facts, ledger).entries, single
        )

    def test_a_simulation_equals_what_would_have_been_booked(self):
        books = Books(rule(**QUARTER, tiers=tiers((0, 0.05), (1000, 0.1))))
        for number in range(1, 5):
            books.sell(700, number)
        months = [month(number) for number in range(1, 5)]
        facts = {day: self._only_month(books, day.month) for day in months}
        simulated = simulate(
            [books.assignment],
            months,
            lambda day, _ledgers: {books.assignment.id: facts[day]},
        )
        booked = [books.lock(number).entries for number in range(1, 5)]
        self.assertEqual([statement.entries for statement in simulated], booked)

    @staticmethod
    def _only_month(books, number):
        facts = books.facts(number)
        facts.lines = {
            root_id: [line for line in lines if line.date >= month(number)]
            for root_id, lines in facts.lines.items()
        }
        return facts

    def test_the_next_tier_says_what_is_missing_and_what_it_brings(self):
        table = tiers((0, 0.03), (1000, 0.05))
        books = Books(rule(**QUARTER, rate_mode="whole", tiers=table))
        books.sell(600, 1)
        books.lock(1)
        books.sell(100, 2)
        missing = NextTier.of(RateTable(table), money(700)).missing
        line = SaleLine(("Q",), ("Q",), date(2026, 2, 28), missing)
        ledger = Ledger(books.assignment, books.entries)
        estimate = Estimate(
            books.assignment, month(2), books.facts(2), ledger, {1: [line]}
        )
        self.assertEqual((missing, estimate.earned), (300, 50 - 21))

    def test_an_estimate_raises_the_attainment(self):
        table = tiers((0, 0.03), (1, 0.05))
        books = Books(rule(rate_by="attainment", rate_mode="whole", tiers=table))
        books.sell(900)
        books.attain(1, 900, 1000)
        line = SaleLine(("Q",), ("Q",), date(2026, 1, 28), money(100))
        ledger = Ledger(books.assignment)
        estimate = Estimate(
            books.assignment, month(1), books.facts(1), ledger, {1: [line]}
        )
        self.assertEqual(estimate.earned, 50 - 27)
