# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError


class SalesAction(models.Model):
    """Steps of improvement plans: seen by those alone who see the plan."""

    _inherit = "sales.action"

    improvement_plan_id = fields.Many2one(
        comodel_name="sales.improvement.plan",
        index="btree_not_null",
        ondelete="cascade",
        check_company=True,
    )

    @api.model
    def _get_origin_fields(self):
        return [*super()._get_origin_fields(), "improvement_plan_id"]

    @api.constrains("improvement_plan_id", "user_id")
    def _check_plan_owner(self):
        """Whoever owns a step learns of the plan."""
        for item in self.filtered("improvement_plan_id"):
            plan = item.improvement_plan_id.with_user(item.user_id)
            if item.user_id not in plan._get_members() and not plan.has_access("read"):
                raise ValidationError(
                    self.env._(
                        "%s does not know of the improvement plan. Its steps are for"
                        " the person, the coach and the superior.",
                        item.user_id.name,
                    )
                )

    def _check_may_agree(self, origin):
        """Those who work on a plan also decide on its steps."""
        if origin == self.improvement_plan_id:
            origin.check_access("read")
            origin = origin.filtered(lambda plan: not plan.may_add_steps)
        # On an empty recordset, the check would test the whole model.
        return super()._check_may_agree(origin) if origin else None

    @api.model
    def _get_effect_access(self, model):
        if model == "sales.improvement.plan":
            return "read"
        return super()._get_effect_access(model)
