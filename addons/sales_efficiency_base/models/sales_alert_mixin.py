# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models

from ..tools import open_records


class SalesAlertMixin(models.AbstractModel):
    """A possible subject of warnings; its warnings are deleted with it.

    The first is a target; further add-ons inherit it for records of their own.
    """

    _name = "sales.alert.mixin"
    _description = "Subject of Warnings"

    alert_ids = fields.One2many(
        comodel_name="sales.alert",
        inverse_name="res_id",
        string="Warnings",
        domain=lambda self: [("res_model", "=", self._name)],
    )
    open_alert_count = fields.Integer(
        string="Open Warnings", compute="_compute_open_alert_count"
    )

    @api.depends("alert_ids.state")
    @api.depends_context("uid", "allowed_company_ids")
    def _compute_open_alert_count(self):
        domain = [("res_model", "=", self._name), ("res_id", "in", self.ids)]
        counts = dict(
            self.env["sales.alert"]._read_group(
                [*domain, ("state", "!=", "closed")], ["res_id"], ["__count"]
            )
        )
        for record in self:
            record.open_alert_count = counts.get(record._origin.id, 0)

    def unlink(self):
        # sudo: users who may delete a record need not see the warnings about it.
        alerts = self.env["sales.alert"].sudo()
        alerts = alerts.search(
            [("res_model", "=", self._name), ("res_id", "in", self.ids)]
        )
        res = super().unlink()
        alerts.unlink()
        return res

    @api.readonly
    def action_open_alerts(self):
        """Show the warnings about the record."""
        self.ensure_one()
        self.check_access("read")
        return self._get_alerts_action(
            [("res_model", "=", self._name), ("res_id", "=", self.id)]
        )

    def _get_alerts_action(self, domain):
        return open_records(
            self.env,
            "sales_efficiency_base.sales_alert_action",
            domain,
            name=self.display_name,
        )
