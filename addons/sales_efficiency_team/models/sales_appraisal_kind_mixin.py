# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models

# Rated by people; the other part are the figures. Self-appraisals never count.
RATED = ("superior", "peer", "customer", "report", "self")


class SalesAppraisalKindMixin(models.AbstractModel):
    """A part of an appraisal: the figures, or those who rate (policy 4.3.2)."""

    _name = "sales.appraisal.kind.mixin"
    _description = "Part of Appraisals"

    kind = fields.Selection(selection="_selection_kind", string="Part", required=True)

    @api.model
    def _selection_kind(self):
        return [
            ("kpi", self.env._("KPIs")),
            ("superior", self.env._("Superior")),
            ("peer", self.env._("Peers")),
            ("customer", self.env._("Customers")),
            ("report", self.env._("Direct Reports")),
            ("self", self.env._("Self-Appraisal")),
        ]
