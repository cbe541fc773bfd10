# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import UserError


class SalesTargetCommitment(models.TransientModel):
    """Records a salesperson's own commitment (policy 2.1.3)."""

    _name = "sales.target.commitment"
    _inherit = "sales.guard.mixin"
    _description = "Commitment to a Sales Target"

    target_id = fields.Many2one(
        comodel_name="sales.target", required=True, ondelete="cascade"
    )
    metric_unit = fields.Selection(related="target_id.metric_unit")
    currency_id = fields.Many2one(related="target_id.currency_id")
    amount = fields.Float(
        string="My Commitment",
        compute="_compute_from_target",
        compute_sudo=False,
        store=True,
        readonly=False,
        digits=0,
    )
    target_amount = fields.Float(
        string="Proposed Target", compute="_compute_target_amount", digits=0
    )
    note = fields.Text(
        string="Reasons",
        compute="_compute_from_target",
        compute_sudo=False,
        store=True,
        readonly=False,
        help="Customers, projects and obstacles behind the figure.",
    )

    _amount_positive = models.Constraint(
        "CHECK (amount >= 0)", "A commitment cannot be negative."
    )

    @api.depends("target_id")
    def _compute_from_target(self):
        for commitment in self:
            target = commitment.target_id
            committed = target.committed_date
            commitment.amount = target.committed_amount if committed else target.amount
            commitment.note = target.commitment_note

    @api.depends("target_id.amount")
    def _compute_target_amount(self):
        # Access may have been lost since the form was opened.
        self.target_id.check_access("read")
        for commitment in self:
            commitment.target_amount = commitment.target_id.amount

    def action_commit(self):
        """Store the commitment with the target, for the leader to see."""
        self.ensure_one()
        target = self.target_id
        target.check_access("read")
        if target.responsible_id != self.env.user:
            raise UserError(
                self.env._(
                    "Only %(person)s can commit to this target.",
                    person=target.responsible_id.name,
                )
            )
        if target.state != "draft":
            raise UserError(
                self.env._("The plan is final. Request an adjustment of the target.")
            )
        # sudo: salespeople may only read targets; this is their own commitment.
        target.sudo().write(
            {
                "committed_amount": self.amount,
                "committed_date": target.company_id._get_sales_today(),
                "commitment_note": self.note,
            }
        )
