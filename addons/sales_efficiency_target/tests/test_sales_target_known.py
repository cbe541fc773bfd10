# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date

from freezegun import freeze_time

from odoo.tests import tagged

from .common import SalesTargetCommon


@tagged("post_install", "-at_install")
class TestSalesTargetKnown(SalesTargetCommon):
    """Margins show how much of them is known. Today is 1 August 2026.

    The salesperson sold 1,000 a month: the margin is known for all of June, but only
    for 600 of July. The colleague sold 1,000 in July, all with a known margin.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.startClassPatcher(freeze_time("2026-08-01 12:00:00"))
        margin = cls.env.ref("sales_efficiency_base.sales_metric_margin")
        cls.margin, cls.rate, cls.amount = (
            cls._create_target(metric_id=metric.id, user_id=cls.salesperson.id)
            for metric in (margin, cls.margin_rate, cls.ordered)
        )
        cls.colleagues = cls._create_target(
            metric_id=margin.id, user_id=cls.colleague.id
        )
        mine = {"user_id": cls.salesperson.id, "team_id": cls.team_field.id}
        theirs = {"user_id": cls.colleague.id, "team_id": cls.team_field.id}
        cls._create_history(
            (date(2026, 6, 1), 1000, {**mine, "margin": 300}),
            (date(2026, 7, 1), 600, {**mine, "margin": 200}),
            (date(2026, 7, 1), 400, mine),
            (date(2026, 7, 1), 1000, {**theirs, "margin": 500}),
        )
        cls.targets = cls.margin + cls.rate + cls.amount + cls.colleagues
        cls.plan.target_ids.write({"amount": 1200, "gap_reason": "Test"})
        cls.plan.action_submit()
        cls.plan.action_start()
        cls.env["sales.target.result"]._refresh(cls.plan.target_ids)

    def _results(self, user, **values):
        domain = [("target_id", "in", self.targets.ids)]
        domain += [(name, "=", value) for name, value in values.items()]
        return self.env["sales.target.result"].with_user(user).search(domain)

    def test_results_of_margins_say_how_much_is_known(self):
        for month, text in ((6, ""), (7, "known: 60 %")):
            results = self._results(
                self.salesperson, period="month", date_from=date(2026, month, 1)
            )
            known = {result.target_id: result.known or "" for result in results}
            self.assertEqual(
                known, {self.margin: text, self.rate: text, self.amount: ""}
            )

    def test_own_targets_say_how_much_is_known_in_the_year_to_date(self):
        own = (self.margin + self.rate + self.amount).with_user(self.salesperson)
        self.assertEqual(
            [target.known or "" for target in own], ["known: 80 %", "known: 80 %", ""]
        )

    def test_the_cockpit_says_how_much_of_all_margins_is_known(self):
        for user, known in (
            (self.salesperson, ["known: 60 %", "known: 60 %", ""]),
            (self.leader, ["known: 80 %", "known: 60 %", ""]),  # of both people
        ):
            data = (
                self.env["sales.cockpit"]
                .with_user(user)
                .get_data(period="month", date_from="2026-07-01")
            )
            found = {
                gauge["metric"]["id"]: gauge["known"]
                for gauge in data["panels"]["figures"]
            }
            metrics = (self.margin + self.rate + self.amount).metric_id
            self.assertEqual([found[metric.id] for metric in metrics], known)

    def test_the_gap_analysis_says_how_much_is_known(self):
        gap = (
            self.env["sales.target.gap"]
            .with_user(self.salesperson)
            .new(
                {
                    "target_id": self.rate.id,
                    "period": "month",
                    "day": date(2026, 7, 1),
                }
            )
        )
        self.assertEqual(gap.known, "known: 60 %")

    def test_the_number_of_queries_depends_on_nothing(self):
        def count_queries(results):
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            results.mapped("known")
            return self.env.cr.sql_log_count - before

        results = self._results(self.director)
        few = results.filtered(
            lambda result: result.period == "to_date"
            and result.target_id in self.margin + self.rate
        )
        count_queries(results)
        self.assertEqual(len(few), 2)
        self.assertLessEqual(count_queries(results), count_queries(few))
