# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError


class SalesGradingCriterion(models.Model):
    """A criterion of a grading, with its weight (policy 5.1.2)."""

    _name = "sales.grading.criterion"
    _inherit = ["sales.guard.mixin", "sales.grading.criterion.mixin"]
    _description = "Criterion of a Grading"

    grading_id = fields.Many2one(
        comodel_name="sales.grading", required=True, index=True, ondelete="cascade"
    )

    _bins_range = models.Constraint(
        "CHECK (bins BETWEEN 2 AND 20)", "A criterion has 2 to 20 bins."
    )
    _weight_range = models.Constraint(
        "CHECK (weight > 0 AND weight <= 100)",
        "The weight of a criterion is above 0 and at most 100.",
    )

    @api.constrains("kind", "metric_id")
    def _check_metric(self):
        for criterion in self:
            if criterion.kind == "metric" and not criterion.metric_id:
                raise ValidationError(
                    self.env._("Choose the metric by which customers are graded.")
                )
            company = criterion.grading_id.company_id
            if criterion.metric_id.company_id not in (company, company.browse()):
                raise ValidationError(
                    self.env._(
                        "%(metric)s belongs to another company than the grading.",
                        metric=criterion.metric_id.name,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        criteria = super().create([self._forget_metric(vals) for vals in vals_list])
        criteria.grading_id._check_later()
        return criteria

    def write(self, vals):
        res = super().write(self._forget_metric(vals))
        self.grading_id._check_later()
        return res

    def unlink(self):
        gradings = self.grading_id
        res = super().unlink()
        gradings._check_later()
        return res

    @api.model
    def _forget_metric(self, vals):
        if vals.get("kind", "metric") == "metric":
            return vals
        return {**vals, "metric_id": False}

    def _get_company(self):
        return self.grading_id.company_id

    def _prepare_run_criterion(self):
        """:return: the values that a run keeps"""
        self.ensure_one()
        return {
            "sequence": self.sequence,
            "kind": self.kind,
            "metric_id": self.metric_id.id,
            "bins": self.bins,
            "weight": self.weight,
            "higher_is_better": self.higher_is_better,
        }
