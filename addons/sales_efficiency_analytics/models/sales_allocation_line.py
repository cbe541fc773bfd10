# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from odoo.addons.sales_efficiency_base.tools import take_turns
from odoo.addons.sales_efficiency_resource.engine import merge_rows


class SalesAllocationLine(models.Model):
    """A customer of a scenario: whose it is, who is proposed, and who is chosen."""

    _name = "sales.allocation.line"
    _inherit = "sales.guard.mixin"
    _description = "Customer of a Scenario"
    _order = "allocation_id desc, value desc, id"
    _rec_name = "partner_id"
    _check_company_auto = True

    allocation_id = fields.Many2one(
        comodel_name="sales.allocation",
        string="Scenario",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(
        related="allocation_id.company_id", store=True, precompute=True, index=True
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    state = fields.Selection(related="allocation_id.state", string="Status")
    user_ids = fields.Many2many(
        related="allocation_id.user_ids", export_string_translation=False
    )
    partner_id = fields.Many2one(
        comodel_name="res.partner",
        string="Customer",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    region_id = fields.Many2one(
        comodel_name="sales.region",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )
    categ_id = fields.Many2one(
        comodel_name="product.category",
        string="Main Product Line",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
        help="Of which the customer has ordered most in the last twelve months.",
    )
    user_id = fields.Many2one(
        comodel_name="res.users",
        string="Salesperson Today",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )
    proposed_id = fields.Many2one(
        comodel_name="res.users",
        string="Person Proposed",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )
    override_id = fields.Many2one(
        comodel_name="res.users",
        string="Chosen Instead",
        index="btree_not_null",
        ondelete="restrict",
        domain="[('id', 'in', user_ids)]",
        help="Takes precedence over the person proposed.",
    )
    final_id = fields.Many2one(
        comodel_name="res.users",
        string="Salesperson Then",
        compute="_compute_final_id",
        store=True,
        index="btree_not_null",
    )
    is_move = fields.Boolean(string="Moves", compute="_compute_final_id", store=True)
    contact_count = fields.Float(string="Contacts", digits=(16, 2), readonly=True)
    opportunity_count = fields.Integer(string="Open Opportunities", readonly=True)
    hours = fields.Float(string="Work (Hours)", readonly=True)
    potential = fields.Monetary(string="Potential per Year", readonly=True)
    is_potential_known = fields.Boolean(
        string="Potential Noted",
        readonly=True,
        help="Otherwise the orders of the last twelve months stand for it.",
    )
    pipeline = fields.Monetary(string="Weighted Pipeline", readonly=True)
    value = fields.Monetary(
        string="Customer Value",
        readonly=True,
        help="Potential and weighted pipeline.",
    )
    value_new = fields.Monetary(
        string="Value Then",
        readonly=True,
        help="By how well the person fits, less the cost of distance.",
    )
    details = fields.Json(
        readonly=True, prefetch=False, export_string_translation=False
    )

    _customer_uniq = models.UniqueIndex(
        "(allocation_id, partner_id)", "A customer is in a scenario only once."
    )

    # ------------------------------------------------------------------
    # Computed fields and constraints
    # ------------------------------------------------------------------

    @api.depends("override_id", "proposed_id", "user_id")
    def _compute_final_id(self):
        for line in self:
            line.final_id = line.override_id or line.proposed_id or line.user_id
            line.is_move = line.final_id != line.user_id

    @api.constrains("override_id")
    def _check_override(self):
        for line in self.filtered("override_id"):
            if line.override_id not in line.allocation_id.person_ids.user_id:
                raise ValidationError(
                    self.env._(
                        "%(person)s does not take part in %(scenario)s. Choose somebody"
                        " else, or add the person.",
                        person=line.override_id.name,
                        scenario=line.allocation_id.name,
                    )
                )

    # ------------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------------

    def write(self, vals):
        self.allocation_id._check_is_draft()
        if not self.env.su:
            # Nobody submits it meanwhile.
            take_turns(self.allocation_id)
        res = super().write(vals)
        if "override_id" in vals:
            self.allocation_id._score()
        return res

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_keep(self):
        """Leave the customers with whom they are."""
        self.check_access("write")
        if nobody := self.filtered(lambda line: not line.user_id):
            raise UserError(
                self.env._(
                    "Nobody serves %s yet. Choose somebody, or calculate without such"
                    " customers.",
                    nobody[0].partner_id.display_name,
                )
            )
        for user, lines in self.grouped("user_id").items():
            lines.override_id = user

    def action_reset(self):
        """Take the proposals again."""
        self.override_id = False

    @api.readonly
    def action_open_customer(self):
        self.ensure_one()
        self.partner_id.check_access("read")
        return self.partner_id._get_records_action()

    # ------------------------------------------------------------------
    # Merged customers
    # ------------------------------------------------------------------

    @api.model
    def _merge_partners(self, src_ids, dst):
        """Keep one customer in each scenario; the next calculation reads it anew.

        :param list src_ids: the partners that go
        :param dst: the one that remains
        """
        merge_rows(self, src_ids, dst.commercial_partner_id, "allocation_id")
