# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from pytz import timezone, utc

from odoo.fields import Domain

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
    :param Period period: of the figures, of which leads are known by their creation
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
        leads = self._count_leads(companies)
        return {
            id_: self._get_figures(values, by_code, scope, leads.get(id_, 0))
            for id_, scope in scopes.items()
        }

    def _get_figures(self, values, by_code, scope, leads):
        cost, committed, sales, margin, orders, won = (
            values[by_code[code].id, scope, self._period] or 0 for code in METRICS
        )
        known = values.known.get((by_code["margin"].id, scope, self._period))
        if known and known.is_unknown:
            margin = None
        return CampaignFigures(
            cost, committed, leads, int(won), int(orders), sales, margin, known
        )

    def _count_leads(self, companies):
        """:return: dict of campaign id → number of its leads and opportunities"""
        by_company = defaultdict(list)
        for id_, company in companies.items():
            by_company[company].append(id_)
        domain = Domain.OR(
            Domain("campaign_id", "in", ids)
            & self._get_company_domain(company)
            & self._get_days_domain(company)
            for company, ids in by_company.items()
        )
        for name, ids in self._dimensions.items():
            domain &= self._get_dimension_domain(name, ids)
        # sudo: numbers within the dimensions that the user may see
        leads = self.env["crm.lead"].sudo().with_context(active_test=False)
        groups = leads._read_group(domain, ["campaign_id"], ["__count"])
        return {campaign.id: count for campaign, count in groups}

    @staticmethod
    def _get_company_domain(company):
        """:return: the domain of the leads of a company, as the facts know it: a lead
        without one has that of its team, its salesperson or its creator"""
        domain = Domain("create_uid.company_id", "=", company.id)
        for name in ("user_id", "team_id"):
            none = Domain(name, "=", False) | Domain(f"{name}.company_id", "=", False)
            domain = Domain(f"{name}.company_id", "=", company.id) | none & domain
        none = Domain("company_id", "=", False)
        return Domain("company_id", "=", company.id) | none & domain

    def _get_days_domain(self, company):
        """:return: the domain of what was created in the period"""
        if self._period == ALWAYS:
            return Domain.TRUE
        zone = timezone(company.sales_tz or "UTC")
        start, end = (
            zone.localize(datetime.combine(day, time.min))
            .astimezone(utc)
            .replace(tzinfo=None)
            for day in (self._period.start, self._period.end + timedelta(days=1))
        )
        return Domain("create_date", ">=", start) & Domain("create_date", "<", end)

    def _get_dimension_domain(self, name, ids):
        leads = self.env["crm.lead"]
        path = name if name in leads._fields else f"sales_{name}"
        is_tree = self.env["sales.fact"]._is_tree(name)
        return Domain(path, "child_of" if is_tree else "in", ids)
