# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models

from odoo.addons.sales_efficiency_resource.engine import PastMeetings

from ..engine.visit import DoneVisits, OtherMeetings


class SalesContact(models.Model):
    """A done visit is a contact, its event is none beside it (policy 5.1.3, 3.1.3)."""

    _inherit = "sales.contact"

    @api.model
    def _get_sources(self):
        sources = [
            OtherMeetings(self.env) if type(source) is PastMeetings else source
            for source in super()._get_sources()
        ]
        return [*sources, DoneVisits(self.env)]
