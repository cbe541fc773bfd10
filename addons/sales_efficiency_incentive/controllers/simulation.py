# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.http import Controller, content_disposition, request, route

from ..tools.simulation_sheet import SimulationSheet

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class SimulationController(Controller):
    @route(
        "/sales_efficiency_incentive/simulation/<int:simulation_id>/xlsx",
        auth="user",
        readonly=True,
    )
    def download_simulation(self, simulation_id):
        """Download the results of a simulation visible to the user, as a workbook."""
        simulation = request.env["sales.incentive.simulation"].browse(simulation_id)
        # The same answer for those that are not there, and those not to be read.
        simulation = simulation.exists()._filtered_access("read")
        if not simulation:
            raise request.not_found()
        content = SimulationSheet(simulation).get_content()
        return request.make_response(
            content,
            [
                ("Content-Type", XLSX),
                ("Content-Length", len(content)),
                # No name of a plan or a person
                (
                    "Content-Disposition",
                    content_disposition(f"simulation-{simulation.id}.xlsx"),
                ),
            ],
        )
