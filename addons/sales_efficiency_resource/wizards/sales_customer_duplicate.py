# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.sales_efficiency_base.tools import open_records

from ..engine import Duplicates

# Odoo merges at most three at once.
MOST_AT_ONCE = 3
MOST_SHOWN = 500


class SalesCustomerDuplicate(models.TransientModel):
    """Customers found to be the same, for the user who searched (policy 5.1.1)."""

    _name = "sales.customer.duplicate"
    _inherit = "sales.guard.mixin"
    _description = "Possible Duplicates"
    _order = "id"
    _rec_name = "reason"
    _protects_readonly = False

    reason = fields.Selection(
        selection=[
            ("vat", "Same tax ID"),
            ("email", "Same e-mail"),
            ("phone", "Same phone"),
            ("website", "Same website"),
            ("name", "Same name"),
        ],
        required=True,
        readonly=True,
    )
    key = fields.Char(string="What Is the Same", readonly=True)
    partner_ids = fields.Many2many(
        comodel_name="res.partner",
        relation="sales_customer_duplicate_partner_rel",
        column1="duplicate_id",
        column2="partner_id",
        string="Customers",
        readonly=True,
        context={"active_test": False},
    )
    partner_count = fields.Integer(
        string="Number of Customers", compute="_compute_partner_count"
    )

    @api.depends("partner_ids")
    def _compute_partner_count(self):
        for duplicate in self:
            duplicate.partner_count = len(duplicate.partner_ids)

    @api.model
    def action_find(self):
        """Search all customers that the user may merge, and show those found."""
        self.check_access("create")
        self.search([("create_uid", "=", self.env.uid)]).unlink()
        groups = Duplicates(self.env).find()
        self.create(
            [
                {
                    "reason": group.reason,
                    "key": group.key,
                    "partner_ids": [fields.Command.set(group.ids)],
                }
                for group in groups[:MOST_SHOWN]
            ]
        )
        return open_records(
            self.env,
            "sales_efficiency_resource.sales_customer_duplicate_action",
            [("create_uid", "=", self.env.uid)],
        )

    def action_merge(self):
        """Open Odoo's merge with these customers."""
        self.ensure_one()
        partners = self.partner_ids.exists()
        if len(partners) < 2:
            raise UserError(self.env._("These customers are merged already."))
        return open_records(
            self.env,
            "base.action_partner_merge",
            context={
                "active_model": "res.partner",
                "active_ids": partners[:MOST_AT_ONCE].ids,
                "active_test": False,
            },
        )

    def action_dismiss(self):
        """Note that these are different customers: they are shown no more."""
        for duplicate in self:
            self.env["sales.customer.distinct"]._tell_apart(duplicate.partner_ids)
        self.unlink()

    @api.model
    def _covers(self, partner_ids):
        """Return whether the user may merge partners since they were found to be
        duplicates. It is asked anew: what was found may have changed since."""
        if not self.has_access("create"):
            return False
        partners = self.env["res.partner"].browse(partner_ids)
        return Duplicates(self.env).are_same(partners)

    @api.model
    def _forget_merged(self):
        """Remove groups of which only one customer is left."""
        if self.has_access("unlink"):
            found = self.search([("create_uid", "=", self.env.uid)])
            found.filtered(lambda group: len(group.partner_ids.exists()) < 2).unlink()
