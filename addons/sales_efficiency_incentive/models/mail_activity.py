# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models
from odoo.fields import Domain


class MailActivity(models.Model):
    """To-dos about what pays people are read like the messages about it."""

    _inherit = "mail.activity"

    @api.model
    def _search(self, domain, offset=0, limit=None, order=None, **kwargs):
        # Odoo asks for messages when it reads a to-do, but not when it looks for one.
        closed = self.env["sales.incentive.approval.mixin"]
        if not kwargs.get("bypass_access") and (
            names := closed._get_closed_model_names()
        ):
            domain = Domain(domain) & (
                Domain("res_model", "not in", names)
                | Domain("user_id", "=", self.env.uid)
            )
        return super()._search(domain, offset, limit, order, **kwargs)
