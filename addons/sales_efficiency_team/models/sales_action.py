# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError


class SalesAction(models.Model):
    """Goals of career talks, and steps of improvement plans, which those alone see who
    see the plan (policy 4.2.3, 4.3.3)."""

    _inherit = "sales.action"

    career_talk_id = fields.Many2one(
        comodel_name="sales.career.talk",
        index="btree_not_null",
        ondelete="cascade",
        check_company=True,
        domain="[('state', '!=', 'cancelled')]",
        help="The talk in which it was agreed as a goal.",
    )
    improvement_plan_id = fields.Many2one(
        comodel_name="sales.improvement.plan",
        index="btree_not_null",
        ondelete="cascade",
        check_company=True,
    )

    @api.model
    def _get_origin_fields(self):
        origins = super()._get_origin_fields()
        return [*origins, "career_talk_id", "improvement_plan_id"]

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
