# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import doctest
from datetime import date, timedelta

from odoo.tests import TransactionCase, tagged

from ..engine import fact_groups, slices
from ..tools import (
    Period,
    Scope,
    clock,
    growth,
    known,
    metric_values,
    period,
    scope,
)


@tagged("post_install", "-at_install")
class TestSalesPeriod(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.env["res.company"].create({"name": "Fiscal"})

    def _fiscal_year_ends(self, day, month):
        self.company.write(
            {"fiscalyear_last_day": day, "fiscalyear_last_month": str(month)}
        )

    def test_examples_of_the_documentation_are_true(self):
        modules = (
            clock,
            fact_groups,
            growth,
            known,
            metric_values,
            period,
            scope,
            slices,
        )
        for module in modules:
            results = doctest.testmod(module)
            self.assertTrue(results.attempted)
            self.assertFalse(results.failed)

    def test_quarters_are_those_of_the_fiscal_year(self):
        self._fiscal_year_ends(31, 3)
        self.assertEqual(
            Period.quarter(date(2024, 5, 15), self.company),
            Period(date(2024, 4, 1), date(2024, 6, 30)),
        )
        self.assertEqual(
            Period.quarter(date(2024, 2, 29), self.company),
            Period(date(2024, 1, 1), date(2024, 3, 31)),
        )
        self.assertEqual(
            Period.year(date(2024, 2, 29), self.company),
            Period(date(2023, 4, 1), date(2024, 3, 31)),
        )

    def test_quarters_make_up_any_fiscal_year(self):
        for day, month in ((31, 12), (31, 3), (28, 2), (5, 4), (30, 6)):
            self._fiscal_year_ends(day, month)
            for today in (date(2023, 2, 28), date(2024, 2, 29), date(2024, 7, 1)):
                with self.subTest(day=day, month=month, today=today):
                    year = Period.year(today, self.company)
                    self.assertLessEqual(year.start, today)
                    self.assertGreaterEqual(year.end, today)
                    quarters = [Period.quarter(year.start, self.company)]
                    while quarters[-1].end < year.end:
                        next_day = quarters[-1].end + timedelta(days=1)
                        quarters.append(Period.quarter(next_day, self.company))
                        self.assertEqual(quarters[-1].start, next_day)
                    self.assertEqual(len(quarters), 4)
                    self.assertEqual(quarters[-1].end, year.end)

    def test_fiscal_year_that_ends_in_february_knows_leap_years(self):
        self._fiscal_year_ends(28, 2)
        year = Period.year(date(2024, 1, 1), self.company)
        self.assertEqual(year, Period(date(2023, 3, 1), date(2024, 2, 29)))
        self.assertEqual(
            year.previous_year(), Period(date(2022, 3, 1), date(2023, 2, 28))
        )

    def test_whole_months_compare_with_whole_months(self):
        february = Period(date(2024, 2, 1), date(2024, 2, 29))
        self.assertEqual(
            february.previous_year(), Period(date(2023, 2, 1), date(2023, 2, 28))
        )
        self.assertEqual(
            Period(date(2025, 1, 1), date(2025, 2, 28)).previous_year(),
            Period(date(2024, 1, 1), date(2024, 2, 29)),
        )

    def test_other_days_compare_with_the_same_days(self):
        self.assertEqual(
            Period(date(2025, 2, 10), date(2025, 2, 28)).previous_year(),
            Period(date(2024, 2, 10), date(2024, 2, 28)),
        )
        self.assertEqual(
            Period(date(2024, 2, 29), date(2024, 2, 29)).previous_year(),
            Period(date(2023, 2, 28), date(2023, 2, 28)),
        )

    def test_to_date_ends_on_the_day_but_not_after_the_period(self):
        month = Period.month(date(2024, 2, 10))
        self.assertEqual(month.until(date(2024, 2, 10)).end, date(2024, 2, 10))
        self.assertEqual(month.until(date(2024, 3, 10)), month)

    def test_split_parts_cover_the_period_once(self):
        start = date(2023, 12, 30)
        for offset in range(0, 40, 3):
            for length in (0, 1, 27, 31, 62, 400):
                first = start + timedelta(days=offset)
                whole = Period(first, first + timedelta(days=length))
                months, rest = whole.split()
                with self.subTest(whole=whole):
                    parts = sorted([*rest, *([months] if months else [])])
                    self.assertEqual(parts[0].start, whole.start)
                    self.assertEqual(parts[-1].end, whole.end)
                    for part, following in zip(parts, parts[1:], strict=False):
                        self.assertEqual(part.end + timedelta(days=1), following.start)
                    if months:
                        self.assertEqual(months.start.day, 1)
                        self.assertEqual((months.end + timedelta(days=1)).day, 1)
                    for part in rest:
                        self.assertNotEqual(part, Period.month(part.start))

    def test_scopes_are_equal_if_they_mean_the_same(self):
        self.assertEqual(
            Scope(1, region_id=None, user_id=2, team_id=[4, 3]),
            Scope(1, team_id=(3, 4), user_id=2),
        )
        self.assertEqual(len({Scope(1), Scope(1, user_id=False), Scope(2)}), 2)
