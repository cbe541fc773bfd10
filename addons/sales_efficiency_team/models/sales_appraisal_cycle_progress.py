# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from collections import Counter

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import format_list

from ..engine import AppraisalBatch
from .sales_appraisal_cycle import MEASURED, STAFF


class SalesAppraisalCycle(models.Model):
    """Shows how far a cycle is, to those who see how it proceeds."""

    _inherit = "sales.appraisal.cycle"  # pylint: disable=consider-merging-classes-inherited

    appraisal_count = fields.Integer(
        string="People", compute="_compute_progress", groups=STAFF
    )
    scored_count = fields.Integer(
        string="With a Score", compute="_compute_progress", groups=STAFF
    )
    told_count = fields.Integer(
        string="People Told", compute="_compute_progress", groups=STAFF
    )
    distribution = fields.Char(
        string="Grades",
        compute="_compute_distribution",
        groups=STAFF,
        help="How many people have each grade, and how many may have it.",
    )
    outdated_count = fields.Integer(compute="_compute_progress", groups=STAFF)
    missing_names = fields.Char(
        string="Without Appraisal", compute="_compute_missing_names", groups=STAFF
    )

    @api.depends("appraisal_ids.state", "appraisal_ids.is_scored", "state")
    def _compute_progress(self):
        # sudo: numbers of people, whoever they are.
        appraisals = self.env["sales.appraisal"].sudo()
        current = Domain("cycle_id", "in", self.ids) & Domain("is_current", "=", True)
        counts = [
            dict(appraisals._read_group(current & narrower, ["cycle_id"], ["__count"]))
            for narrower in (
                Domain.TRUE,
                Domain("is_scored", "=", True),
                Domain("told_at", "!=", False),
            )
        ]
        for cycle in self:
            numbers = [count.get(cycle, 0) for count in counts]
            cycle.appraisal_count, cycle.scored_count, cycle.told_count = numbers
            cycle.outdated_count = cycle.state in MEASURED and len(
                cycle._get_current().filtered("is_outdated")
            )

    @api.depends("appraisal_ids.grade_id", "state")
    @api.depends_context("lang", "uid")
    def _compute_distribution(self):
        """Count the people whose appraisals the user may read: whoever sees the grades
        of all others could tell their own before they are told."""
        # sudo: grades are no secret.
        grades = self.env["sales.appraisal.grade"].sudo()
        for cycle in self:
            scored = cycle._get_current().filtered("is_scored")
            seen = scored.sudo(False)._filtered_access("read").sudo()
            counts = Counter(appraisal.grade_id for appraisal in seen)
            cycle.distribution = " · ".join(
                cycle._describe_grade(grade, counts[grade], len(scored))
                for grade in grades._find_grades(cycle.company_id) | seen.grade_id
                if seen.grade_id
            )

    def _describe_grade(self, grade, count, people):
        places = grade._get_bands()[0].count_places(people)
        if places is None:
            return f"{grade.name} {count}"
        return self.env._(
            "%(grade)s %(count)s of at most %(places)s",
            grade=grade.name,
            count=count,
            places=places,
        )

    @api.depends("appraisal_ids", "state")
    def _compute_missing_names(self):
        for cycle in self:
            missing = self.env["res.users"]
            if cycle._origin and cycle.state in MEASURED:
                missing = AppraisalBatch(cycle._origin).find_missing()
            cycle.missing_names = format_list(self.env, missing.mapped("name"))
