# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models

from ..engine import ContactDigest


class SalesAlert(models.Model):
    """People read in the one digest whom they have to contact (policy 5.1.3)."""

    _inherit = "sales.alert"  # pylint: disable=consider-merging-classes-inherited

    @api.model
    def _get_digest_sections(self):
        sections = super()._get_digest_sections()
        for user, describe in ContactDigest(self.env).get_sections():
            sections[user].append(describe)
        return sections
