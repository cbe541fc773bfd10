# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from collections import defaultdict

from odoo.tools import SQL

from odoo.addons.sales_efficiency_base.tools import Known, get_roas, get_roi
from odoo.addons.sales_efficiency_resource.engine.expense.benefit_rows import (
    BARS,
    LENGTH,
    BenefitRows,
)
from odoo.addons.sales_efficiency_resource.engine.expense.returns import divide

from .lead_costs import LeadCosts

# Column of the board → metric
METRICS = {
    "leads": "leads",
    "qualified": "opportunities_created",
    "won": "won",
    "won_amount": "won_amount",
    "margin": "margin",
}
SUMS = ("cost", "leads", "qualified", "won", "won_amount")
# What needs a cost
RETURNS = ("cost", "per_lead", "per_qualified", "per_won", "roas", "roi")


class LeadBoard:
    """What sources of leads bring, and what they cost (policy 3.1.2).

    The number of queries does not depend on that of rows.

    :param LeadChoice choice: the choice of the user
    """

    def __init__(self, choice):
        self.env, self.choice = choice.env, choice

    def get_data(self, length=LENGTH):
        """:param int length: number of rows, None for all
        :return: JSON-serializable dict for the client and the workbook"""
        rows = self._get_rows()
        records = BenefitRows(self.env, rows, length)
        has_cost = self._is_of_company or any(
            row["values"]["cost"] is not None for row in rows
        )
        return {
            "currency_id": self.choice.company.currency_id.id,
            "basis": self._describe(has_cost),
            "columns": [
                column
                for column in self.get_columns()
                if has_cost or column["key"] not in RETURNS
            ],
            "rows": [
                *records.shown,
                *self._get_others(records, rows),
                *self._get_total(rows),
            ],
            "cut": records.describe_cut(),
            "charts": [
                chart for chart in self._get_charts(records.shown) if chart["labels"]
            ],
        }

    @property
    def _is_of_company(self):
        return self.choice.scope == "company"

    def _describe(self, has_cost):
        text = self.env._(
            "Leads count on the day on which they came in, opportunities when they were"
            " opened and won."
        )
        if has_cost:
            more = self.env._(
                "Campaigns cost their expenses; what was entered by hand counts for all"
                " others. Margins are those of the orders that name the same source."
            )
        else:
            more = self.env._("What they cost is known for the whole company only.")
        return f"{text} {more}"

    def get_columns(self):
        columns = {
            "leads": [self.env._("Leads"), "count", ""],
            "qualified": [
                self.env._("Qualified"),
                "count",
                self.env._("Opportunities opened"),
            ],
            "won": [self.env._("Won"), "count", self.env._("Opportunities won")],
            "won_amount": [
                self.env._("Won Amount"),
                "currency",
                self.env._("Expected revenue of the opportunities won"),
            ],
            "cost": [
                self.env._("Cost"),
                "currency",
                self.env._("Expenses of campaigns, and cost of leads"),
            ],
            "per_lead": [self.env._("Cost per Lead"), "currency", ""],
            "per_qualified": [self.env._("Cost per Opportunity"), "currency", ""],
            "per_won": [self.env._("Cost per Win"), "currency", ""],
            "roas": [
                self.env._("ROAS"),
                "quantity",
                self.env._("Won amount ÷ cost"),
            ],
            "roi": [
                self.env._("ROI"),
                "percent",
                self.env._("(Margin of the orders − cost) ÷ cost"),
            ],
        }
        return [
            dict(zip(("key", "name", "unit", "help"), [key, *column], strict=True))
            for key, column in columns.items()
        ]

    # ------------------------------------------------------------------
    # Rows
    # ------------------------------------------------------------------

    def _get_rows(self):
        figures = self._read_figures()
        model = self.env["sales.fact"]._fields[self.choice.by].comodel_name
        # sudo: names of sources, media and campaigns are open to all users
        records = self.env[model].sudo().browse(filter(None, figures))
        names = {record.id: record.display_name for record in records}
        rows = [
            self._get_row(id_, names.get(id_) or self.env._("Not known"), values)
            for id_, values in figures.items()
            # Margins alone say nothing of leads.
            if values.keys() & SUMS
        ]
        # What is not known comes last.
        rows.sort(
            key=lambda row: (
                not row["id"],
                -(row["values"]["cost"] or 0),
                -row["values"]["leads"],
                row["name"],
            )
        )
        return rows

    def _read_figures(self):
        """:return: dict id or False → dict of values"""
        figures = defaultdict(dict)
        # sudo: as metrics, which do not depend on the user; the choice says what the
        # user may see.
        metrics = self.env["sales.metric"].sudo()
        facts = self.env["sales.fact"].sudo()
        domain = self.choice.get_facts_domain(self.choice.span)
        by_code = metrics._find(list(METRICS.values()))
        for key, code in METRICS.items():
            metric = by_code[code]
            measure = "__count"
            if metric.measure != "facts":
                measure = f"{metric.measure}:sum"
            sums = [measure]
            if key == "margin":
                sums += ["margin_base:sum", "amount:sum"]
            for record, *values in facts._read_group(
                domain & metric._get_facts_domain(), [self.choice.by], sums
            ):
                figures[record.id][key] = values[0] or 0
                if key == "margin":
                    known = Known.of(*(value or 0 for value in values[1:]))
                    figures[record.id]["known"] = known
        found = facts._search(domain).subselect()
        condition = SQL("sales_fact.id IN %s", found)
        for id_, cost in LeadCosts(facts.env).sum_by(self.choice.by, condition).items():
            figures[id_ or False]["cost"] = cost
        return figures

    def _get_row(self, id_, name, values, **more):
        cost = values.get("cost")
        known = values.get("known")
        margin = None if known and known.is_unknown else values.get("margin") or 0
        leads, qualified, won, amount = (
            values.get(key) or 0 for key in ("leads", "qualified", "won", "won_amount")
        )
        sums = {
            "leads": leads,
            "qualified": qualified,
            "won": won,
            "won_amount": amount,
            "margin": margin,
            "cost": cost,
        }
        notes = self._get_notes(id_, cost, margin, known)
        if not id_:
            # Leads of which nothing is known did not come of this cost.
            cost = None
        return {
            "id": id_,
            "name": name,
            "depth": 0,
            "values": {
                **sums,
                "per_lead": divide(cost, leads),
                "per_qualified": divide(cost, qualified),
                "per_won": divide(cost, won),
                "roas": get_roas(amount, cost),
                "roi": get_roi(margin, cost),
            },
            "notes": notes,
            **more,
        }

    def _get_notes(self, id_, cost, margin, known):
        """:return: dict of column → why its value is missing or incomplete"""
        if cost is None:
            text = self._is_of_company and self.env._("No cost recorded")
            return {"cost": text} if text else {}
        if not id_:
            return {}
        if margin is None:
            return {"roi": self.env._("The margins are unknown")}
        text = self.env["sales.metric"]._describe_known(known)
        return {"roi": self.env._("Margin (%s)", text)} if text else {}

    def _get_others(self, records, rows):
        """:return: list with the sums of the rows that are not shown"""
        others = records.get_others(SUMS)
        for other in others:
            hidden = rows[len(records.shown) :]
            if all(row["values"]["cost"] is None for row in hidden):
                del other["values"]["cost"]
        return others

    def _get_total(self, rows):
        """The total has no returns: leads without cost would be among them."""
        if len(rows) < 2:
            return []
        costs = [row["values"]["cost"] for row in rows]
        values = {
            key: sum(row["values"][key] or 0 for row in rows)
            for key in SUMS
            if key != "cost" or any(cost is not None for cost in costs)
        }
        return [
            {
                "id": False,
                "name": self.env._("Total"),
                "depth": 0,
                "values": values,
                "notes": {},
                "is_total": True,
            }
        ]

    def _get_charts(self, rows):
        bars = [row for row in rows if row["id"]][:BARS]
        costly = [row for row in bars if row["values"]["cost"] is not None]
        return [
            {
                "title": self.env._("Leads and Qualified Ones"),
                "unit": "count",
                "labels": [row["name"] for row in bars],
                "series": [
                    {"name": label, "values": [row["values"][key] for row in bars]}
                    for key, label in {
                        "leads": self.env._("Leads"),
                        "qualified": self.env._("Qualified"),
                    }.items()
                ],
            },
            {
                "title": self.env._("Cost and Won Amount"),
                "unit": "currency",
                "labels": [row["name"] for row in costly],
                "series": [
                    {"name": label, "values": [row["values"][key] for row in costly]}
                    for key, label in {
                        "cost": self.env._("Cost"),
                        "won_amount": self.env._("Won Amount"),
                    }.items()
                ],
            },
        ]
