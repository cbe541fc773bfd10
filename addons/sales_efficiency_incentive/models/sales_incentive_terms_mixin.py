# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models


class SalesIncentiveTermsMixin(models.AbstractModel):
    """Terms of a version. They change only while it is a draft, whoever writes."""

    _name = "sales.incentive.terms.mixin"
    _inherit = "sales.guard.mixin"
    _description = "Terms of an Incentive Plan"

    @api.model_create_multi
    def create(self, vals_list):
        terms = super().create(vals_list)
        terms._get_versions()._check_is_draft()
        return terms

    def write(self, vals):
        self._get_versions()._check_is_draft()
        res = super().write(vals)
        self._get_versions()._check_is_draft()
        return res

    @api.ondelete(at_uninstall=False)
    def _unlink_except_draft(self):
        self._get_versions()._check_is_draft()

    def _get_versions(self):
        """:return: the versions that the terms belong to"""
        return self.version_id
