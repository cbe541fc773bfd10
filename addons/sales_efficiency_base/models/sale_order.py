# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import float_round, format_list


class SaleOrder(models.Model):
    _name = "sale.order"
    _inherit = ["sale.order", "sales.dimension.mixin"]

    sales_region_id = fields.Many2one(
        copy=False,
        help="The sale counts for this region. Fixed on confirmation.",
    )
    sales_channel_id = fields.Many2one(
        copy=False,
        help="The sale counts for this channel. Fixed on confirmation.",
    )
    sales_credit_ids = fields.One2many(
        comodel_name="sales.credit",
        inverse_name="order_id",
        string="Credit",
        copy=True,
        help="Salespeople sharing this sale. Without lines, the salesperson gets all"
        " the credit.",
        groups="base.group_user",
    )
    sales_credit_total = fields.Float(
        string="Total Credit",
        compute="_compute_sales_credit_total",
        digits=(5, 2),
        groups="base.group_user",
    )
    can_edit_sales_credit = fields.Boolean(compute="_compute_can_edit_sales_credit")
    # Customers may read their orders, but not our margin on them.
    margin = fields.Monetary(groups="base.group_user")
    margin_percent = fields.Float(groups="base.group_user")

    @api.depends("partner_id", "company_id")
    def _compute_sales_region_id(self):
        for order in self.filtered(lambda o: o.state in ("draft", "sent")):
            order.sales_region_id = order.partner_id._get_sales_region(order.company_id)

    @api.depends("partner_id")
    def _compute_sales_channel_id(self):
        for order in self.filtered(lambda o: o.state in ("draft", "sent")):
            order.sales_channel_id = order.partner_id._get_sales_channel()

    @api.depends("sales_credit_ids.share")
    def _compute_sales_credit_total(self):
        for order in self:
            shares = order.sales_credit_ids.mapped("share")
            order.sales_credit_total = float_round(sum(shares), precision_digits=2)

    @api.depends_context("uid")
    @api.depends("state")
    def _compute_can_edit_sales_credit(self):
        is_manager = self._can_correct_sales_credit()
        for order in self:
            order.can_edit_sales_credit = is_manager or order.state != "sale"

    @api.model_create_multi
    def create(self, vals_list):
        orders = super().create(vals_list)
        for order, vals in zip(orders, vals_list, strict=True):
            order._check_sales_dimensions(vals)
        return orders

    def write(self, vals):
        self._check_sales_credit_frozen(vals)
        res = super().write(vals)
        self._check_sales_dimensions(vals)
        self._correct_invoices(vals)
        return res

    def action_confirm(self):
        res = super().action_confirm()
        self.env["sales.mart"]._wake()
        return res

    def _prepare_invoice(self):
        return super()._prepare_invoice() | {
            "sales_region_id": self.sales_region_id.id,
            "sales_channel_id": self.sales_channel_id.id,
        }

    def _check_sales_dimensions(self, vals):
        """Check only values chosen by a user: computed ones fit, and need no check."""
        names = ("sales_region_id", "sales_channel_id")
        self._check_company_of_dimensions(filter(vals.get, names))

    def _correct_invoices(self, vals):
        """Grant access to the invoices of a corrected order to those credited now."""
        if {"user_id", "team_id"}.isdisjoint(vals):
            return
        # sudo: salespeople have no rights on invoices of orders that are not theirs
        for order in self.sudo().filtered(lambda order: order.state == "sale"):
            invoices = order.invoice_ids.filtered(
                lambda move, order=order: move.line_ids.sale_line_ids.order_id == order
            )
            invoices.write(
                {"invoice_user_id": order.user_id.id, "team_id": order.team_id.id}
            )

    @api.model
    def _get_sales_credit_fields(self):
        """Return the names of the many2one fields that are frozen on confirmation."""
        return {"user_id", "team_id", "sales_region_id", "sales_channel_id"}

    @api.model
    def _can_correct_sales_credit(self):
        return self.env.su or self.env.user.has_group("sales_team.group_sale_manager")

    def _check_sales_credit_frozen(self, vals):
        """Refuse to change the attribution of a confirmed order.

        :param vals: values about to be written
        :raise UserError: unless the user is a sales administrator
        """
        names = self._get_sales_credit_fields() & vals.keys()
        if not names or self._can_correct_sales_credit():
            return
        for order in self:
            if order.state == "sale" and any(
                order[name].id != (vals[name] or False) for name in names
            ):
                raise order._get_sales_credit_frozen_error()

    def _get_sales_credit_frozen_error(self):
        self.ensure_one()
        names = sorted(self._get_sales_credit_fields()) + ["sales_credit_ids"]
        labels = [self._fields[name]._description_string(self.env) for name in names]
        return UserError(
            self.env._(
                "Order %(order)s is confirmed. What it counts for is kept as it was:"
                " %(fields)s. Ask a sales administrator to correct it.",
                order=self.display_name,
                fields=format_list(self.env, labels),
            )
        )
