# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models
from odoo.tools import format_list

from ..engine.study import ScreenReader


class SalesFact(models.Model):
    """Questions that are asked from a screen of figures."""

    _inherit = "sales.fact"

    @api.model
    def _read_study_scope(self, domain):
        """Take scope and period of a study from a filter.

        :param domain: filter of a screen, as a client sends it
        :return: values of a study, with what is not taken over in ``left_out``
        """
        try:
            values, left_out = ScreenReader(self, domain).get_values()
        except ValueError:
            return {}
        return {
            **values,
            "left_out": format_list(self.env, left_out) if left_out else False,
        }
