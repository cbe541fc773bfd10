# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.sales_efficiency_base.engine import importing

from ..tools.target_sheet import EXPORTED


class SalesImport(models.Model):
    _inherit = "sales.import"

    subject = fields.Selection(
        selection_add=[("targets", "Targets")], ondelete={"targets": "cascade"}
    )
    target_plan_id = fields.Many2one(
        comodel_name="sales.target.plan",
        string="Plan",
        copy=False,
        check_company=True,
        domain="[('state', '=', 'draft'), ('purpose', '=', 'sales')]",
        default=lambda self: self._default_target_plan_id(),
        ondelete="set null",
        help="Plan of the targets, unless the file names one.",
    )
    target_metric_id = fields.Many2one(
        comodel_name="sales.metric",
        string="Metric",
        copy=False,
        check_company=True,
        default=lambda self: self.env["sales.target"]._default_metric_id(),
        ondelete="set null",
        help="Metric of the targets, unless the file names it.",
    )
    target_ids = fields.One2many(
        comodel_name="sales.import.total",
        inverse_name="import_id",
        string="By Target",
        domain=[("kind", "=", "target")],
    )

    @api.model
    def _default_target_plan_id(self):
        return self.env["sales.target"]._default_plan_id()

    @api.model
    def _get_answers_fields(self):
        return super()._get_answers_fields() | {"target_plan_id", "target_metric_id"}

    def action_continue(self):
        """Hand over the workbook of a plan to its own import."""
        self.ensure_one()
        if self.subject == "targets" and self._is_workbook():
            return self._open_workbook()
        return super().action_continue()

    def _is_workbook(self):
        """:return: whether the file is the export of a plan"""
        try:
            return EXPORTED in importing.list_sheets(self._read_file())
        except importing.UnreadableFile as error:
            raise UserError(self.env._(error.reason)) from error

    def _open_workbook(self):
        if not self.target_plan_id:
            raise UserError(self.env._("Choose the plan that the workbook is of."))
        wizard = self.env["sales.target.import"].create(
            {
                "plan_id": self.target_plan_id.id,
                "file": self.with_context(bin_size=False).file,
                "file_name": self.name,
            }
        )
        self.unlink()
        return wizard.action_preview()
