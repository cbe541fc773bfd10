# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import json

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import SQL

from ..engine import grade
from .sales_appraisal import DIRECTOR


class SalesAppraisal(models.Model):
    """Grades people by bands and shares, or by a director who says why."""

    _inherit = "sales.appraisal"  # pylint: disable=consider-merging-classes-inherited

    proposed_grade_id = fields.Many2one(
        comodel_name="sales.appraisal.grade",
        string="Proposed Grade",
        readonly=True,
        ondelete="restrict",
        help="By bands and largest shares.",
    )
    grade_id = fields.Many2one(
        comodel_name="sales.appraisal.grade",
        string="Grade",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
    )
    grade_name = fields.Char(string="Grade of the Day", readonly=True)
    grade_reason = fields.Char(
        string="Reason for the Grade",
        help="Needed if the grade differs from the proposed one.",
    )
    graded_by_id = fields.Many2one(
        comodel_name="res.users",
        string="Graded By",
        readonly=True,
        ondelete="set null",
    )
    graded_by_name = fields.Char(string="Name of Grader", readonly=True)
    can_grade = fields.Boolean(compute="_compute_can_grade")

    @api.depends("state", "cycle_id.state", "corrects_id")
    @api.depends_context("uid")
    def _compute_can_grade(self):
        is_director = self.env.user.has_group(DIRECTOR)
        for appraisal in self:
            appraisal.can_grade = (
                is_director
                and appraisal.user_id != self.env.user
                and appraisal._is_in_calibration()
            )

    @api.constrains("grade_id", "grade_reason", "proposed_grade_id")
    def _check_grade_reason(self):
        for appraisal in self:
            changed = appraisal.grade_id != appraisal.proposed_grade_id
            if appraisal.grade_id and changed and not appraisal.grade_reason:
                raise ValidationError(
                    self.env._(
                        "Say why %(person)s gets %(grade)s instead of %(proposed)s.",
                        person=appraisal.user_name,
                        grade=appraisal.grade_id.name,
                        proposed=appraisal.proposed_grade_id.name or "–",
                    )
                )

    def write(self, vals):
        if not self.env.su and {"grade_id", "grade_reason"} & vals.keys():
            self.check_access("write")
            self._check_may_grade()
            # sudo: users do not write the author, it is they.
            self.sudo().write(
                {
                    "graded_by_id": self.env.uid,
                    "graded_by_name": self.env.user.name,
                }
            )
        return super().write(vals)

    def _check_may_grade(self):
        self._check_is_other()
        for appraisal in self:
            if not appraisal._is_in_calibration():
                raise UserError(
                    self.env._(
                        "Grades change only during the calibration: that of %s is over"
                        " or has not begun.",
                        appraisal.user_name,
                    )
                )

    def _propose_grades(self):
        """Grade by bands and shares of the cycle; a grade that somebody has changed
        stays. One statement grades all."""
        rows = {}
        for cycle in self.cycle_id:
            # sudo: the bands, which whoever calibrates need not read
            grades = (
                self.env["sales.appraisal.grade"].sudo()._find_grades(cycle.company_id)
            )
            scored = cycle._get_current().filtered("is_scored")
            scores = {appraisal.id: appraisal.score for appraisal in scored}
            found = grade(scores, grades._get_bands())
            rows |= {id_: found[id_].id for id_ in found if id_ in set(self.ids)}
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                """
                UPDATE sales_appraisal a
                   SET proposed_grade_id = g.id,
                       grade_id = CASE WHEN a.graded_by_id IS NULL THEN g.id
                                       ELSE a.grade_id END
                  FROM jsonb_each_text(%s::jsonb) r
                  JOIN sales_appraisal_grade g ON g.id = r.value::int
                 WHERE a.id = r.key::int
                """,
                json.dumps(rows),
            )
        )
        self.invalidate_recordset(["proposed_grade_id", "grade_id"])
