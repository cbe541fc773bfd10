# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models

from ..engine import DataDigest


class SalesAlert(models.Model):
    """Owners of data read their issues in the one digest (policy 6.1.2)."""

    _inherit = "sales.alert"

    @api.model
    def _get_digest_sections(self):
        sections = super()._get_digest_sections()
        for user, describe in DataDigest(self.env).get_sections().items():
            sections[user].append(describe)
        return sections
