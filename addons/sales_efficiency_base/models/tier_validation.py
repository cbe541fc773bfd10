# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models


class TierValidation(models.AbstractModel):
    """Whether a document waits for its approval does not depend on who asks: its rules
    and reviews are looked at as superuser, see ``sales.approval.access``."""

    _inherit = "tier.validation"

    need_validation = fields.Boolean(compute_sudo=True)

    def _check_allow_write_under_validation(self, vals):
        return super(TierValidation, self.sudo())._check_allow_write_under_validation(
            vals
        )
