# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import Form, freeze_time, tagged

from .study_common import StudyCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-10-15 12:00:00")
class TestStudyMonths(StudyCommon):
    """Which months a question is about."""

    def _sell_to_newcomer(self, *days):
        newcomer = self.env["res.partner"].create({"name": "New", "is_company": True})
        self.env["sales.history.line"].create(
            [
                {
                    "date": day,
                    "recorded_as": "order",
                    "amount": 100,
                    "company_id": self.company.id,
                    "partner_id": newcomer.id,
                }
                for day in days
            ]
        )
        self.env["sales.mart"]._refresh()
        return newcomer

    # ------------------------------------------------------------------
    # First month
    # ------------------------------------------------------------------

    def test_months_before_the_first_figure_of_the_scope_are_left_out(self):
        newcomer = self._sell_to_newcomer("2026-03-20", "2026-05-02")
        study = self._create_study(rows="month", month_count=24, partner_id=newcomer.id)
        figures, _names, _units = study._get_values()
        self.assertEqual(
            dict(zip(figures.keys, figures.columns["ordered_amount"], strict=True)),
            {
                "2026-03": 100,
                "2026-04": 0,
                "2026-05": 100,
                "2026-06": 0,
                "2026-07": 0,
                "2026-08": 0,
                "2026-09": 0,
            },
        )
        answer = self._answer(study)
        self.assertIn("no figures before Mar 2026", answer.verdict)

    def test_months_without_figures_after_the_first_one_count(self):
        newcomer = self._sell_to_newcomer("2024-03-20", "2026-05-02")
        study = self._create_study(rows="month", month_count=6, partner_id=newcomer.id)
        answer = self._answer(study)
        self.assertEqual(answer.figures["keys"][0], "2026-04")
        self.assertNotIn("no figures before", answer.verdict)

    def test_a_company_that_has_not_sold_yet_asks_about_its_leads(self):
        company = self.env["res.company"].create({"name": "Fresh"})
        self.director.company_ids += company
        self.env["crm.lead"].create(
            {
                "name": "Lead",
                "type": "lead",
                "company_id": company.id,
                "user_id": False,
                "team_id": False,
                "sales_opened_date": "2026-08-10",
            }
        )
        self.env["sales.mart"]._refresh()
        leads = self.env["sales.metric"].create(
            {
                "name": "Leads",
                "kind": "sum",
                "measure": "facts",
                "event_ids": self.env["sales.metric.event"]
                .search([("event", "=", "lead")])
                .ids,
            }
        )
        study = self._create_study(
            company_id=company.id, rows="month", metric_id=leads.id
        )
        figures, _names, _units = study._get_values()
        self.assertEqual(figures.keys, ["2026-08", "2026-09"])
        self.assertEqual(figures.columns[leads._get_column()], [1, 0])

    # ------------------------------------------------------------------
    # Number of months
    # ------------------------------------------------------------------

    def test_a_forecast_has_months_enough_to_test_its_methods(self):
        studies = self.env["sales.study"].with_user(self.director)
        study = studies.create(
            {
                "name": "What will come?",
                "method": "forecast",
                "metric_id": self.ordered.id,
            }
        )
        self.assertEqual(study.month_count, 60)
        answer = self._answer(study)
        found = answer.found["result"]
        self.assertEqual(len(found["history"]), 33, "all there are")
        self.assertNotEqual(found["why"], "untested")

    def test_the_number_of_months_goes_with_the_method_until_it_is_chosen(self):
        form = Form(self.env["sales.study"].with_user(self.director))
        self.assertEqual(form.month_count, 24)
        form.method = "forecast"
        self.assertEqual(form.month_count, 60)
        form.method = "trend"
        self.assertEqual(form.month_count, 24)
        form.month_count = 30
        form.method = "forecast"
        self.assertEqual(form.month_count, 30)
