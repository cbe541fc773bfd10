# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from markupsafe import Markup

from odoo import api, fields, models

from odoo.addons.sales_efficiency_base.tools import lend_code_words

from ..engine.deal import READY_CLAUSES, READY_TYPE


class AgreementType(models.Model):
    """The clauses that contracts of a type need (policy 3.3.3)."""

    _inherit = "agreement.type"

    clause_ids = fields.One2many(
        comodel_name="sales.contract.clause",
        inverse_name="type_id",
        string="Clauses",
        copy=True,
    )
    clause_count = fields.Integer(
        string="Number of Clauses", compute="_compute_clause_count"
    )

    def _register_hook(self):
        """Lend the add-on of OCA the Chinese words that it lacks."""
        lend_code_words("agreement", "sales_efficiency_process")
        return super()._register_hook()

    @api.depends("clause_ids")
    def _compute_clause_count(self):
        for type_ in self:
            type_.clause_count = len(type_.clause_ids)

    @api.model
    def _get_usual_type(self):
        """:return: the type of contracts that are made from quotations, if there is one
        with clauses"""
        domain = [("domain", "=", "sale"), ("clause_ids", "!=", False)]
        return self.search(domain, order="id", limit=1)

    @api.model
    def _create_ready_type(self):
        """:return: a new type of sales contracts, with the usual clauses, in the
        language of the user"""
        return self.create(
            {
                "name": self.env._(READY_TYPE),
                "domain": "sale",
                "clause_ids": [
                    fields.Command.create(
                        {
                            "sequence": 10 * number,
                            "name": self.env._(name),
                            "note": self.env._(note),
                            "text": Markup("<p>%s</p>") % self.env._(text),
                        }
                    )
                    for number, (name, note, text) in enumerate(READY_CLAUSES, 1)
                ],
            }
        )
