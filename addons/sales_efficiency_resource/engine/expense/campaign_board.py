# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from functools import cached_property

from odoo.fields import Domain

from .benefit_rows import BARS, LENGTH, BenefitRows
from .campaign_figures import CampaignReader

# What campaigns have together
SUMS = ("cost", "planned", "leads", "won", "orders", "sales")


class CampaignBoard:
    """What was spent with each campaign, and what is attributed to it.

    :param BenefitChoice choice: the choice of the user
    """

    def __init__(self, choice):
        self.env, self.choice = choice.env, choice

    def get_data(self, length=LENGTH):
        """See ``BenefitBoard``."""
        campaigns = BenefitRows(self.env, self._get_rows(), length)
        rows = [*campaigns.shown, *campaigns.get_others(SUMS)]
        return {
            "currency_id": self.choice.company.currency_id.id,
            "basis": self.env._(
                "Orders, opportunities and leads are attributed to the campaign that"
                " they name. Cost is what was spent with it; the planned cost only"
                " stands beside."
            ),
            "columns": self.get_columns(),
            "rows": rows,
            "cut": campaigns.describe_cut(),
            "charts": [
                chart for chart in self.get_charts(campaigns.shown) if chart["labels"]
            ],
        }

    def get_columns(self):
        columns = {
            "cost": [
                self.env._("Cost"),
                "currency",
                self.env._("Spent with the campaign"),
            ],
            "planned": [
                self.env._("Planned"),
                "currency",
                self.env._("Planned cost of the campaign"),
            ],
            "leads": [
                self.env._("Leads"),
                "count",
                self.env._("Leads and opportunities created"),
            ],
            "won": [self.env._("Won"), "count", self.env._("Opportunities won")],
            "orders": [self.env._("Orders"), "count", ""],
            "sales": [self.env._("Attributed Sales"), "currency", ""],
            "margin": [self.env._("Attributed Margin"), "currency", ""],
            "roi": [
                self.env._("ROI"),
                "percent",
                self.env._("(Attributed margin − cost) ÷ cost"),
            ],
            "roas": [
                self.env._("ROAS"),
                "quantity",
                self.env._("Attributed sales ÷ cost"),
            ],
        }
        return [
            dict(zip(("key", "name", "unit", "help"), [key, *column], strict=True))
            for key, column in columns.items()
        ]

    def _get_rows(self):
        company = self.choice.company
        reader = CampaignReader(self.env, self.choice.base, self.choice.span)
        figures = reader.get(dict.fromkeys(self._campaigns.ids, company))
        rows = [
            self._get_row(campaign, figures[campaign.id])
            for campaign in self._campaigns
        ]
        rows.sort(key=lambda row: (-row["values"]["cost"], row["name"]))
        return rows

    def _get_row(self, campaign, figures):
        metrics = self.env["sales.metric"]
        notes = {}
        if figures.margin is None:
            notes["margin"] = notes["roi"] = self.env._("The margins are unknown")
        elif known := metrics._describe_known(figures.known):
            notes["margin"] = known
            notes["roi"] = self.env._("Margin (%s)", known)
        if figures.cost <= 0:
            notes["roi"] = self.env._("Without cost")
        return {
            "id": campaign.id,
            "name": campaign.title,
            "depth": 0,
            "values": {
                "cost": figures.cost,
                "planned": self._get_planned(campaign),
                "leads": figures.leads,
                "won": figures.won,
                "orders": figures.orders,
                "sales": figures.sales,
                "margin": figures.margin,
                "roi": figures.roi,
                "roas": figures.roas,
            },
            "notes": notes,
        }

    def _get_planned(self, campaign):
        """:return: its planned cost; that of another company has another purse"""
        is_own = campaign.company_id == self.choice.company
        return campaign.sales_planned_cost or None if is_own else None

    @cached_property
    def _campaigns(self):
        """The campaigns of the period, and others with figures in it"""
        span, company = self.choice.span, self.choice.company
        # sudo: names and plans of campaigns are open to every user, except to finance
        # staff without a sales role
        campaigns = self.env["utm.campaign"].sudo()
        facts = self.env["sales.fact"].sudo()
        domain = Domain("company_id", "=", company.id)
        domain &= Domain("date", ">=", span.start) & Domain("date", "<=", span.end)
        domain &= Domain("campaign_id", "!=", False)
        domain &= facts._get_inside_domain(self.choice.base.items())
        groups = facts._read_group(domain, ["campaign_id"])
        found = campaigns.union(*(campaign for [campaign] in groups))
        planned = Domain("sales_date_from", "<=", span.end)
        planned &= Domain("sales_date_to", "=", False) | Domain(
            "sales_date_to", ">=", span.start
        )
        planned &= Domain("company_id", "in", [False, company.id])
        # Documents may name a campaign of another company: their figures count here.
        # One that is archived keeps its figures, too.
        return found | campaigns.search(planned, order="id")

    def get_charts(self, rows):
        bars = [row for row in rows if row["values"]["cost"] or row["values"]["sales"]]
        bars = bars[:BARS]
        names = [row["name"] for row in bars]
        return [
            {
                "title": self.env._("Cost and Attributed Margin"),
                "unit": "currency",
                "labels": names,
                "series": [
                    {"name": label, "values": [row["values"][key] for row in bars]}
                    for key, label in {
                        "cost": self.env._("Cost"),
                        "margin": self.env._("Attributed margin"),
                    }.items()
                ],
            },
            {
                "title": self.env._("ROI"),
                "unit": "percent",
                "labels": names,
                "series": [
                    {
                        "name": self.env._("ROI"),
                        "values": [row["values"]["roi"] for row in bars],
                    }
                ],
            },
        ]
