# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models


class SalesForecast(models.Model):
    """The study that a forecast was asked by."""

    _inherit = "sales.forecast"  # pylint: disable=consider-merging-classes-inherited

    study_id = fields.Many2one(comodel_name="sales.study", compute="_compute_study_id")

    @api.depends_context("uid", "allowed_company_ids")
    def _compute_study_id(self):
        results = self.env["sales.study.result"].search(
            [("forecast_id", "in", self.ids)]
        )
        # sudo: whose answer may be read; the study itself is checked.
        studies = {result.forecast_id.id: result.study_id for result in results.sudo()}
        for forecast in self:
            study = studies.get(forecast._origin.id, self.env["sales.study"])
            forecast.study_id = study.sudo(False)._filtered_access("read")

    @api.readonly
    def action_open_study(self):
        """Open the study that the forecast was asked by."""
        self.ensure_one()
        self.check_access("read")
        return self.study_id._get_records_action()
