# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from dataclasses import dataclass
from datetime import date

from odoo.addons.sales_efficiency_base.tools import (
    Known,
    Period,
    Scope,
    get_roas,
    get_roi,
)

METRICS = (
    "sales_expense",
    "committed_expense",
    "ordered_amount",
    "margin",
    "order_count",
    "leads",
    "won",
)
# Whatever was planned or booked with a campaign
ALWAYS = Period(date(1970, 1, 1), date(2099, 12, 31))


@dataclass(frozen=True, slots=True)
class CampaignFigures:
    """What was spent with a campaign, and what is attributed to it.

    Cost is what was spent, never a typed cost.

    >>> figures = CampaignFigures(20_000, 0, 0, 0, 1, 200_000, 50_000)
    >>> figures.roi, figures.roas
    (150.0, 10.0)
    """

    cost: float
    committed: float
    leads: int
    won: int
    orders: int
    sales: float
    margin: float | None
    known: Known | None = None

    @property
    def roi(self):
        return get_roi(self.margin, self.cost)

    @property
    def roas(self):
        return get_roas(self.sales, self.cost)


class CampaignReader:
    """Reads the figures of many campaigns in a constant number of queries.

    :param env: environment of the user
    :param dict dimensions: what the user asks for and may see: dimension → ids
    :param Period period: of the figures
    """

    def __init__(self, env, dimensions, period=ALWAYS):
        self.env, self._dimensions, self._period = env, dimensions, period

    def get(self, companies):
        """:param dict companies: campaign id → company whose figures to read
        :return: dict of campaign id → :class:`CampaignFigures`"""
        scopes = {
            id_: Scope(company.id, **{**self._dimensions, "campaign_id": id_})
            for id_, company in companies.items()
        }
        # sudo: as metrics, which do not depend on the user
        metrics = self.env["sales.metric"].sudo()
        by_code = metrics._find(list(METRICS))
        values = metrics.union(*by_code.values())._evaluate(
            list(scopes.values()), [self._period], known=True
        )
        return {
            id_: self._get_figures(values, by_code, scope)
            for id_, scope in scopes.items()
        }

    def _get_figures(self, values, by_code, scope):
        cost, committed, sales, margin, orders, leads, won = (
            values[by_code[code].id, scope, self._period] or 0 for code in METRICS
        )
        known = values.known.get((by_code["margin"].id, scope, self._period))
        if known and known.is_unknown:
            margin = None
        return CampaignFigures(
            cost, committed, int(leads), int(won), int(orders), sales, margin, known
        )
