# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date
from io import BytesIO

from openpyxl import load_workbook

from odoo.tests import HttpCase, freeze_time, tagged

from .payout_common import IncentivePayoutCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-04-15 12:00:00")
class TestSalesIncentiveDownloads(IncentivePayoutCommon, HttpCase):
    """Downloads say nothing about what one may not read."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        plan = cls._start_plan().plan_id
        cls._sell(10, "2026-01-03")
        cls._lock(1)
        cls.payout = cls._create_payout(1)
        cls.payout.action_pay()
        cls.simulation = cls.env["sales.incentive.simulation"].create(
            {
                "name": "Test",
                "company_id": cls.company.id,
                "version_ids": plan.version_ids.ids,
                "month_from": date(2026, 1, 1),
                "month_to": date(2026, 1, 1),
            }
        )

    def _get_answers(self, user):
        self.authenticate(user.login, user.login)
        return {
            (url, is_there): self.url_open(url % (id_ if is_there else id_ + 1000))
            for url, id_ in (
                ("/sales_efficiency_incentive/payout/%s/csv", self.payout.id),
                ("/sales_efficiency_incentive/payout/%s/xlsx", self.payout.id),
                ("/sales_efficiency_incentive/simulation/%s/xlsx", self.simulation.id),
            )
            for is_there in (True, False)
        }

    def test_what_may_not_be_read_answers_like_what_is_not_there(self):
        others = (
            self._create_employee(group, f"{module}.group_{group}")
            for module, group in (("base", "portal"), ("hr", "hr_user"))
        )
        for user in (self.salesperson, self.leader, *others):
            answers = self._get_answers(user)
            for url, is_there in answers:
                if is_there:
                    mine, none = answers[url, True], answers[url, False]
                    with self.subTest(user=user.name, url=url):
                        self.assertEqual(mine.status_code, 404)
                        self.assertEqual(mine.status_code, none.status_code)
                        self.assertEqual(mine.text, none.text)

    def test_finance_downloads_what_it_pays(self):
        self.assertEqual(
            [answer.status_code for answer in self._get_answers(self.finance).values()],
            [200, 404, 200, 404, 404, 404],
        )

    def test_the_officer_downloads_the_results_of_a_simulation(self):
        self.simulation.name = f"Less for {self.salesperson.name}"
        self.simulation.with_user(self.officer).action_simulate()
        self.authenticate(self.officer.login, self.officer.login)
        url = f"/sales_efficiency_incentive/simulation/{self.simulation.id}/xlsx"
        answer = self.url_open(url)
        people = load_workbook(BytesIO(answer.content)).worksheets[0]
        rows = {row[0]: row[1:4] for row in people.iter_rows(2, values_only=True)}
        self.assertEqual(rows[self.salesperson.name], (100, 100, 0))
        self.assertEqual(int(answer.headers["Content-Length"]), len(answer.content))
        # Names of files are read by others: in mails, in folders.
        file_name = answer.headers["Content-Disposition"]
        self.assertIn(f"simulation-{self.simulation.id}.xlsx", file_name)
        self.assertNotIn("Less", file_name)

    def test_papers_that_may_not_be_read_are_refused(self):
        statement = self.env["sales.incentive.statement"].search(
            [("user_id", "=", self.salesperson.id)], limit=1
        )
        report = "sales_efficiency_incentive.sales_incentive_statement"
        self.authenticate(self.colleague.login, self.colleague.login)
        for kind in ("html", "pdf"):
            for id_, status in ((statement.id, 403), (1, 404)):
                answer = self.url_open(f"/report/{kind}/{report}/{id_}")
                with self.subTest(kind=kind, status=status):
                    self.assertEqual(answer.status_code, status)
                    self.assertNotIn(self.salesperson.name, answer.text)
