# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.http import request, route

from odoo.addons.spreadsheet_dashboard.controllers.dashboards_controllers import (
    DashboardDataRoute,
)


class DashboardData(DashboardDataRoute):
    @route()
    def get_dashboard_data(self, dashboard):
        """Translate samples, too: name the add-on that their terms belong to."""
        response = super().get_dashboard_data(dashboard)
        content = response.get_json()
        namespace = dashboard._get_dashboard_translation_namespace()
        if not content.get("is_sample") or not namespace:
            return response
        return request.make_json_response(
            {**content, "translation_namespace": namespace}
        )
