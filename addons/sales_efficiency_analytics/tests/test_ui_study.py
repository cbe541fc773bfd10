# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from dateutil.relativedelta import relativedelta

from odoo.tests import HttpCase, tagged

from .study_common import StudyCommon


@tagged("post_install", "-at_install")
class TestUiStudy(StudyCommon, HttpCase):
    """Questions in the browser."""

    def test_a_director_asks(self):
        self.start_tour(
            "/odoo/sales-ask", "sales_study_of_director", login="test_director"
        )
        study = self.env["sales.study"].search([("owner_id", "=", self.director.id)])
        self.assertEqual(study.state, "queued")

    def test_a_director_asks_about_the_figures_of_a_screen(self):
        self.start_tour(
            "/odoo/sales-figures", "sales_study_from_figures", login="test_director"
        )

    def test_a_director_asks_about_a_finding_and_decides(self):
        """From what was found to what is done about it, and back."""
        today = self.company._get_sales_today()
        finding = self.env["sales.finding"].create(
            {
                "company_id": self.company.id,
                "cause": "slow",
                "basis": "last_year",
                "region_id": self.region_north.id,
                "categ_id": self.category.id,
                "metric_id": self.ordered.id,
                "date_from": today.replace(day=1) - relativedelta(months=2),
                "date_to": today.replace(day=1) - relativedelta(days=1),
                "actual": 160,
                "expected": 200,
                "money": 40,
            }
        )
        url = "/odoo/sales-findings"
        self.start_tour(url, "sales_finding_asked", login="test_director")
        study = self.env["sales.study"].search([("finding_id", "=", finding.id)])
        self.assertEqual((study.state, study.owner_id), ("queued", self.director))
        self._answer_queued(study)
        self.assertEqual(study.latest_id.state, "done")
        self.start_tour(url, "sales_finding_decided", login="test_director")
        decision = self.env["sales.decision"].search([("finding_id", "=", finding.id)])
        self.assertRecordValues(
            decision,
            [
                {
                    "name": "Free delivery in the north",
                    "study_id": study.id,
                    "region_id": self.region_north.id,
                    "categ_id": self.category.id,
                    "metric_id": self.ordered.id,
                    "responsible_id": self.director.id,
                    "state": "draft",
                }
            ],
        )

    def test_a_leader_reads_and_a_salesperson_reads_what_is_shared(self):
        study = self._create_study(self.leader, sharing="team")
        self._answer(study)
        for login in ("test_leader", "test_salesperson"):
            self.start_tour("/odoo/sales-studies", "sales_study_of_reader", login=login)

    def test_a_workbook_is_for_those_who_may_read_the_answer(self):
        answer = self._answer(self._create_study())
        url = f"/sales_efficiency_analytics/study/{answer.id}/xlsx"
        self.authenticate("test_director", "test_director")
        response = self.url_open(url)
        self.assertEqual(response.content[:2], b"PK")
        self.authenticate("test_salesperson", "test_salesperson")
        self.assertEqual(self.url_open(url).status_code, 404)
