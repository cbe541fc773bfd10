# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models


class AccountMove(models.Model):
    """What a bill or an entry counts for (policy 5.3.2).

    Odoo fills the salesperson of sales only, so the person who types a bill never
    becomes its salesperson. Who is chosen on a bill brings their team, and the team
    its region.
    """

    _inherit = "account.move"

    # As the team that it follows
    sales_region_id = fields.Many2one(precompute=False)

    @api.depends("move_type", "partner_id")
    def _compute_invoice_default_sale_person(self):
        """Keep who was chosen on a bill when its vendor changes, if they sell."""
        chosen = self.filtered(
            lambda move: move.invoice_user_id
            and not move._is_sale()
            and move.invoice_user_id._is_expense_person(move.company_id)
        )
        users = {move: move.invoice_user_id for move in chosen}
        others = super(AccountMove, self - chosen)
        res = others._compute_invoice_default_sale_person()
        for move, user in users.items():
            move.invoice_user_id = user
        return res

    @api.depends("invoice_user_id")
    def _compute_team_id(self):
        res = super()._compute_team_id()
        for move in self:
            if move.invoice_user_id and move.state == "draft" and not move._is_sale():
                move.team_id = move.invoice_user_id._get_expense_team(move.company_id)
        return res

    @api.depends("team_id")
    def _compute_sales_region_id(self):
        res = super()._compute_sales_region_id()
        for move in self:
            if move.team_id and move.state == "draft" and not move._is_sale():
                move.sales_region_id = move.team_id.sales_region_id
        return res

    def _reverse_moves(self, default_values_list=None, cancel=False):
        """Take back a bill where it counted: Odoo copies no salesperson."""
        default_values_list = default_values_list or [{} for _move in self]
        # Not strict: Odoo, too, reverses only as many moves as there are values.
        for move, values in zip(self, default_values_list, strict=False):
            if not move._is_sale():
                values.setdefault("invoice_user_id", move.invoice_user_id.id)
                values.setdefault("team_id", move.team_id.id)
        return super()._reverse_moves(default_values_list, cancel=cancel)

    def _is_sale(self):
        return self.is_sale_document(include_receipts=True)
