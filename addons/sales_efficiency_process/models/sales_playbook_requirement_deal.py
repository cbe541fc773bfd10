# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models

from ..engine.deal import ConcernsSettled, ContractSigned, NegotiationPrepared


class SalesPlaybookRequirement(models.Model):
    """A stage may require a negotiation, or a contract (policy 3.3.2, 3.3.3)."""

    # pylint: disable-next=consider-merging-classes-inherited
    _inherit = "sales.playbook.requirement"

    @api.model
    def _get_requirement_kinds(self):
        return super()._get_requirement_kinds() | {
            "negotiation": NegotiationPrepared,
            "concerns": ConcernsSettled,
            "contract": ContractSigned,
        }
