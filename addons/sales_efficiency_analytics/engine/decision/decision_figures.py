# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from functools import cached_property
from statistics import fmean

from odoo.addons.sales_efficiency_base.tools import Period, Scope

from .decision_periods import DecisionPeriods, drop_unknown

MARGIN_RATE = "margin_rate"
EXPENSE = "sales_expense"


class DecisionFigures:
    """Reads the figures by which a decision is judged, in a fixed number of queries.

    :param decision: the decision, in the environment of its owner
    """

    def __init__(self, decision):
        self._decision = decision
        self.env = decision.env
        self._metric = decision.metric_id
        # Its parts may be others than when it was chosen.
        self._metric._check_same_for_all()
        self._periods = DecisionPeriods(decision.date_start, decision.date_end)
        self._today = decision.company_id._get_sales_today()
        self._months = self._periods.get_months_before(self._today)
        self._months_after = self._periods.get_months_after(self._today)

    def get_data(self):
        """Return the table and the options of the method, see ``effect.py``."""
        before, after = self._periods.before, self._periods.after
        columns = {
            "treated": [int(is_affected) for _name, _scope, is_affected in self._units],
            "before": self._read(before),
            "after": self._read(after),
        }
        earlier = self._known_months
        columns |= {self._name(month): self._read(month) for month in earlier}
        data = {
            "labels": [name for name, _scope, _is_affected in self._units],
            "columns": columns,
        }
        return data, {
            "earlier": [self._name(month) for month in earlier],
            "expected": self._decision.expected_percent,
            "less_is_better": not self._metric.higher_is_better,
        }

    def get_points(self):
        """Return what both sides came to on average, by month.

        :return: list of tuples: first day of the month, whether affected, value, and
            whether the decision had started
        """
        points = []
        for month in [*self._known_months, *self._months_after]:
            is_after = month.end >= self._decision.date_start
            for is_affected in (True, False):
                values = [
                    value
                    for value, (_name, _scope, side) in zip(
                        self._read(month), self._units, strict=True
                    )
                    if side == is_affected and value is not None
                ]
                if values:
                    points.append((month.start, is_affected, fmean(values), is_after))
        return points

    def get_margin_rate(self):
        """:return: the margin of those affected since the start, in percent, or None"""
        margin_rate = self._metrics[MARGIN_RATE]
        scope = self._decision._get_scope()
        return self._values[margin_rate.id, scope, self._periods.after]

    def get_cost(self):
        """:return: what was spent with the campaign, else the cost that was planned,
        and whether it was spent"""
        campaign = self._decision.campaign_made_id
        if campaign:
            # As far as the owner may see what was spent with it, and no further than
            # the decision goes: leaders read those of their team.
            places, _name = campaign._get_sales_dimensions()
            own = {name: self._decision[name].id for name in ("team_id", "user_id")}
            places |= {name: id_ for name, id_ in own.items() if id_}
            places["campaign_id"] = campaign.id
            scope = Scope(self._decision.company_id.id, **places)
            # Also what was booked with it before it began
            always = Period(self._months[0].start, self._today)
            values = self.env["sales.metric"].ask([EXPENSE], [scope], [always])
            if spent := values[EXPENSE, scope, always]:
                return spent, True
        return self._decision.cost, False

    # ------------------------------------------------------------------
    # Reading
    # ------------------------------------------------------------------

    @cached_property
    def _units(self):
        """List of name, scope and whether it was affected"""
        decision = self._decision
        if not decision.dimension:
            return [(decision._get_scope_text(), decision._get_scope(), True)]
        units = {}
        for line in decision.affected_ids | decision.compared_ids:
            # Customers that were merged are the same scope.
            is_affected = line.role == "affected"
            units.setdefault(line._get_scope(), (line.name, is_affected))
        return [(name, scope, side) for scope, (name, side) in units.items()]

    @cached_property
    def _metrics(self):
        # sudo: figures do not depend on the user; the scope was checked.
        return self.env["sales.metric"].sudo()._find([MARGIN_RATE])

    @cached_property
    def _values(self):
        scopes = [scope for _name, scope, _is_affected in self._units]
        return (self._metric | self._metrics[MARGIN_RATE])._evaluate(
            [*scopes, self._decision._get_scope()],
            [
                self._periods.before,
                self._periods.after,
                *self._months,
                *self._months_after,
            ],
        )

    def _read(self, period):
        """:return: the values of all units in a period"""
        return [
            self._values[self._metric.id, scope, period]
            for _name, scope, _is_affected in self._units
        ]

    @cached_property
    def _known_months(self):
        return drop_unknown(self._months, lambda month: any(self._read(month)))

    @staticmethod
    def _name(month):
        return f"{month.start:%Y-%m}"
