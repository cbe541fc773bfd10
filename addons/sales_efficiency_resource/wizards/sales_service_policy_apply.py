# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import UserError


class SalesServicePolicyApply(models.TransientModel):
    """Applies the terms of a service policy to its customers, after a preview."""

    _name = "sales.service.policy.apply"
    _inherit = "sales.guard.mixin"
    _description = "Apply the Terms of a Service Policy"

    policy_id = fields.Many2one(
        comodel_name="sales.service.policy", required=True, ondelete="cascade"
    )
    pricelist_id = fields.Many2one(related="policy_id.pricelist_id")
    payment_term_id = fields.Many2one(related="policy_id.payment_term_id")
    partner_ids = fields.Many2many(
        comodel_name="res.partner",
        string="Customers with Other Terms",
        compute="_compute_partner_ids",
        store=True,
        readonly=False,
    )
    customer_count = fields.Integer(related="policy_id.customer_count")
    change_count = fields.Integer(
        string="Customers to Change", compute="_compute_change_count"
    )

    @api.depends("policy_id")
    def _compute_partner_ids(self):
        for apply in self:
            policy = apply.policy_id._origin
            apply.partner_ids = (
                policy._find_customers().filtered(policy._differs_from)
                if policy
                else False
            )

    @api.depends("partner_ids")
    def _compute_change_count(self):
        for apply in self:
            apply.change_count = len(apply.partner_ids)

    def action_apply(self):
        """Give the customers of the list the terms of the policy."""
        self.ensure_one()
        policy = self.policy_id
        policy.check_access("write")
        vals = policy._prepare_terms()
        if not vals:
            raise UserError(
                self.env._(
                    "The policy proposes neither a price list nor payment terms."
                )
            )
        customers = self.partner_ids & policy._find_customers()
        customers.check_access("write")
        # sudo: directors decide on terms; the fields are for accountants otherwise.
        customers.sudo().with_company(policy.company_id).write(vals)
        policy.message_post(
            body=self.env._("Terms applied to %s customers.", len(customers))
        )
        return {"type": "ir.actions.act_window_close"}
