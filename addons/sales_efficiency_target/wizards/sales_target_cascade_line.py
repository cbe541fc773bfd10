# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.tools import float_compare

from ..models.sales_target_tree import INDENT


class SalesTargetCascadeLine(models.TransientModel):
    """One part of a target in the preview of its breakdown."""

    _name = "sales.target.cascade.line"
    _inherit = ["sales.scope.mixin", "sales.guard.mixin"]
    _description = "Part of a Target Break-Down"
    _order = "id"

    cascade_id = fields.Many2one(
        comodel_name="sales.target.cascade",
        required=True,
        index=True,
        ondelete="cascade",
    )
    metric_unit = fields.Selection(related="cascade_id.metric_unit")
    currency_id = fields.Many2one(related="cascade_id.currency_id")
    company_id = fields.Many2one(related="cascade_id.target_id.company_id")
    # Place in the tree of the preview: lines that are not saved cannot name each other.
    # Depth 0 are the parts of the target, 1 their parts, ...
    depth = fields.Integer(export_string_translation=False)
    key = fields.Char(export_string_translation=False)
    parent_key = fields.Char(export_string_translation=False)
    level_dimension = fields.Char(export_string_translation=False)
    name = fields.Char(string="Part", compute="_compute_name")
    child_id = fields.Many2one(comodel_name="sales.target", ondelete="cascade")
    # Cascade: a preview must not block the deletion of other records.
    region_id = fields.Many2one(ondelete="cascade")
    team_id = fields.Many2one(ondelete="cascade")
    user_id = fields.Many2one(ondelete="cascade")
    categ_id = fields.Many2one(ondelete="cascade")
    channel_id = fields.Many2one(ondelete="cascade")
    partner_id = fields.Many2one(ondelete="cascade")
    campaign_id = fields.Many2one(ondelete="cascade")
    presence = fields.Float(
        string="Presence (%)",
        digits=(5, 1),
        readonly=True,
        help="Share of a full year the person is available: newcomers ramp up, and"
        " planned leave counts.",
    )
    # Last year's sales of the part outside all its parts
    kept_weight = fields.Float(digits=0, export_string_translation=False)
    weight = fields.Float(digits=0, help="Parts are in proportion to their weights.")
    share = fields.Float(
        string="Share (%)",
        compute="_compute_share",
        readonly=False,
    )
    current_amount = fields.Float(
        string="Present", related="child_id.amount", related_sudo=False, digits=0
    )
    is_committed = fields.Boolean(
        compute="_compute_committed",
        export_string_translation=False,
    )
    committed_amount = fields.Float(
        string="Committed",
        compute="_compute_committed",
        digits=0,
    )
    comment = fields.Char(
        help="Reasoning for the person responsible; kept with their target.",
    )
    allocated_weight = fields.Float(
        digits=0, help="Weight used to compute the proposed amount."
    )
    # Amount that has been passed down to the parts
    allocated_amount = fields.Float(digits=0, export_string_translation=False)
    amount = fields.Float(string="Proposed", digits=0)
    change = fields.Float(compute="_compute_change", digits=0)

    _amount_positive = models.Constraint(
        "CHECK (amount >= 0 AND weight >= 0)", "A target cannot be negative."
    )

    @api.depends(lambda self: ("level_dimension", "depth", *self._get_dimensions()))
    @api.depends_context("lang")
    def _compute_name(self):
        for line in self:
            name = line[line._get_dimension()].name if line._get_dimension() else ""
            line.name = INDENT * line.depth + (name or "")

    @api.depends("amount", "cascade_id.amount")
    def _compute_share(self):
        for line in self:
            line.share = line._get_share()

    @api.onchange("share")
    def _onchange_share(self):
        """Recompute the amount from an edited share, not from a computed one."""
        if float_compare(self.share, self._get_share(), precision_digits=2):
            target = self.cascade_id.target_id
            self.amount = target._round(target.amount * self.share / 100)

    @api.depends("amount", "current_amount")
    def _compute_change(self):
        for line in self:
            line.change = line.amount - line.current_amount

    @api.depends("child_id")
    def _compute_committed(self):
        for line in self:
            line.is_committed = bool(line.child_id.committed_date)
            line.committed_amount = line.child_id.committed_amount

    def _is_weighted(self):
        return (
            self.cascade_id.method == "weighted" and self.level_dimension == "user_id"
        )

    def _get_share(self):
        total = self.cascade_id.amount
        return 100 * self.amount / total if total else 0.0

    def _is_changed(self):
        self.ensure_one()
        step = self.cascade_id.target_id._get_step()
        return bool(
            float_compare(self.amount, self.current_amount, precision_rounding=step)
        )

    def _post_comment(self):
        """Send the comment to the person responsible for the part (policy 2.1.3)."""
        self.ensure_one()
        if not self.comment:
            return
        target = self.child_id
        amount = target._format_figure(target.amount)
        body = self.env._(
            "Target: %(amount)s. %(comment)s", amount=amount, comment=self.comment
        )
        if self.is_committed:
            body = self.env._(
                "Target: %(amount)s, committed: %(committed)s. %(comment)s",
                amount=amount,
                committed=target._format_figure(target.committed_amount),
                comment=self.comment,
            )
        target.message_post(
            body=body,
            partner_ids=target.responsible_id.partner_id.ids,
            subtype_xmlid="mail.mt_comment",
        )

    def _get_dimension(self):
        """Return the dimension of the line, whatever a client has sent."""
        name = self.level_dimension
        is_known = name in self.env["sales.target"]._get_dimensions()
        return name if is_known else self.cascade_id.dimension

    def _prepare_target(self, parent):
        """:return: values of the target to create for the part of a target"""
        self.ensure_one()
        return {
            **parent._get_scope_ids(),
            self._get_dimension(): self[self._get_dimension()].id,
            "plan_id": parent.plan_id.id,
            "metric_id": parent.metric_id.id,
            "parent_id": parent.id,
            "spread": "parent",
            "considers_leave": self._is_weighted() and self.cascade_id.considers_leave,
            "amount": self.amount,
        }
