# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from itertools import pairwise

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import formatLang

# Grades of a company that has none of its own: name, first score, colour
READY = (("A", 80, 10), ("B", 60, 4), ("C", 40, 3), ("D", 0, 1))


class SalesGrade(models.Model):
    """A grade of customers, by the score of the grading (policy 5.1.2)."""

    _name = "sales.grade"
    _inherit = "sales.guard.mixin"
    _description = "Customer Grade"
    _order = "sequence, threshold desc, id"

    name = fields.Char(required=True)
    sequence = fields.Integer(default=10, help="The best grade comes first.")
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        comodel_name="res.company",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )
    threshold = fields.Float(
        string="From Score",
        digits=(5, 2),
        aggregator=None,
        help="The lowest grade takes every customer below.",
    )
    color = fields.Integer()

    _threshold_uniq = models.UniqueIndex(
        "(company_id, threshold) WHERE active",
        "Two grades cannot begin with the same score.",
    )
    _threshold_range = models.Constraint(
        "CHECK (threshold >= 0 AND threshold <= 100)",
        "A grade begins with a score between 0 and 100.",
    )

    @api.constrains("sequence", "threshold", "company_id", "active")
    def _check_order(self):
        """A grade further up begins with a higher score; equal ranks do not matter."""
        for company in self.company_id:
            grades = self._find_grades(company).sorted(
                lambda grade: (grade.sequence, -grade.threshold)
            )
            for better, worse in pairwise(grades):
                if better.threshold <= worse.threshold:
                    raise ValidationError(
                        self.env._(
                            "%(better)s comes before %(worse)s, so it must begin with a"
                            " higher score: %(first)s is not above %(second)s.",
                            better=better.name,
                            worse=worse.name,
                            first=formatLang(self.env, better.threshold, digits=2),
                            second=formatLang(self.env, worse.threshold, digits=2),
                        )
                    )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_given(self):
        # sudo: customers that the user may not see count, too.
        periods = self.env["sales.customer.grade"].sudo()
        given = periods.with_context(active_test=False).search(
            [
                "|",
                ("grade_id", "in", self.ids),
                ("computed_grade_id", "in", self.ids),
            ],
            limit=1,
        )
        if given:
            raise UserError(
                self.env._(
                    "Customers have or had the grade %s: archive it instead.",
                    given.grade_id.name,
                )
            )

    @api.model
    def _find_grades(self, company):
        """:return: the grades of a company, the best first"""
        grades = self.search([("company_id", "=", company.id)])
        return grades.sorted("threshold", reverse=True)

    @api.model
    def _create_ready(self, company):
        """Create the usual grades for a company that has none."""
        # sudo: whoever may define a grading may have the grades that it needs.
        grades = self.sudo().with_context(active_test=False)
        if not grades.search_count([("company_id", "=", company.id)], limit=1):
            grades.create(
                [
                    {
                        "name": name,
                        "sequence": 10 * number,
                        "threshold": threshold,
                        "color": color,
                        "company_id": company.id,
                    }
                    for number, (name, threshold, color) in enumerate(READY, start=1)
                ]
            )
