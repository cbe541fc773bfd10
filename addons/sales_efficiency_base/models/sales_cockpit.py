# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models

from ..engine.cockpit import Choice, Figures, Freshness, Help


class SalesCockpit(models.AbstractModel):
    """What the cockpit shows, in one answer: that of its panels (policy 2.2.2).

    The number of queries depends on the panels, not on what there is to show.
    """

    _name = "sales.cockpit"
    _description = "Sales Cockpit"

    @api.model
    @api.readonly
    def get_data(self, scope=None, period=None, date_from=None, **others):
        """Return the content of the cockpit.

        :param str scope: ``my``, ``team`` or ``company``
        :param str period: ``month``, ``quarter``, ``to_date`` or ``year``
        :param str date_from: first day of the month, the quarter or the year
        :param others: what else add-ons let users choose
        :return: dict of ``panels`` (what each panel shows, by its key); unless nothing
            depends on it, of what can be chosen (``scopes``, ``periods``, ...) and what
            is chosen (``scope``, ``period``, ...)
        """
        # Figures are for those who work in sales; panels ask for more rights.
        self.env["sales.fact"].check_access("read")
        asked = {"scope": scope, "period": period, "date_from": date_from, **others}
        choice = self._get_choice_class()(self.env, asked)
        classes = {panel.key: panel for panel in self._get_panels()}
        panels = [panel(choice) for panel in classes.values()]
        shown = [panel for panel in panels if panel.is_visible()]
        follows_choice = any(panel.follows_choice for panel in shown)
        return {
            **(choice.describe() if follows_choice else {}),
            "panels": {panel.key: panel.get_data() for panel in shown},
        }

    @api.model
    def _get_panels(self):
        """Return the panels, as classes; add-ons add theirs.

        :return: list of subclasses of :class:`Panel`
        """
        return [Help, Figures, Freshness]

    @api.model
    def _get_choice_class(self):
        """:return: :class:`Choice`, or what an add-on has made of it"""
        return Choice
