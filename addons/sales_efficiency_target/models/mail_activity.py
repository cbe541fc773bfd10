# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models

from .sales_action import ACTIVITY


class MailActivity(models.Model):
    _inherit = "mail.activity"

    def write(self, vals):
        res = super().write(vals)
        if not {"res_id", "res_model_id"}.isdisjoint(vals):
            # Its owner may write a to-do wherever it stands: not so take it to an item
            # of others, which would be done with it.
            items = self.filtered(lambda activity: activity.res_model == "sales.action")
            if items:  # Without a record it would ask for the right to any
                actions = self.env["sales.action"].browse(items.mapped("res_id"))
                actions.check_access("write")
        return res

    def _action_done(self, feedback=False, attachment_ids=None):
        """Whoever ticks off the to-do of an action item has done the item."""
        # All to-dos come by here, also after somebody has deleted the type.
        activity_type = self.env.ref(ACTIVITY, raise_if_not_found=False)
        items = self.env["sales.action"].browse(
            self.filtered(
                lambda activity: activity.res_model == "sales.action"
                and activity.activity_type_id == activity_type
            ).mapped("res_id")
        )
        res = super()._action_done(feedback=feedback, attachment_ids=attachment_ids)
        # As Odoo does: a to-do can be handed on to somebody without access to the item.
        items.sudo().exists()._set_done(feedback)
        return res
