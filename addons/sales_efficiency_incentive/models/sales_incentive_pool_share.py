# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..tools import WHOLE


class SalesIncentivePoolShare(models.Model):
    """What somebody gets of a pool that is shared by hand."""

    _name = "sales.incentive.pool.share"
    _inherit = "sales.guard.mixin"
    _description = "Share Set by Hand"
    _order = "assignment_id, id"
    _rec_name = "assignment_id"
    _fixed_fields = ("division_id",)

    division_id = fields.Many2one(
        comodel_name="sales.incentive.pool.division",
        required=True,
        index=True,
        ondelete="cascade",
    )
    plan_id = fields.Many2one(related="division_id.plan_id")
    company_id = fields.Many2one(related="division_id.company_id", store=True)
    assignment_id = fields.Many2one(
        comodel_name="sales.incentive.assignment",
        string="Person",
        required=True,
        index=True,
        ondelete="cascade",
        domain="[('plan_id', '=', plan_id)]",
    )
    share = fields.Float(string="Share (%)", digits=(16, 2), required=True)

    _person_uniq = models.UniqueIndex(
        "(division_id, assignment_id)", "Each person has one share of a pool."
    )
    _share_range = models.Constraint(
        "CHECK (share > 0 AND share <= 100)", "A share is above 0 and at most 100 %."
    )

    @api.constrains("assignment_id", "division_id")
    def _check_assignment(self):
        for line in self:
            if line.assignment_id.plan_id != line.division_id.plan_id:
                raise ValidationError(
                    self.env._(
                        "%s is not paid by the plan of this pool.",
                        line.assignment_id.display_name,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        shares = super().create(vals_list)
        shares._decide()
        return shares

    def write(self, vals):
        self._decide()
        res = super().write(vals)
        self._decide()
        return res

    @api.ondelete(at_uninstall=False)
    def _unlink_except_whole(self):
        if self.env.context.get("sales_incentive_shares") is not WHOLE:
            self.division_id._check_can_decide()
            raise ValidationError(
                self.env._("Change all shares of the pool together, in its form.")
            )

    def _decide(self):
        # A division that is written with its shares checks them at the end.
        if self.env.context.get("sales_incentive_shares") is not WHOLE:
            self.division_id._decide()
