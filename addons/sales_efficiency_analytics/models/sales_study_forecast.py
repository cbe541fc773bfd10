# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import UserError


class SalesStudy(models.Model):
    """The forecast that the last answer of a study gives."""

    # pylint: disable-next=consider-merging-classes-inherited
    _inherit = "sales.study"

    forecast_id = fields.Many2one(
        comodel_name="sales.forecast", compute="_compute_forecast_id"
    )

    @api.depends("answer_id")
    @api.depends_context("uid", "allowed_company_ids")
    def _compute_forecast_id(self):
        """Who may read an answer need not see the forecast: that is for those
        responsible, and those above them."""
        readable = self.answer_id.forecast_id._filtered_access("read")
        for study in self:
            study.forecast_id = study.answer_id.forecast_id & readable

    @api.readonly
    def action_open_forecast(self):
        """Open the forecast, with what came of it."""
        self.ensure_one()
        self.check_access("read")
        self.forecast_id.check_access("read")
        return self.forecast_id._get_records_action()

    def action_propose_target(self):
        """Add a target with the months of the forecast to the draft plan, and open it.

        :raise UserError: if there is no such plan
        """
        self.ensure_one()
        self.check_access("read")
        if not self.forecast_id:
            raise UserError(
                self.env._(
                    "No forecast is kept of %s. Have it answered again.", self.name
                )
            )
        return self.forecast_id.action_propose_target()
