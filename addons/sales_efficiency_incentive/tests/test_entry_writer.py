# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from unittest.mock import Mock, patch

from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from ..engine import MonthComputation, month_computation
from ..engine.entry_writer import EntryWriter
from .ledger_common import IncentiveLedgerCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-04-15 12:00:00")
class TestEntryWriter(IncentiveLedgerCommon):
    """The entries of a month are computed while the database stores those before."""

    def setUp(self):
        super().setUp()
        self._start_plan()
        self.order = self._sell(10, "2026-04-03")

    @mute_logger("odoo.sql_db")
    def test_what_fails_meanwhile_is_told(self):
        """The driver would only tell that the file could not be read."""
        failing = patch.object(
            month_computation, "Statement", side_effect=ValueError("No such tier")
        )
        with (
            failing,
            self.assertRaisesRegex(ValueError, "No such tier"),
            self.env.cr.savepoint(),
        ):
            self._compute()
        self.assertFalse(self.entries.search([]))

    def test_entries_are_computed_without_the_database(self):
        """It is busy with storing them, and would refuse any question."""
        compute = MonthComputation._compute_entries
        ask = self.env.cr.execute

        def compute_alone(computation, *args):
            computation.env.invalidate_all()
            entries = compute(computation, *args)
            while True:
                self.env.cr.execute = Mock(side_effect=AssertionError("Asked"))
                try:
                    pair = next(entries, None)
                finally:
                    self.env.cr.execute = ask
                if not pair:
                    return
                found.append(pair)
                yield pair

        found = []
        with patch.object(MonthComputation, "_compute_entries", compute_alone):
            self._compute()
        self.assertTrue(found)
        self.assertEqual(len(self.entries.search([])), len(found))

    def test_documents_not_known_beforehand_are_named_all_the_same(self):
        gather = MonthComputation.gather

        def gather_less(computation, *args):
            return gather(computation, *args)._replace(documents=set())

        with patch.object(MonthComputation, "gather", gather_less):
            self._compute()
        self.assertEqual(self.entries.search([]).document_name, self.order.name)

    def test_a_second_computation_writes_nothing(self):
        self._compute()
        with patch.object(EntryWriter, "_insert") as insert:
            self.periods.search([])._compute_entries()
        insert.assert_not_called()

    def test_a_replaced_entry_names_the_product_as_before(self):
        """As do the entries of the month that are not replaced."""
        line = self.order.order_line
        name = line.product_id.display_name
        self._compute()
        line.product_id.name = "Another Name"
        line.product_uom_qty = 20
        self._compute()
        entry = self.entries.search([])
        self.assertEqual(entry.base, line.price_subtotal)
        self.assertEqual(entry.product, name)
