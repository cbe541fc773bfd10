# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models
from odoo.tools import SQL

from odoo.addons.sales_efficiency_base.models.sales_fact_source import UPDATE, Watch

# What the weighted pipeline looks at, beside the figures of an opportunity
PIPELINE = ("active", "date_deadline", "probability")


class SalesFactSourceOpportunity(models.AbstractModel):
    _inherit = "sales.fact.source.opportunity"

    def _get_watches(self):
        """Notice what changes the pipeline and the project, too."""
        watches = [
            watch._replace(columns=(*watch.columns, *PIPELINE))
            if watch.table == "crm_lead"
            else watch
            for watch in super()._get_watches()
        ]
        # A trigger of its own, which goes with this add-on
        project = Watch(
            table="crm_lead",
            origin="lead_project",
            key="id",
            columns=("sales_project_id",),
            condition="r.type = 'opportunity'",
            events=UPDATE,
        )
        return [*watches, project]

    def _get_expansions(self):
        return super()._get_expansions() | {"lead_project": "SELECT unnest(%(ids)s)"}

    def _get_columns(self):
        return super()._get_columns() | {"project_id": SQL("l.sales_project_id")}
