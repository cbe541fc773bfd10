# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models


class UtmCampaign(models.Model):
    _inherit = "utm.campaign"

    def _compute_mailing_mail_count(self):
        """Let salespeople open campaigns: Odoo counts mailings, which they may not
        read, even where it does not show them."""
        if self.env["mailing.mailing"].has_access("read"):
            return super()._compute_mailing_mail_count()
        self.mailing_mail_count = self.ab_testing_mailings_count = 0
        return None
