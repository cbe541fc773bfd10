# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import freeze_time, tagged

from ..engine import DrawTerms
from .incentive_books import Books, IncentiveCase, money, rule
from .ledger_common import IncentiveLedgerCommon


@tagged("post_install", "-at_install")
class TestLetterHold(IncentiveCase):
    """What is earned by a version waits until its letter is accepted."""

    def setUp(self):
        super().setUp()
        self.books = Books(rule(rate=0.1))
        self.books.unaccepted = {1}

    def test_pay_waits_and_is_released_once(self):
        self.books.sell(1000)
        self.assertEqual(self.books.lock(1).total(), 0)
        self.assertEqual(self.books.balance("waiting"), 100)
        self.books.sell(500, 2)
        self.assertEqual(self.books.compute(2).total(), 0)
        self.books.unaccepted = set()
        self.assertEqual(self.books.compute(2).total(), 150)
        self.assertEqual(self.books.lock(2).total(), 150)
        self.assertEqual(self.books.lock(3).total(), 0)
        self.assertEqual(self.books.balance("waiting"), 0)
        self.assertEqual(self.books.balance("payable"), 150)

    def test_a_clawback_first_takes_what_waits(self):
        key = self.books.sell(1000)
        self.books.lock(1)
        self.books.cancel(key)
        self.assertEqual(self.books.lock(2).total(), 0)
        self.assertEqual(self.books.balance("waiting"), 0)

    def test_what_is_paid_is_not_taken_back(self):
        self.books.unaccepted = set()
        key = self.books.sell(1000)
        self.books.lock(1)
        self.books.unaccepted = {1}
        self.assertEqual(self.books.lock(2).total(), 0)
        self.books.cancel(key)
        self.assertEqual(self.books.lock(3).total("clawback"), -100)

    def test_what_waits_counts_for_the_draw(self):
        """A draw pays nobody who only has to accept a letter."""
        draw = DrawTerms(money(200), recoverable=False)
        books = Books(rule(rate=0.1), draw=draw)
        books.unaccepted = {1}
        books.sell(3000)
        self.assertEqual(books.lock(1).total(), 0)
        books.sell(3000, 2)
        books.unaccepted = set()
        self.assertEqual(books.lock(2).total(), 600)

    def test_only_the_version_that_is_not_accepted_waits(self):
        self.books.add_version(2, rule(rate=0.2))
        self.books.unaccepted = {2}
        self.books.sell(1000)
        self.books.sell(1000, 2)
        self.assertEqual(self.books.lock(1).total(), 100)
        self.assertEqual(self.books.lock(2).total(), 0)
        self.assertEqual(self.books.balance("waiting"), 200)

    def test_a_replaced_version_waits_for_the_letter_of_its_successor(self):
        self.books.sell(1000)
        self.books.lock(1)
        self.books.add_version(1, rule(rate=0.2))
        self.books.unaccepted = {2}
        self.assertEqual(self.books.lock(2).total(), 0)
        self.assertEqual(self.books.balance("waiting"), 200)
        self.books.unaccepted = set()
        self.assertEqual(self.books.lock(3).total(), 200)


@tagged("post_install", "-at_install")
@freeze_time("2026-04-15 12:00:00")
class TestSalesIncentiveLetterHold(IncentiveLedgerCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.sales_incentive_letter_holds = True
        cls.assignment = cls._start_plan()
        cls._sell(10, "2026-03-03")
        cls._sell(5, "2026-04-03")
        cls._compute()

    def _accept(self):
        letter = self._letters().filtered(lambda one: one.state == "open")
        letter.with_user(self.salesperson).action_accept()

    def test_pay_waits_for_the_letter_and_says_why(self):
        waits = self.entries.search(
            [("balance", "=", "waiting"), ("assignment_id", "=", self.assignment.id)]
        )
        self.assertEqual(waits.mapped("amount"), [50, 100])
        self.assertIn("plan letter is accepted", waits[0].explanation)
        self.assertEqual(self._get_paid(3), 0)

    def test_once_accepted_it_is_released_in_the_open_month(self):
        self._lock(1, 2, 3)
        self._accept()
        self._compute()
        self.assertEqual(self._get_paid(3), 0)
        self.assertEqual(self._get_paid(4), 150)
        self._compute()
        self.assertEqual(self._get_paid(4), 150)

    def test_the_setting_is_followed_by_open_months(self):
        self.company.sales_incentive_letter_holds = False
        self._compute()
        self.assertEqual(self._get_paid(3), 100)
