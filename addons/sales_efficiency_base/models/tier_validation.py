# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models

from ..tools import lend_code_words


class TierValidation(models.AbstractModel):
    """Reads rules and reviews as superuser: whether a document awaits approval does not
    depend on who asks. See ``sales.approval.access``."""

    _inherit = "tier.validation"

    need_validation = fields.Boolean(compute_sudo=True)

    def _register_hook(self):
        super()._register_hook()
        lend_code_words("base_tier_validation", "sales_efficiency_base")

    def _check_allow_write_under_validation(self, vals):
        # sudo: see the class
        return super(TierValidation, self.sudo())._check_allow_write_under_validation(
            vals
        )
