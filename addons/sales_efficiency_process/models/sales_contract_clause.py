# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from markupsafe import Markup

from odoo import fields, models
from odoo.tools import is_html_empty


class SalesContractClause(models.Model):
    """A clause that contracts of a type need (policy 3.3.3)."""

    _name = "sales.contract.clause"
    _inherit = ["sales.guard.mixin"]
    _description = "Clause of a Type of Contract"
    _order = "sequence, id"

    type_id = fields.Many2one(
        comodel_name="agreement.type",
        string="Type of Contract",
        required=True,
        index=True,
        ondelete="cascade",
    )
    sequence = fields.Integer(default=10)
    name = fields.Char(string="Clause", required=True, translate=True)
    note = fields.Text(string="To Check", translate=True)
    text = fields.Html(
        translate=True, help="What the text of a new contract starts from."
    )
    active = fields.Boolean(default=True)

    def _prepare_check(self, contract):
        self.ensure_one()
        return {
            "agreement_id": contract.id,
            "clause_id": self.id,
            "sequence": self.sequence,
            "name": self.name,
            "note": self.note,
        }

    def _render_text(self):
        """:return: the texts of the clauses, one after the other"""
        return Markup().join(
            Markup("<h4>%s</h4>%s") % (clause.name, clause.text)
            for clause in self
            if not is_html_empty(clause.text)
        )
