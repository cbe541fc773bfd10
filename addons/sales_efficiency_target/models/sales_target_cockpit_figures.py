# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from collections import defaultdict
from itertools import accumulate

from odoo import models
from odoo.fields import Domain
from odoo.tools import format_date

from ..engine import Results, add_up, choose_whole, rank

# How many rows the lists of the page have; the rest is one click away
LENGTH = 8


class SalesTargetCockpitFigures(models.AbstractModel):
    """The figures of the cockpit, added up from results (policy 2.2.2)."""

    _name = "sales.target.cockpit.figures"
    _description = "Figures of the Sales Target Cockpit"

    # ------------------------------------------------------------------
    # Figures
    # ------------------------------------------------------------------

    def _read_results(self, domain):
        """Read results as the user may: one query, dicts instead of records."""
        return Results(self.env).find(domain)

    def _get_ancestors(self, rows):
        """Return what lies above the regions, teams, ... of some results.

        :return: dict (name of the dimension, id) -> ids from the top down to its own
        """
        ancestors = {}
        targets = self.env["sales.target"]
        for name in targets._get_dimensions():
            if targets._is_tree(name):
                ids = {row[name] for row in rows if row[name]}
                for place in targets[name].browse(ids):
                    path = (place.parent_path or f"{place.id}/").split("/")[:-1]
                    ancestors[name, place.id] = [int(step) for step in path]
        return ancestors

    def _choose_whole(self, rows, ancestors):
        """See ``choose_whole``."""
        dimensions = self.env["sales.target"]._get_dimensions()
        return choose_whole(rows, dimensions, ancestors)

    def _get_gauges(self, domain, data):
        """Return for each metric the results that make up the scope.

        :return: list of lists of rows to be added up, in the order of the metrics
        """
        domain &= self._get_moment(data)
        if data["scope"] == "company":
            domain &= Domain("level", "=", 0)
        rows = self._read_results(domain)
        targets = {row["target_id"] for row in rows}
        topmost = defaultdict(list)
        for row in rows:
            if row["parent_id"] not in targets:
                topmost[row["metric_id"]].append(row)
        metrics = self.env["sales.metric"].browse(topmost)
        ancestors = self._get_ancestors(rows)
        return [
            whole
            for metric in metrics.sorted()
            for whole in self._choose_whole(topmost[metric.id], ancestors)
        ]

    def _get_chart(self, plan, metric, rows):
        """Return the months of the plan, cumulative where the metric adds up.

        The projection goes on from today by the months of the target, at the present
        pace, and ends at the projected landing of the year.

        :return: dict of ``labels`` and lists of 12 numbers: ``target``, ``actual``
            (None for what is to come), ``last_year`` (whole months), ``projected``
            (None for what is over)
        """
        domain = Domain("target_id", "in", [row["target_id"] for row in rows])
        results = self._read_results(domain & Domain("period", "in", ("month", "year")))
        [year] = [add_up([row for row in results if row["period"] == "year"])]
        by_month = defaultdict(list)
        for row in results:
            if row["period"] == "month":
                by_month[row["date_from"]].append(row)
        months = sorted(by_month)
        sums = [add_up(by_month[month]) for month in months]
        begun = sum(month <= plan._get_today() for month in months)
        series = {
            name: [month[name] for month in sums]
            for name in ("amount", "actual", "last_year_whole")
        }
        if metric._is_additive():
            for name, figures in series.items():
                series[name] = list(accumulate(figure or 0 for figure in figures))
        return {
            "labels": [format_date(self.env, m, date_format="MMM") for m in months],
            "is_cumulative": metric._is_additive(),
            "target": series["amount"],
            "actual": series["actual"][:begun],
            "last_year": series["last_year_whole"],
            "projected": self._project(series, year, begun),
            "result_ids": [[row["id"] for row in by_month[m]] for m in months],
        }

    def _project(self, series, year, begun):
        actual = series["actual"]
        if not begun or begun == len(actual) or year["projected"] is None:
            return []
        expected = year["expected"] or 0
        ahead = year["amount"] - expected
        share = (year["projected"] - year["actual"]) / ahead if ahead else 0
        return [None] * (begun - 1) + [
            actual[begun - 1],
            *(
                year["actual"] + share * (amount - expected)
                for amount in series["amount"][begun:]
            ),
        ]

    def _get_rankings(self, details, whole):
        """Return who and what is compared with each other, the best first.

        People, teams and regions are; of product lines, channels, customers those that
        the whole is broken down into.

        :return: list of dicts of ``id`` and ``name`` of the dimension and ``rows``
        """
        parts = {row["target_id"] for row in whole}
        ancestors = self._get_ancestors(details)
        rankings = []
        targets = self.env["sales.target"]
        organization = targets._get_dimensions_of("organization")
        for name in targets._get_naming_dimensions():
            groups = defaultdict(list)
            for row in details:
                is_part = row["parent_id"] in parts
                if name in row["place"] and (is_part or name in organization):
                    groups[row[name]].append(row)
            if len(groups) > 1:
                rankings.append(self._get_ranking(name, groups, ancestors))
        return rankings

    def _get_ranking(self, name, groups, ancestors):
        ranked = [
            (id_, whole, add_up(whole))
            for id_, rows in groups.items()
            for whole in self._choose_whole(rows, ancestors)
        ]
        ranked.sort(key=lambda entry: rank(entry[2]), reverse=True)
        field = self.env["sales.target"]._fields[name]
        # Who may see a figure may see whose it is
        records = self.env[field.comodel_name].sudo().browse(groups)
        named = {record.id: record for record in records}
        return {
            "id": name,
            "name": field._description_string(self.env),
            "count": len(ranked),
            "result_ids": [row["id"] for _id, whole, _sums in ranked for row in whole],
            "rows": [
                {"id": id_, "name": named[id_].display_name}
                | self._describe_sums(whole, sums)
                for id_, whole, sums in ranked[:LENGTH]
            ],
        }

    def _get_gaps(self, details):
        """Return the parts that are furthest behind, of what is not divided again."""
        divided = {row["parent_id"] for row in details}
        behind = []
        for row in details:
            if row["target_id"] not in divided:
                sums = add_up([row])
                if sums["status"] == "behind":
                    behind.append((row, sums))
        behind.sort(key=lambda entry: -abs(entry[1]["deviation"]))
        shown = behind[:LENGTH]
        names = self._name_targets(row["target_id"] for row, _sums in shown)
        return {
            "count": len(behind),
            "result_ids": [row["id"] for row, _sums in behind],
            "rows": [
                {"id": row["id"], "name": names[row["target_id"]]}
                | self._describe_sums([row], sums)
                for row, sums in shown
            ],
        }

    # ------------------------------------------------------------------
    # What is shown
    # ------------------------------------------------------------------

    def _describe_sums(self, rows, sums=None):
        return (sums or add_up(rows)) | {
            "result_ids": [row["id"] for row in rows],
            "target_ids": [row["target_id"] for row in rows],
        }

    def _describe_metric(self, metric):
        return {
            "id": metric.id,
            "name": metric.name,
            "unit": metric.unit,
            "is_additive": metric._is_additive(),
            "higher_is_better": metric.higher_is_better,
        }

    def _describe_metrics(self, gauges):
        ids = dict.fromkeys(rows[0]["metric_id"] for rows in gauges)
        metrics = self.env["sales.metric"].browse(ids)
        return [self._describe_metric(metric) for metric in metrics]

    def _describe_gauges(self, gauges):
        metrics = {metric["id"]: metric for metric in self._describe_metrics(gauges)}
        names = self._name_targets(row["target_id"] for rows in gauges for row in rows)
        known = self._get_known(gauges)
        return [
            self._describe_sums(rows)
            | {
                "metric": metrics[rows[0]["metric_id"]],
                "known": self.env["sales.metric"]._describe_known(
                    *(known.get(row["id"]) for row in rows)
                ),
                "names": [names[row["target_id"]] for row in rows[:LENGTH]],
            }
            for rows in gauges
        ]

    def _get_known(self, gauges):
        """:return: dict id of a result -> how much of its margin is known"""
        rows = [row for rows in gauges for row in rows]
        metrics = self.env["sales.metric"].browse({row["metric_id"] for row in rows})
        margins = metrics.filtered(lambda metric: metric._get_margin_part())
        results = self.env["sales.target.result"].browse(
            row["id"] for row in rows if row["metric_id"] in margins._ids
        )
        return {result.id: known for result, known in results._get_known().items()}

    def _describe_path(self, rows, data):
        """Return the targets above, the widest first; figures only of those that the
        user may see."""
        if len(rows) > 1:
            return []
        target = self.env["sales.target"].browse(rows[0]["target_id"])
        ids = [int(step) for step in target.parent_path.split("/")[:-2]]
        seen = self._read_results(
            Domain("target_id", "in", ids) & self._get_moment(data)
        )
        figures = {row["target_id"]: self._describe_sums([row]) for row in seen}
        names = self._name_targets(ids)
        return [{"id": id_, "name": names[id_], **figures.get(id_, {})} for id_ in ids]

    def _name_targets(self, ids):
        """:return: dict id -> who or what the target is about, without its metric"""
        # See _get_scope_name: names are no secret
        targets = self.env["sales.target"].sudo().browse(ids)
        return {target.id: target._get_scope_name() for target in targets}
