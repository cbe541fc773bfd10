# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models

from ..engine.cockpit import (
    Approvals,
    Choice,
    Figures,
    Freshness,
    Help,
    Start,
    find_reviews,
)


class SalesCockpit(models.AbstractModel):
    """Returns the data of all cockpit panels in one response (policy 2.2.2).

    The number of queries depends on the panels, not on the amount of data.
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
        :param others: further choices provided by add-ons
        :return: dict of ``panels`` (data of each panel by key) and, if a panel depends
            on the choice, of the options (``scopes``, ``periods``, ...) and the current
            choice (``scope``, ``period``, ...)
        """
        # Only sales users may read figures; panels check further rights.
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
        """Return the panel classes; add-ons add their own.

        :return: list of subclasses of :class:`Panel`
        """
        return [Start, Help, Figures, Approvals, Freshness]

    @api.model
    def _get_choice_class(self):
        """Return :class:`Choice`, or the subclass of an add-on."""
        return Choice

    @api.model
    def _get_waiting(self):
        """Hook for add-ons: return what awaits a decision of the user.

        The number of queries must not depend on that of documents.

        :return: list of :class:`Waiting`
        """
        return find_reviews(self.env)
