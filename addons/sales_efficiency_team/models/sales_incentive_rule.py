# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from decimal import Decimal

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import format_list

from ..engine import AwardText

# An award is paid as it was approved, all of it and at once
NO_AWARD_TERMS = (
    "cap_document",
    "cap_month",
    "cap_interval",
    "condition_attainment",
    "holdback",
    "minimum_document",
    "minimum_month",
    "minimum_interval",
)


class SalesIncentiveRule(models.Model):
    """Awards by the grade of an appraisal, and pools by its score (policy 4.4)."""

    _inherit = "sales.incentive.rule"

    kind = fields.Selection(
        selection_add=[("award", "Award")], ondelete={"award": "cascade"}
    )
    pool_split = fields.Selection(
        selection_add=[("score", "By appraisal score")],
        ondelete={"score": "set default"},
    )
    award_base = fields.Selection(
        selection=[
            ("wage", "Months of the wage"),
            ("value", "Months of the value in the assignment"),
            ("incentive", "Percent of the target incentive"),
        ],
        required=True,
        default="value",
        help="What the grades pay. What is paid by wages is read by the person, HR"
        " managers and finance alone: it needs a confidential plan.",
    )
    award_grade_ids = fields.One2many(
        comodel_name="sales.incentive.award.grade",
        inverse_name="rule_id",
        string="Awards by Grade",
        copy=True,
    )

    # ------------------------------------------------------------------
    # Computed fields
    # ------------------------------------------------------------------

    @api.depends("award_base")
    def _compute_units(self):
        res = super()._compute_units()
        for rule in self.filtered(lambda rule: rule.kind == "award"):
            is_share = rule.award_base == "incentive"
            rule.unit_of_rate = "percent" if is_share else "quantity"
        return res

    @api.depends("award_base", "award_grade_ids.grade_id", "award_grade_ids.rate")
    def _compute_summary(self):
        res = super()._compute_summary()
        for rule in self.filtered(lambda rule: rule.kind == "award"):
            text = AwardText(rule.env, rule.award_base == "incentive")
            grades = "; ".join(
                # sudo: the name of a grade is part of the terms.
                f"{line.grade_id.sudo().name} → {text.write_rate(line.rate)}"
                for line in rule._sort_awards()
            )
            base = dict(rule._fields["award_base"]._description_selection(rule.env))
            rule.summary = f"{grades} · {base[rule.award_base]}"
        return res

    def _sort_awards(self):
        return self.award_grade_ids.sorted(lambda line: (-line.rate, line.id or 0))

    # ------------------------------------------------------------------
    # Constraints
    # ------------------------------------------------------------------

    @api.constrains("kind", "award_base", "award_grade_ids", *NO_AWARD_TERMS)
    def _check_award(self):
        for rule in self.filtered(lambda rule: rule.kind == "award"):
            rule._check_award_terms()
            if rule.award_base == "wage":
                rule.version_id._check_pays_by_wage()

    def _check_award_terms(self):
        if not self.award_grade_ids:
            raise ValidationError(
                self.env._(
                    "%(rule)s says nothing about grades yet. Enter what they pay.",
                    rule=self.name,
                )
            )
        if limits := [name for name in NO_AWARD_TERMS if self[name]]:
            raise ValidationError(
                self.env._(
                    "%(rule)s is paid as it is approved. Set these to 0: %(fields)s.",
                    rule=self.name,
                    fields=self._label_fields(limits),
                )
            )
        # sudo: whose grades they are, whoever may read them.
        foreign = self.award_grade_ids.grade_id.sudo().filtered(
            lambda grade: not grade.company_id <= self.company_id
        )
        if foreign:
            raise ValidationError(
                self.env._(
                    "These grades belong to another company: %s.",
                    format_list(self.env, foreign.mapped("name")),
                )
            )

    def _needs_metric(self):
        return self.kind != "award" and super()._needs_metric()

    def _counts_for_people(self):
        return self.kind != "award" and super()._counts_for_people()

    # ------------------------------------------------------------------
    # Plan letter
    # ------------------------------------------------------------------

    def _get_own_terms(self):
        names = ["award_base"] if self.kind == "award" else []
        return super()._get_own_terms() + names

    def _get_printed_table(self):
        if self.kind != "award":
            return super()._get_printed_table()
        text = AwardText(self.env, self.award_base == "incentive")
        return [
            [self.env._("Grade"), self.env._("Award of a whole year")],
            *(
                # sudo: as in _compute_summary
                [line.grade_id.sudo().name, text.write_rate(line.rate)]
                for line in self._sort_awards()
            ),
        ]

    # ------------------------------------------------------------------
    # Ledger
    # ------------------------------------------------------------------

    @api.model
    def _get_grants(self, period):
        """Grant the approved awards of a month."""
        lines = self.env["sales.incentive.award.line"].search(
            [
                ("period_id", "=", period.id),
                ("state", "=", "approved"),
                ("amount", "!=", 0),
            ],
            order="id",
        )
        return super()._get_grants(period) + [
            (line.assignment_id.id, line.award_id.root_id, line._make_grant())
            for line in lines
        ]

    @api.model
    def _read_pool_weights(self, company, split, start, end):
        """A pool by score counts the latest appraisals closed by its end."""
        if split != "score":
            return super()._read_pool_weights(company, split, start, end)
        appraisals = self.env["sales.appraisal"].search(
            [
                ("company_id", "=", company.id),
                ("state", "=", "closed"),
                ("is_current", "=", True),
                ("is_scored", "=", True),
                ("date_to", "<=", end),
                ("date_to", ">", end - relativedelta(years=1)),
            ],
            order="date_to, date_from desc, id",
        )
        return {
            appraisal.user_id.id: Decimal(str(appraisal.score))
            for appraisal in appraisals
        }
