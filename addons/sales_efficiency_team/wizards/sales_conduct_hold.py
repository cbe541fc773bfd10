# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import UserError


class SalesConductHold(models.TransientModel):
    """Holds back pay because of a conduct case, or pays out what was held back.

    More people read an adjustment than the case: so it says by which decision, and not
    why.
    """

    _name = "sales.conduct.hold"
    _inherit = "sales.guard.mixin"
    _description = "Pay to Hold Back"

    case_id = fields.Many2one(comodel_name="sales.conduct.case", required=True)
    user_id = fields.Many2one(related="case_id.user_id")
    company_id = fields.Many2one(related="case_id.company_id")
    currency_id = fields.Many2one(related="assignment_id.currency_id")
    assignment_id = fields.Many2one(
        comodel_name="sales.incentive.assignment",
        string="Plan",
        required=True,
        compute="_compute_assignment_id",
        store=True,
        readonly=False,
        domain="[('user_id', '=', user_id), ('company_id', '=', company_id)]",
    )
    kind = fields.Selection(
        selection=[("hold", "Hold back"), ("release", "Pay out what was held back")],
        required=True,
        default="hold",
    )
    held = fields.Monetary(
        string="Held Back So Far",
        compute="_compute_held",
        help="Of this plan, without what was rejected or cancelled.",
    )
    amount = fields.Monetary(required=True)

    _amount_positive = models.Constraint(
        "CHECK (amount > 0)", "Enter an amount above 0."
    )

    @api.depends("case_id")
    def _compute_assignment_id(self):
        for hold in self:
            hold.assignment_id = self.env["sales.incentive.assignment"].search(
                [
                    ("user_id", "=", hold.user_id.id),
                    ("company_id", "=", hold.company_id.id),
                ],
                limit=1,
            )

    @api.depends("case_id", "assignment_id")
    def _compute_held(self):
        for hold in self:
            adjustments = hold.case_id.adjustment_ids.filtered(
                lambda a, plan=hold.assignment_id: (
                    a.assignment_id == plan and a.state not in ("rejected", "cancelled")
                )
            )
            hold.held = -sum(adjustments.mapped("amount"))

    def action_make(self):
        """Draft the adjustment, for another director to approve."""
        self.ensure_one()
        case = self.case_id
        case.check_access("write")
        if not case.may_hold_pay and self.kind == "hold":
            raise UserError(self.env._("This case holds back no pay, or not any more."))
        if self.assignment_id.user_id != case.user_id:
            raise UserError(self.env._("Choose a plan of %s.", case.user_id.name))
        if self.kind == "release" and self.amount > self.held:
            raise UserError(
                self.env._("No more is paid out than was held back: %s.", self.held)
            )
        sign = -1 if self.kind == "hold" else 1
        adjustment = self.env["sales.incentive.adjustment"].create(
            {
                "assignment_id": self.assignment_id.id,
                "amount": sign * self.amount,
                "reason": self._get_reason(),
            }
        )
        # sudo: users do not write the link, it is made here.
        case.sudo().adjustment_ids |= adjustment
        return adjustment._get_records_action()

    def _get_reason(self):
        """:return: why, in the language of the person, but not more"""
        env = self.with_context(lang=self.user_id.lang).env
        day = fields.Date.to_string(self.case_id.date_effective)
        if self.kind == "hold":
            return env._("Held back by the decision of %s", day)
        return env._("Paid out: held back by the decision of %s", day)
