# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models


class AccountMove(models.Model):
    _name = "account.move"
    _inherit = ["account.move", "sales.dimension.mixin"]

    sales_region_id = fields.Many2one(
        copy=False,
        help="Region of the order, or else of the customer.",
    )
    sales_channel_id = fields.Many2one(
        copy=False,
        help="Channel of the order, or else of the customer.",
    )

    @api.depends("partner_id", "company_id")
    def _compute_sales_region_id(self):
        for move in self._filtered_draft_sales():
            if origin := move._get_sales_origin():
                move.sales_region_id = origin.sales_region_id
            else:
                move.sales_region_id = move.partner_id._get_sales_region(
                    move.company_id
                )

    @api.depends("partner_id")
    def _compute_sales_channel_id(self):
        for move in self._filtered_draft_sales():
            if origin := move._get_sales_origin():
                move.sales_channel_id = origin.sales_channel_id
            else:
                move.sales_channel_id = move.partner_id._get_sales_channel()

    @api.constrains("sales_region_id", "sales_channel_id", "company_id")
    def _check_sales_dimensions(self):
        self._check_company_of_dimensions(("sales_region_id", "sales_channel_id"))

    def _filtered_draft_sales(self):
        return self.filtered(
            lambda move: move.state == "draft"
            and move.is_sale_document(include_receipts=True)
        )

    def _get_sales_origin(self):
        """Return the document that supplies region and channel, if any: the first
        invoiced order, or the reversed invoice."""
        self.ensure_one()
        return (
            self.invoice_line_ids.sale_line_ids.order_id[:1] or self.reversed_entry_id
        )

    def _reverse_moves(self, default_values_list=None, cancel=False):
        default_values_list = default_values_list or [{} for _move in self]
        # Not strict: Odoo, too, reverses only as many moves as there are values.
        for move, default_values in zip(self, default_values_list, strict=False):
            default_values.update(
                sales_region_id=move.sales_region_id.id,
                sales_channel_id=move.sales_channel_id.id,
            )
        return super()._reverse_moves(default_values_list, cancel=cancel)

    def _post(self, soft=True):
        posted = super()._post(soft)
        self.env["sales.mart"]._wake()
        return posted
