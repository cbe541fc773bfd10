# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..engine import IndicatorBoard, IndicatorChoice


class SalesIndicator(models.Model):
    """What stands on the board of indicators, and in which order (policy 6.2.2)."""

    _name = "sales.indicator"
    _inherit = "sales.guard.mixin"
    _description = "Indicator"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=100)
    active = fields.Boolean(default=True)
    metric_id = fields.Many2one(
        comodel_name="sales.metric", required=True, index=True, ondelete="cascade"
    )
    metric_unit = fields.Selection(related="metric_id.unit")
    formula = fields.Char(related="metric_id.formula")

    _metric_uniq = models.Constraint(
        "UNIQUE (metric_id)", "This metric is on the board already."
    )

    @api.model
    @api.readonly
    def get_board(self, **asked):
        """Return the content of the board.

        :param asked: see :class:`IndicatorChoice`
        :return: dict of the choices (``scopes``, ``periods``, ``dimensions``, ...),
            the current ones, and ``rows``: a dict for each indicator
        """
        choice = self._choose(asked)
        return {**choice.describe(), **IndicatorBoard(choice).get_data()}

    @api.model
    @api.readonly
    def get_figures_action(self, indicator_id=None, **asked):
        """Return the action that opens what is behind an indicator of the board.

        :param asked: see :class:`IndicatorChoice`
        """
        choice = self._choose(asked)
        known = self._get_of_company(choice.company)
        indicator = known.filtered(lambda record: record.id == indicator_id)
        if not indicator:
            raise UserError(self.env._("There are no figures to open."))
        metric = indicator.metric_id
        action = metric.action_open_facts()
        if action["res_model"] != "sales.fact":
            return action
        facts = choice.get_facts_domain(choice.span)
        return action | {"domain": list(metric._get_facts_domain() & facts)}

    @api.model
    def _get_of_company(self, company):
        """:return: the indicators whose figures a company has"""
        return self.search(Domain("metric_id.company_id", "in", [False, company.id]))

    @api.model
    def _choose(self, asked):
        # Only sales users may read figures.
        self.env["sales.fact"].check_access("read")
        return IndicatorChoice(self.env, asked)
