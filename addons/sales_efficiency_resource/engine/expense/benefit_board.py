# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from functools import cached_property
from statistics import median

from odoo.tools import format_date

from odoo.addons.sales_efficiency_base.tools import Period, grow

from .benefit_choice import CAMPAIGN, KIND
from .benefit_rows import BARS, LENGTH, BenefitRows
from .benefit_tree import BenefitTree
from .campaign_board import CampaignBoard
from .outcomes import Outcomes


class BenefitBoard:
    """What was spent by kind or place, and what stands alongside (policy 5.3.3).

    The number of queries does not depend on that of rows.

    :param BenefitChoice choice: the choice of the user
    """

    def __init__(self, choice):
        self.env, self.choice = choice.env, choice
        self.span = choice.span
        self.before = self.span.previous_year()
        self._tree = BenefitTree(choice, [self.span, self.before])

    @classmethod
    def of(cls, choice):
        """:return: the board of a choice"""
        return (CampaignBoard if choice.by == CAMPAIGN else cls)(choice)

    def get_data(self, length=LENGTH):
        """:param int length: number of rows of records, None for all
        :return: JSON-serializable dict for the client and the workbook"""
        records = BenefitRows(self.env, self._get_records(), length)
        rows = [*records.shown, *self._get_others(records), *self._get_sums()]
        return {
            "currency_id": self.choice.company.currency_id.id,
            "basis": self.get_basis(),
            "columns": self.get_columns(),
            "rows": rows,
            "cut": records.describe_cut(),
            "charts": [chart for chart in self.get_charts(rows) if chart["labels"]],
        }

    def get_basis(self):
        """:return: how the figures of the board relate to each other"""
        days = {
            "start": format_date(self.env, self.before.start),
            "end": format_date(self.env, self.before.end),
        }
        if self.choice.by == KIND:
            return self.env._(
                "Sales, orders and customers of the whole scope stand alongside each"
                " kind of expense. They say nothing about reasons. Compared with"
                " %(start)s to %(end)s.",
                **days,
            )
        return self.env._(
            "Sales, orders and customers stand alongside what was spent in the same"
            " place. They say nothing about reasons. Compared with %(start)s to"
            " %(end)s.",
            **days,
        )

    def get_columns(self):
        columns = {
            "spent": [self.env._("Spent"), "currency", ""],
            "before": [
                self.env._("Last Year"),
                "currency",
                self.env._("Spent on the same days"),
            ],
            "growth": [
                self.env._("Change"),
                "percent",
                self.env._("Spent, against last year"),
            ],
            "share": [
                self.env._("% of Sales"),
                "percent",
                self.env._("Spent ÷ sales alongside"),
            ],
            "moved": [
                self.env._("Against Last Year"),
                "points",
                self.env._("Change of % of sales"),
            ],
            "peers": [
                self.env._("Median of Peers"),
                "percent",
                self.env._("% of sales of the other rows beside it"),
            ],
            "per_order": [
                self.env._("Per Order"),
                "currency",
                self.env._("Spent ÷ orders alongside"),
            ],
            "per_new_customer": [
                self.env._("Per New Customer"),
                "currency",
                self.env._("Spent ÷ new customers alongside"),
            ],
            "per_won": [
                self.env._("Per Won Opportunity"),
                "currency",
                self.env._("Spent ÷ won opportunities alongside"),
            ],
            "marginal": [
                self.env._("Marginal"),
                "quantity",
                self.env._(
                    "Change of the margin alongside ÷ change of spending, against last"
                    " year, where spending moved by 10 % or more"
                ),
            ],
        }
        return [
            dict(zip(("key", "name", "unit", "help"), [key, *column], strict=True))
            for key, column in columns.items()
            # A kind has no peers: all of them have the same sales alongside.
            if key != "peers" or self.choice.by != KIND
        ]

    # ------------------------------------------------------------------
    # Rows
    # ------------------------------------------------------------------

    def _get_records(self):
        """:return: a row of each record"""
        return [self._get_row(*place) for place in self._places]

    def _get_sums(self):
        """:return: what was spent without a value of the dimension, and the total"""
        top = [record for record, depth, _others in self._places if not depth]
        return [*self._get_rest(top), self._get_total()]

    def _get_others(self, records):
        others = records.get_others(["spent", "before"])
        for row in others:
            values = row["values"]
            values["growth"] = grow(values["spent"], values["before"])
        return others

    @cached_property
    def _places(self):
        """List of (record, its depth, its siblings), the most spent first"""
        return self._tree.sort(
            [record for record in self._records if self._has_figures(record)],
            key=lambda record: (-self._now(record).spent, record.display_name or ""),
        )

    @cached_property
    def _records(self):
        return self._tree.find()

    @cached_property
    def _outcomes(self):
        places = [self._tree.get_place(record) for record in (None, *self._records)]
        return Outcomes(self.env, places, [self.span, self.before])

    def _now(self, record=None):
        return self._outcomes.get(self._tree.get_place(record), self.span)

    def _then(self, record=None):
        return self._outcomes.get(self._tree.get_place(record), self.before)

    def _has_figures(self, record):
        now, then = self._now(record), self._then(record)
        if self.choice.by == KIND:
            return bool(now.spent or then.spent)
        return bool(now.spent or then.spent or now.sales or then.sales)

    def _get_row(self, record, depth, others):
        row = self._compare(self._now(record), self._then(record))
        shares = [
            share
            for share in (self._now(other).share for other in others)
            if share is not None
        ]
        row["values"]["peers"] = median(shares) if shares else None
        return row | {
            "id": record.id,
            "name": record.display_name if not self._tree.is_tree else record.name,
            "depth": depth,
        }

    def _get_rest(self, top):
        """:return: list with what was spent without a value of the dimension, if any"""
        if self.choice.by in self.choice.base:
            return []
        currency = self.choice.company.currency_id
        spent, before = (
            currency.round(read().spent - sum(read(record).spent for record in top))
            for read in (self._now, self._then)
        )
        if not (spent or before):
            return []
        values = {"spent": spent, "before": before, "growth": grow(spent, before)}
        name = self.env._("Without")
        return [{"id": False, "name": name, "depth": 0, "values": values, "notes": {}}]

    def _get_total(self):
        row = self._compare(self._now(), self._then())
        name = self.env._("Total")
        return row | {"id": False, "name": name, "depth": 0, "is_total": True}

    def _compare(self, now, then):
        """:return: dict of the values of a row, and of notes on them"""
        marginal = now.compare(then)
        moved = None
        if now.share is not None and then.share is not None:
            moved = now.share - then.share
        return {
            "values": {
                "spent": now.spent,
                "before": then.spent,
                "growth": grow(now.spent, then.spent),
                "share": now.share,
                "moved": moved,
                "per_order": now.per_order,
                "per_new_customer": now.per_new_customer,
                "per_won": now.per_won,
                "marginal": marginal.value,
            },
            "notes": self._get_notes(marginal, now, then),
        }

    def _get_notes(self, marginal, now, then):
        """:return: dict of column → why it has no value, or what is unknown"""
        if marginal.reason:
            return {"marginal": describe_reason(self.env, marginal.reason)}
        known = self.env["sales.metric"]._describe_known(now.known, then.known)
        return {"marginal": self.env._("Margin (%s)", known)} if known else {}

    # ------------------------------------------------------------------
    # Charts
    # ------------------------------------------------------------------

    def get_charts(self, rows):
        bars = get_bars(rows)
        names = [row["name"] for row in bars]
        now, then = self.env._("This year"), self.env._("Same days last year")
        return [
            self._get_months(),
            {
                "title": self.env._("Spent"),
                "unit": "currency",
                "labels": names,
                "series": [
                    get_series(bars, "spent", now),
                    get_series(bars, "before", then),
                ],
            },
            {
                "title": self.env._("Spent in % of Sales"),
                "unit": "percent",
                "labels": names,
                "series": [get_series(bars, "share", now)],
            },
        ]

    def _get_months(self):
        """:return: chart of the months of the fiscal year, to date and a year ago"""
        company, today = self.choice.company, self.choice.today
        year = Period.year(self.span.start, company)
        months = [Period.month(day) for day in year.months()]
        before = [month.previous_year() for month in months]
        [place, _sold] = self._tree.get_place()
        metric = self.env["sales.metric"].sudo()._find(["sales_expense"])
        [metric] = metric.values()
        values = metric._evaluate([place], [*months, *before])
        return {
            "title": self.env._("Spent by Month"),
            "unit": "currency",
            "labels": [
                format_date(self.env, month.start, date_format="LLL")
                for month in months
            ],
            "series": [
                {
                    "name": name,
                    "values": [
                        values[metric.id, place, month]
                        if month.start <= today
                        else None
                        for month in shown
                    ],
                }
                for name, shown in (
                    (self.env._("This year"), months),
                    (self.env._("Last year"), before),
                )
            ],
        }


def describe_reason(env, reason):
    """:return: why there is no marginal return"""
    return {
        "nothing": env._("Nothing was spent last year"),
        "little": env._("Spending moved by less than 10 %"),
        "unknown": env._("The margins are unknown"),
    }[reason]


def get_bars(rows):
    """Return the rows for a chart: those of the first level that has several."""
    records = [row for row in rows if row["id"]]
    for depth in range(1 + max((row["depth"] for row in records), default=0)):
        level = [row for row in records if row["depth"] == depth]
        if len(level) > 1:
            return level[:BARS]
    return records[:1]


def get_series(rows, key, name):
    return {"name": name, "values": [row["values"].get(key) for row in rows]}
