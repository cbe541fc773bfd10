# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models


class SalesApprovalMixin(models.AbstractModel):
    """Approval in tiers, where each pending review is a to-do of its reviewers.

    A model inherits it, sets ``_state_from`` and ``_state_to`` and has a form view
    with a ``<header>`` and a ``<sheet>``: the buttons, the banner and the reviews are
    added to that view, and approval rules can be made for the model.
    """

    _name = "sales.approval.mixin"
    _description = "Approval with Activities"
    _inherit = ["tier.validation", "mail.thread", "mail.activity.mixin"]

    _tier_validation_manual_config = False
    _tier_validation_buttons_xpath = "/form/header/*[last()]"
