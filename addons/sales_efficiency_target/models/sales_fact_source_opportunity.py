# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models

# What the weighted pipeline looks at, beside the figures of an opportunity
PIPELINE = ("active", "date_deadline", "probability")


class SalesFactSourceOpportunity(models.AbstractModel):
    _inherit = "sales.fact.source.opportunity"

    def _get_watches(self):
        """Notice what changes the pipeline, too."""
        return [
            watch._replace(columns=(*watch.columns, *PIPELINE))
            if watch.table == "crm_lead"
            else watch
            for watch in super()._get_watches()
        ]
