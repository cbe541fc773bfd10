# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models

from odoo.addons.sales_efficiency_base.tools import Period, allocate


class SalesPlannedCostMixin(models.AbstractModel):
    """A plan whose approved cost is proposed as an expense budget (policy 5.3.1).

    Such plans keep no budget of their own: who budgets expenses asks all of them.
    """

    _name = "sales.planned.cost.mixin"
    _description = "Planned Costs"
    # Code of what the costs of the model are for
    _planned_cost_kind = None

    @api.model
    def _selection_planned_costs(self):
        """:return: list of (code, name of the plans) of all models"""
        models = map(
            self.env.__getitem__, self.pool.descendants([self._name], "_inherit")
        )
        return sorted(
            # sudo: names of models are no secret, see ``_get``.
            (model._planned_cost_kind, self.env["ir.model"]._get(model._name).name)
            for model in models
            if model._planned_cost_kind
        )

    @api.model
    def _get_planned_costs(self, company, period):
        """Return the costs that plans of this model foresee, as the user may see them.

        :param company: ``res.company`` record
        :param period: :class:`.Period`, of whole months
        :return: list of dicts: ``plan`` (a record), ``kind`` (see
            ``_planned_cost_kind``), ``months`` (dict first day of the month -> amount)
            and, unless they are for the whole company, ``scope`` (dict dimension -> id)
        """
        return []

    @api.model
    def _spread_planned_cost(self, amount, start, end, period, currency):
        """Spread a cost evenly over its months, and return those in a period.

        :param currency: of the amount: its months have no smaller coins
        :return: dict first day of the month -> amount
        """
        months = Period(start, max(start, end)).months()
        parts = allocate(amount, [1] * len(months), currency.rounding)
        return {
            month: part
            for month, part in zip(months, parts, strict=True)
            if part and period.start <= month <= period.end
        }

    @api.model
    def _get_all_planned_costs(self, company, period):
        """:return: the planned costs of all models, see ``_get_planned_costs``"""
        costs = []
        for name in self.pool.descendants([self._name], "_inherit"):
            model = self.env[name]
            if not model._abstract and model.has_access("read"):
                costs += model._get_planned_costs(company, period)
        return costs
