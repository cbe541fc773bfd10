# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class SalesVisitPain(models.Model):
    """What troubles a customer, as a visit brought to light (policy 3.1.3).

    It becomes a need in one tap.
    """

    _name = "sales.visit.pain"
    _inherit = "sales.visit.part.mixin"
    _description = "Pain Point"
    _order = "visit_id desc, sequence, id"

    sequence = fields.Integer(default=10)
    name = fields.Char(string="Pain Point", required=True)
    note = fields.Text(string="Effects", help="What it costs the customer.")
    categ_id = fields.Many2one(
        comodel_name="product.category",
        string="Product Line",
        index="btree_not_null",
        ondelete="set null",
        help="With which we could help.",
    )
    need_id = fields.Many2one(
        comodel_name="sales.need",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
    )

    def action_make_need(self):
        """Make a need of the pain point, or open the one that was made of it."""
        self.ensure_one()
        self.visit_id.check_access("write")
        if not self.need_id:
            need = self.env["sales.need"].create(self._prepare_need())
            # sudo: only notes what was made of it, also when the report is complete.
            self.sudo().need_id = need.id
        return self.need_id._get_records_action()

    def _prepare_need(self):
        """:return: values of the need"""
        self.ensure_one()
        visit = self.visit_id
        return {
            "kind": "particular",
            "name": self.name,
            "note": self.note,
            "categ_id": self.categ_id.id,
            "partner_id": visit.partner_id.id,
            "company_id": visit.company_id.id,
            "visit_id": visit.id,
            "lead_id": visit.lead_id.id,
        }
