# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models


class SalesAllocationPair(models.Model):
    """What is known of a customer and a person before anything is calculated."""

    _name = "sales.allocation.pair"
    _inherit = "sales.guard.mixin"
    _description = "Known Pair of a Scenario"
    _order = "allocation_id desc, partner_id, id"
    _rec_name = "partner_id"
    _check_company_auto = True
    _fixed_fields = ("allocation_id",)

    allocation_id = fields.Many2one(
        comodel_name="sales.allocation",
        string="Scenario",
        required=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(
        related="allocation_id.company_id", store=True, precompute=True, index=True
    )
    partner_id = fields.Many2one(
        comodel_name="res.partner",
        string="Customer",
        required=True,
        index=True,
        ondelete="cascade",
        check_company=True,
        domain="['|', ('parent_id', '=', False), ('is_company', '=', True)]",
    )
    kind = fields.Selection(
        selection=[
            ("lock", "Must be with"),
            ("bar", "Cannot be with"),
            ("fit", "Fits by"),
        ],
        string="What Holds",
        required=True,
        default="lock",
    )
    user_id = fields.Many2one(
        comodel_name="res.users",
        string="Salesperson",
        required=True,
        index=True,
        ondelete="cascade",
        compute="_compute_user_id",
        store=True,
        readonly=False,
        precompute=True,
        domain="[('share', '=', False), ('company_ids', 'in', company_id)]",
    )
    fit_percent = fields.Float(
        string="Fit (%)",
        default=100.0,
        aggregator=None,
        help="What the customer is worth with this person, compared with others.",
    )
    reason = fields.Char()

    _pair_uniq = models.UniqueIndex(
        "(allocation_id, partner_id, user_id)",
        "Say only one thing of a customer and a person.",
    )
    _lock_uniq = models.UniqueIndex(
        "(allocation_id, partner_id) WHERE kind = 'lock'",
        "A customer can only be locked to one person.",
    )
    _fit_range = models.Constraint(
        "CHECK (fit_percent >= 0 AND fit_percent <= 100000)",
        "A fit is between 0 and 100,000 %.",
    )

    @api.depends("partner_id")
    def _compute_user_id(self):
        """Propose to lock a customer to its salesperson."""
        for pair in self:
            pair.user_id = pair.user_id or pair.partner_id.user_id

    @api.model_create_multi
    def create(self, vals_list):
        pairs = super().create(vals_list)
        pairs.allocation_id._change_question()
        return pairs

    def write(self, vals):
        self.allocation_id._change_question()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_draft(self):
        self.allocation_id._change_question()

    # ------------------------------------------------------------------
    # Merged customers
    # ------------------------------------------------------------------

    @api.model
    def _merge_partners(self, src_ids, dst):
        """Keep what is said of the customer that remains, and add what is only said of
        the others.

        :param list src_ids: the partners that go
        :param dst: the one that remains
        """
        customer = dst.commercial_partner_id
        pairs = self.search([("partner_id", "in", [*src_ids, customer.id])])
        said, doubled = set(), self.browse()
        for pair in pairs.sorted(lambda pair: (pair.partner_id != customer, pair.id)):
            keys = {(pair.allocation_id, pair.user_id)}
            if pair.kind == "lock":
                keys.add((pair.allocation_id, pair.kind))
            if said & keys:
                doubled |= pair
            else:
                said |= keys
        doubled.unlink()
        moved = (pairs - doubled).filtered(lambda pair: pair.partner_id != customer)
        moved.write({"partner_id": customer.id})
