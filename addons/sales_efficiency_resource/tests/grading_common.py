# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from odoo import Command, fields

from odoo.addons.sales_efficiency_base.tests.common import SalesEfficiencyCommon


class GradingCommon(SalesEfficiencyCommon):
    """Ten customers of the salesperson, with the sales of worked case C2."""

    # Days since the last order, orders, amount and potential of each customer
    days = (5, 5, 12, 30, 30, 45, 60, 90, 200, 400)
    orders = (8, 5, 3, 2, 2, 1, 1, 1, 1, 1)
    amounts = (900, 1500, 700, 700, 300, 250, 100, 400, 50, 20)
    potentials = (2000, None, 1500, 800, 800, None, 100, 5000, None, 60)

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.today = cls.company._get_sales_today()
        cls.env["sales.grading"].search(
            [("company_id", "=", cls.company.id)]
        ).active = False
        cls.env["sales.grade"].search(
            [("company_id", "=", cls.company.id)]
        ).active = False
        cls.grades = cls._create_grades(cls.company)
        cls.grade_a, cls.grade_b, cls.grade_c, cls.grade_d = cls.grades

    @classmethod
    def _create_grades(cls, company):
        return cls.env["sales.grade"].create(
            [
                {
                    "name": name,
                    "sequence": sequence,
                    "threshold": threshold,
                    "company_id": company.id,
                }
                for sequence, (name, threshold) in enumerate(
                    (("A", 80), ("B", 60), ("C", 40), ("D", 0))
                )
            ]
        )

    @classmethod
    def _create_grading(cls, company=None, weights=None, **values):
        """:param dict weights: kind → weight"""
        weights = weights or {"recency": 30, "frequency": 30, "amount": 40}
        return cls.env["sales.grading"].create(
            {
                "name": "Test Grading",
                "company_id": (company or cls.company).id,
                "criterion_ids": [
                    Command.create({"kind": kind, "weight": weight})
                    for kind, weight in weights.items()
                ],
                **values,
            }
        )

    @classmethod
    def _create_customers(cls, count=10, user=None):
        return cls.env["res.partner"].create(
            [
                {
                    "name": f"Graded {number}",
                    "is_company": True,
                    "user_id": (user or cls.salesperson).id,
                }
                for number in range(1, count + 1)
            ]
        )

    @classmethod
    def _create_sales(cls, customers, days=None, orders=None, amounts=None):
        """Record past orders: the first ones long before the last, on days of their
        own, so that the window decides."""
        lines = []
        columns = (days or cls.days, orders or cls.orders, amounts or cls.amounts)
        for customer, day, count, amount in zip(customers, *columns, strict=True):
            for number in range(count):
                lines.append(
                    {
                        "date": cls.today - timedelta(days=day + number),
                        "recorded_as": "order",
                        "amount": 0 if number else amount,
                        "company_id": cls.company.id,
                        "partner_id": customer.id,
                    }
                )
        cls.env["sales.history.line"].create(lines)
        cls.env["sales.mart"]._refresh()

    @classmethod
    def _compute(cls, grading, day=None):
        run = cls.env["sales.grading.run"].create(
            {"grading_id": grading.id, "date": day or cls.today}
        )
        run.action_compute()
        return run

    @classmethod
    def _confirm(cls, grading, day=None):
        run = cls._compute(grading, day)
        run.action_confirm()
        return run

    def _get_names(self, run, field="to_grade_id"):
        """:return: dict customer → name of a grade"""
        return {result.partner_id: result[field].name for result in run.result_ids}

    def _get_scores(self, run):
        return {result.partner_id: result.score for result in run.result_ids}

    @classmethod
    def _give(cls, customer, grade, score, day, **values):
        """Have a customer a grade from a day on, as if by a run."""
        return cls.env["sales.customer.grade"].create(
            {
                "partner_id": customer.id,
                "company_id": cls.company.id,
                "date_from": day,
                "grade_id": grade.id,
                "computed_grade_id": grade.id,
                "score": score,
                **values,
            }
        )

    @classmethod
    def _create_override(cls, customer, grade, user=None, **values):
        return (
            cls.env["sales.grade.override"]
            .with_user(user or cls.salesperson)
            .create(
                {
                    "partner_id": customer.id,
                    "company_id": cls.company.id,
                    "grade_id": grade.id,
                    "reason": "Their new plant opens soon",
                    "date_from": fields.Date.to_string(cls.company._get_sales_today()),
                    **values,
                }
            )
        )

    @classmethod
    def _approve(cls, override):
        override.action_submit()
        cls.env.invalidate_all()  # They decide in a request of their own.
        override.with_user(cls.director)._validate_tier()
        return override
