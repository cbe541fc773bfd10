# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from dateutil.relativedelta import relativedelta

from odoo.exceptions import RedirectWarning, UserError
from odoo.fields import Domain
from odoo.tools import float_round

from odoo.addons.sales_efficiency_base.tools import format_period

YEAR = relativedelta(years=1)


class TargetProposal:
    """A target of a draft plan whose months are those of a forecast.

    It is made with the rights of the user, who then changes it like any other.

    :param forecast: ``sales.forecast`` record
    """

    def __init__(self, forecast):
        self.env = forecast.env
        self._forecast = forecast
        self._targets = self.env["sales.target"]

    def propose(self):
        """Return the new target.

        :raise UserError: if there is no plan in preparation for these months
        :raise RedirectWarning: if the plan has the target already
        """
        self._targets.check_access("create")
        plan = self._find_plan()
        self._check_is_new(plan)
        return self._targets.create(self._prepare(plan))

    def _find_plan(self):
        """Find the plan in preparation with most of the months of the forecast."""
        forecast = self._forecast
        months = set(forecast.month_ids.mapped("month"))
        plans = self.env["sales.target.plan"].search(
            [
                ("company_id", "=", forecast.company_id.id),
                ("purpose", "=", self._targets._get_default_purpose()),
                ("state", "=", "draft"),
                ("date_from", "<=", max(months)),
                ("date_to", ">=", min(months)),
            ],
            order="date_from",
        )
        if not plans:
            raise UserError(
                self.env._(
                    "There is no draft plan for %(first)s to %(last)s. Create the plan"
                    " first, or ask your sales director to.",
                    first=format_period(self.env, min(months)),
                    last=format_period(self.env, max(months)),
                )
            )
        return max(plans, key=lambda plan: len(months.intersection(plan._get_months())))

    def _check_is_new(self, plan):
        target = self._targets.search(
            Domain("plan_id", "=", plan.id)
            & Domain("metric_id", "=", self._forecast.metric_id.id)
            & Domain.AND(
                Domain(name, "=", id_)
                for name, id_ in self._forecast._get_scope_ids().items()
            ),
            limit=1,
        )
        if target:
            action = target._get_records_action()
            raise RedirectWarning(
                self.env._(
                    "%(plan)s already has this target: %(amount)s a year. The forecast"
                    " says %(forecast)s.",
                    plan=plan.name,
                    amount=target._format_figure(target.amount),
                    forecast=target._format_figure(self._get_year(plan)),
                ),
                action,
                self.env._("Open the Target"),
            )

    def _prepare(self, plan):
        """:return: values of the new target"""
        forecast = self._forecast
        values = {
            "plan_id": plan.id,
            "metric_id": forecast.metric_id.id,
            **forecast._get_scope_ids(),
        }
        return self._targets._prepare_with_months(
            values, self._find_parent(plan), self._get_amounts(plan)
        )

    def _find_parent(self, plan):
        """:return: the narrowest target of the plan of which the new one is a part, and
        that the user may break down"""
        forecast = self._forecast
        wider = self._targets.search(
            [("plan_id", "=", plan.id), ("metric_id", "=", forecast.metric_id.id)],
            order="level desc, id",
        )
        dimensions = forecast._get_dimensions()
        return next(
            (
                target
                for target in wider._filtered_access("write")
                if all(
                    forecast._is_inside(target, name)
                    for name in dimensions
                    if target[name]
                )
            ),
            self._targets,
        )

    # ------------------------------------------------------------------
    # Figures
    # ------------------------------------------------------------------

    def _get_year(self, plan):
        amounts = self._get_amounts(plan).values()
        total = sum(amounts)
        return (
            total if self._forecast.metric_id._is_additive() else total / len(amounts)
        )

    def _get_amounts(self, plan):
        """Return a figure for each month of the plan.

        A month that the forecast does not reach takes that of a year before: forecast,
        or known.
        """
        forecast = self._forecast
        found = forecast.found
        known = {
            f"{line.month:%Y-%m}": line.value for line in forecast.month_ids
        } | dict(zip(found["months"], found["history"], strict=True))
        step = forecast.metric_id._get_step(forecast.company_id)
        return {
            month: float_round(
                # A target cannot be negative.
                max(self._look_back(known, month), 0.0),
                precision_rounding=step,
            )
            for month in plan._get_months()
        }

    @staticmethod
    def _look_back(known, month):
        """Return the figure of a month, or of the same month of a year before.

        >>> from datetime import date
        >>> TargetProposal._look_back({"2025-03": 7.0}, date(2027, 3, 1))
        7.0
        >>> TargetProposal._look_back({"2025-03": 7.0}, date(2027, 4, 1))
        0.0
        """
        if not known:
            return 0.0
        while f"{month:%Y-%m}" >= min(known):
            if f"{month:%Y-%m}" in known:
                return known[f"{month:%Y-%m}"]
            month -= YEAR
        return 0.0
