# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models

# Shades that can be read as text on white, for e-mails, which have no style sheet
SHADES = {
    "success": "#146c43",
    "danger": "#b02a37",
    "warning": "#997404",
    "info": "#087990",
    "secondary": "#6c757d",
}


class SalesStatusColor(models.AbstractModel):
    """The one code of colours of statuses: on screens, in documents and in e-mails.

    - success: it is done, or goes well
    - info: somebody works on it
    - warning: it needs attention
    - danger: it needs somebody now
    - secondary, of all others: there is nothing to say (yet)

    The client knows the code from its session; the widget ``sales_status`` shows a
    selection field by it.
    """

    _name = "sales.status.color"
    _description = "Colours of Statuses"

    @api.model
    def _get_colors(self):
        """Hook for add-ons: return the colours of all kinds of statuses.

        :return: dict kind -> dict value of a selection field -> theme colour
        """
        return {
            "severity": {"warning": "warning", "critical": "danger"},
            "alert": {"open": "danger", "answered": "info", "closed": "success"},
            "action": {"open": "info", "done": "success"},
            "import": {"running": "info", "done": "success", "failed": "danger"},
        }

    @api.model
    def _get_color(self, kind, value):
        """:return: the theme colour of a status"""
        return self._get_colors()[kind].get(value, "secondary")

    @api.model
    def _get_shade(self, kind, value):
        """:return: the colour of a status as text in an e-mail"""
        return SHADES[self._get_color(kind, value)]
