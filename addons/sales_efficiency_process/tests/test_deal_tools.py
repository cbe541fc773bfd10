# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import doctest
from datetime import date

from odoo.tests import BaseCase, tagged

from odoo.addons.sales_efficiency_process.engine.deal import (
    OfferLine,
    add_working_days,
    check_file,
    comparison,
    concession,
    files,
    get_concession,
    get_next_term,
    get_notice_date,
    terms,
)

from .deal_common import PICTURE, DealCommon


@tagged("post_install", "-at_install")
class TestDealTools(BaseCase):
    """Terms, concessions and files, without a database (policy 3.3.2, 3.3.3)."""

    def test_examples(self):
        for module in (comparison, concession, files, terms):
            with self.subTest(module.__name__):
                self.assertFalse(doctest.testmod(module).failed)

    def test_notice_of_60_days(self):
        self.assertEqual(get_notice_date(date(2027, 3, 31), 60), date(2027, 1, 30))

    def test_a_year_follows_a_year_also_a_leap_year(self):
        self.assertEqual(
            get_next_term(date(2027, 3, 1), date(2028, 2, 29)),
            (date(2028, 3, 1), date(2029, 2, 28)),
        )

    def test_without_a_start_a_year_follows(self):
        self.assertEqual(
            get_next_term(None, date(2027, 3, 31)),
            (date(2027, 4, 1), date(2028, 3, 31)),
        )

    def test_too_few_working_days_give_no_day(self):
        self.assertIsNone(add_working_days([], date(2026, 10, 15), 5))

    def test_what_was_not_offered_at_first_counts_at_its_full_price(self):
        first = [OfferLine("shelf", 10, 1000, 1000)]
        now = [OfferLine("shelf", 10, 950, 1000), OfferLine("lamp", 2, 90, 100)]
        found = get_concession(first, now)
        self.assertAlmostEqual(found.amount, 60)
        self.assertAlmostEqual(found.percent, 60 / 11)

    def test_a_discount_on_the_order_is_a_concession(self):
        first = [OfferLine("a", 6, 600, 600), OfferLine("b", 4, 400, 400)]
        now = [*first, OfferLine("discount", 1, -150, -150)]
        self.assertAlmostEqual(get_concession(first, now).amount, 150)
        self.assertAlmostEqual(get_concession(now, first).amount, -150)

    def test_a_dearer_offer_gives_nothing_way(self):
        first = [OfferLine("shelf", 10, 1000, 1000)]
        now = [OfferLine("shelf", 20, 2200, 2200)]
        self.assertAlmostEqual(get_concession(first, now).amount, -200)

    def test_another_currency(self):
        first = [OfferLine("shelf", 10, 1000, 1000)]
        now = [OfferLine("shelf", 10, 874, 920)]
        found = get_concession(first, now, rate=0.92)
        self.assertAlmostEqual(found.amount, 46)
        self.assertAlmostEqual(found.percent, 5)

    def test_nothing_offered_at_first(self):
        self.assertEqual(get_concession([], []).percent, 0)

    def test_files(self):
        self.assertEqual(check_file(b""), "empty")
        self.assertEqual(check_file(b"<html></html>"), "type")
        self.assertEqual(check_file(b"%PDF-1.4 broken"), "broken")
        self.assertEqual(check_file(PICTURE), "type")
        self.assertIsNone(check_file(PICTURE, with_pictures=True))
        self.assertIsNone(check_file(DealCommon._create_pdf()))
        with_script = b"%PDF" + bytes(26 * 1024 * 1024)
        self.assertEqual(check_file(with_script), "size")
