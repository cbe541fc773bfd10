# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import csv
from io import BytesIO, StringIO

from openpyxl import load_workbook

from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from ..tools import PayrollSheet
from .payout_common import IncentivePayoutCommon


@tagged("post_install", "-at_install")
class TestPayrollSheet(IncentivePayoutCommon):
    """The file that finance hands to the payroll."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with freeze_time("2026-07-15 12:00:00"):
            assignment = cls._start_plan()
            assignment.draw_amount = 200
            cls.env["hr.employee"].create(
                {
                    "name": "Sally",
                    "user_id": cls.salesperson.id,
                    "barcode": "0417",
                }
            )
            cls.colleague.name = "=HYPERLINK(1)"
            cls._start_plan(cls.colleague)
            cls._sell(15, "2026-01-03")
            cls._sell(20, "2026-01-04", user=cls.colleague)
            cls._lock(1)
            cls.payout = cls._create_payout(1)

    def _read_csv(self, payout):
        content = PayrollSheet(payout).get_content("csv").decode("utf-8-sig")
        return list(csv.DictReader(StringIO(content)))

    def test_kinds_add_up_to_what_is_payable(self):
        self.payout.action_pay()
        guarded, sally = self._read_csv(self.payout)
        expected = {
            "Month": "2026-01",
            "Employee Number": "0417",
            "Employee": "Test Salesperson",
            "Plan": "Test Plan",
            "Earning": "150.00",
            "Draw": "50.00",
            "Clawback": "0.00",
            "Earlier months": "0.00",
            "Payable": "200.00",
            "Currency": self.company.currency_id.name,
            "Payment Date": "2026-02-05",
            "Paid Amount": "200.00",
        }
        self.assertEqual(sally | expected, sally)
        self.assertEqual(guarded["Employee"], "'=HYPERLINK(1)")
        self.assertEqual(guarded["Payable"], "200.00")

    def test_a_second_download_is_the_same_to_the_byte(self):
        self.payout.action_pay()
        for kind in ("csv", "xlsx"):
            contents = set()
            for day in ("2026-07-15 12:00:00", "2026-08-16 13:00:00"):
                with freeze_time(day):
                    self.env.invalidate_all()
                    contents.add(PayrollSheet(self.payout).get_content(kind))
            with self.subTest(kind):
                self.assertEqual(len(contents), 1)

    def test_a_workbook_holds_numbers_and_no_formulas(self):
        self.payout.action_pay()
        content = PayrollSheet(self.payout).get_content("xlsx")
        rows = list(load_workbook(BytesIO(content)).active.iter_rows())
        guarded = dict(zip((c.value for c in rows[0]), rows[1], strict=True))
        self.assertEqual(guarded["Employee"].data_type, "s")
        self.assertEqual(guarded["Employee"].value, "=HYPERLINK(1)")
        self.assertEqual(guarded["Payable"].value, 200)

    def test_nothing_is_handed_over_before_it_is_paid(self):
        with self.assertRaisesRegex(UserError, "Pay first"):
            PayrollSheet(self.payout).get_content("csv")
        action = self.payout.action_download_xlsx()
        self.assertNotIn("200", action["url"])
        for user in (self.salesperson, self.leader):
            with self.assertRaises(AccessError):
                PayrollSheet(self.payout.with_user(user)).get_content("csv")
