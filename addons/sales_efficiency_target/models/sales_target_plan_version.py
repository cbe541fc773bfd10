# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.tools import format_date


class SalesTargetPlanVersion(models.Model):
    """The figures of a plan as submitted, to be compared with others (policy 2.1.1)."""

    _name = "sales.target.plan.version"
    _inherit = "sales.default.mixin"
    _description = "Version of a Sales Target Plan"
    _order = "plan_id, number desc"

    plan_id = fields.Many2one(
        comodel_name="sales.target.plan", required=True, ondelete="cascade"
    )
    number = fields.Integer(required=True)
    # Metric, scope and months of each target. Not ids of targets, which may be deleted
    # and made anew.
    figures = fields.Json()

    _number_uniq = models.Constraint(
        "UNIQUE (plan_id, number)", "The plan already has a version of this number."
    )

    @api.depends("number", "create_date", "create_uid")
    @api.depends_context("lang", "tz")
    def _compute_display_name(self):
        for version in self:
            version.display_name = self.env._(
                "Version %(number)s, %(date)s, %(person)s",
                number=version.number,
                date=format_date(self.env, version.create_date),
                person=version.create_uid.name,
            )

    @api.model
    def _take(self, plan):
        """Keep the present figures of a plan."""
        # sudo: only code writes versions, and they hold the targets of everybody.
        versions = self.sudo()
        versions.create(
            {
                "plan_id": plan.id,
                "number": versions.search_count([("plan_id", "=", plan.id)]) + 1,
                "figures": self._read_figures(plan.sudo().target_ids),
            }
        )

    @api.model
    def _read_figures(self, targets):
        """:return: list of metric, scope and months of each target"""
        return [
            {
                "metric_id": target.metric_id.id,
                "scope": {k: v for k, v in target._get_scope_ids().items() if v},
                "months": months,
            }
            for target, months in targets._get_month_amounts().items()
        ]
