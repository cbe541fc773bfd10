# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from functools import cached_property

from odoo.fields import Domain

from odoo.addons.sales_efficiency_base.engine.cockpit import Panel
from odoo.addons.sales_efficiency_base.tools import Period, format_period

# Number of months that wait; the others are one click away
LENGTH = 6


class IncentiveCosts(Panel):
    """What incentives cost the company, who earns it, and which months wait.

    Figures are those of the current month and fiscal year, whatever period is chosen.
    """

    key = "incentive_costs"

    def is_visible(self):
        return (
            self.choice.scope == "company"
            and self.env["sales.incentive.cost"].has_access("read")
            and bool(
                self.env["sales.incentive.period"].search_count(
                    self._get_domain(), limit=1
                )
            )
        )

    def get_data(self):
        waiting = self._find_waiting()
        return {
            "currency_id": self.choice.company.currency_id.id,
            "figures": [
                self._measure(self.env._("This month"), self._month),
                self._measure(self.env._("This year"), self._year),
            ],
            "points": self._get_points(),
            "count": len(waiting),
            "months": self._describe(waiting[:LENGTH]),
        }

    @cached_property
    def _month(self):
        return Period.month(self.choice.today)

    @cached_property
    def _year(self):
        return Period.year(self.choice.today, self.choice.company)

    def _get_domain(self, period=None):
        domain = Domain("company_id", "=", self.choice.company.id)
        if period:
            domain &= Domain("month", ">=", period.start)
            domain &= Domain("month", "<=", period.end)
        return domain

    def _measure(self, name, period):
        [[cost, sales, rate]] = self.env["sales.incentive.cost"]._read_group(
            self._get_domain(period),
            aggregates=["cost:sum", "sales:sum", "cost_rate:avg"],
        )
        return {
            "name": name,
            "cost": cost or 0,
            "sales": sales or 0,
            "rate": float(rate) if sales else None,
            "domain": list(self._get_domain(period)),
        }

    def _get_points(self):
        """:return: what each person with a target has attained and earned this year"""
        rows = self.env["sales.incentive.pay"]._read_group(
            self._get_domain(self._year) & Domain("band", "!=", False),
            ["user_id"],
            ["attainment:avg", "pay:sum"],
        )
        return [
            {"name": user.name, "x": float(attainment), "y": pay}
            for user, attainment, pay in rows
        ]

    # ------------------------------------------------------------------
    # Months
    # ------------------------------------------------------------------

    def _get_steps(self):
        """:return: what a month that is over waits for: dict state → text"""
        return {
            "open": self.env._("To be published"),
            "published": self.env._("To be approved"),
            "approved": self.env._("To be locked"),
        }

    def _find_waiting(self):
        domain = self._get_domain() & Domain("month", "<", self._month.start)
        domain &= Domain("state", "in", list(self._get_steps()))
        return self.env["sales.incentive.period"].search(domain, order="month")

    def _describe(self, periods):
        steps = self._get_steps()
        return [
            {
                "id": period.id,
                "name": format_period(self.env, period.month),
                "step": steps[period.state],
                "changed": period.changed_count,
                "exceptions": period.exception_count,
            }
            for period in periods
        ]
