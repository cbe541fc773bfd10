# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import HttpCase, freeze_time, tagged

from .appraisal_common import SalesAppraisalCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-10-15 12:00:00")
class TestUiSalesAppraisal(SalesAppraisalCommon, HttpCase):
    """A director opens a cycle, calibrates, and tells."""

    def test_a_director_leads_a_cycle(self):
        self._sell_in_quarter(960)
        self.start_tour(
            "/odoo/appraisal-cycles",
            "sales_appraisal_of_director",
            login="test_director",
        )
        cycle = self.env["sales.appraisal.cycle"].search(
            [("company_id", "=", self.company.id), ("state", "=", "calibration")]
        )
        self.start_tour(
            "/odoo/calibration", "sales_appraisal_calibration", login="test_director"
        )
        appraisal = self._get_appraisal(cycle)
        self.assertRecordValues(
            appraisal,
            [
                {
                    "grade_reason": "Windfall of one customer",
                    "graded_by_id": self.director.id,
                }
            ],
        )
        self.start_tour(
            f"/odoo/appraisal-cycles/{cycle.id}",
            "sales_appraisal_telling",
            login="test_director",
        )
        self.start_tour(
            f"/odoo/appraisals/{appraisal.id}",
            "sales_appraisal_talk",
            login="test_director",
        )
        self.assertRecordValues(
            appraisal, [{"state": "told", "told_by_id": self.director.id}]
        )
