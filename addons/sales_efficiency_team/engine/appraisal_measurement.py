# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import json
from collections import defaultdict
from fractions import Fraction
from math import isinf

from odoo.exceptions import UserError
from odoo.tools import SQL

from odoo.addons.sales_efficiency_base.tools import Scope
from odoo.addons.sales_efficiency_target.engine import Results

from .appraisal_score import PartScore, score_total
from .kpi_score import attain, round_half_up, score, to_fraction

# Kinds of raters who are known anyway: one of them is enough.
KNOWN = ("superior", "self")


class AppraisalMeasurement:
    """Measures KPIs, and computes the scores of parts and people (policy 4.3.2).

    Figures of all people, metrics and periods come in one batch, targets in another:
    the number of statements does not depend on people or KPIs.

    :param appraisals: ``sales.appraisal`` records that are not closed
    """

    def __init__(self, appraisals):
        # sudo: scores are the same whoever has them computed.
        self._appraisals = appraisals.sudo()
        self.env = self._appraisals.env
        self._scores = defaultdict(list)

    def measure(self):
        """Measure and write everything."""
        if not self._appraisals:
            return
        kpis = self._measure_kpis()
        parts, marks = self._score_parts()
        totals = self._score_totals(parts)
        self.env.flush_all()
        self._write("sales_appraisal_kpi", kpis, _KPI)
        self._write("sales_appraisal_part", parts, _PART)
        self._write("sales_appraisal_mark", marks, _MARK)
        self._write("sales_appraisal", totals, _APPRAISAL)
        self.env.invalidate_all(flush=False)

    # ------------------------------------------------------------------
    # KPIs
    # ------------------------------------------------------------------

    def _measure_kpis(self):
        lines = self._appraisals.kpi_ids
        scopes = {line: self._get_scopes(line) for line in lines}
        actuals = self._ask_actuals(lines, scopes)
        targets = self._ask_targets(lines, scopes)
        rows = []
        for line in lines:
            actual = actuals.get(line)
            target = targets.get(line)
            attainment = attain(actual, target, line.higher_is_better)
            points = score(attainment, line.threshold, line.cap)
            self._scores[line.appraisal_id].append((points, line.weight))
            rows.append(
                {
                    "id": line.id,
                    "target": target,
                    "actual": actual,
                    "attainment": _to_float(attainment),
                    "score": _to_text(points),
                    "is_counted": points is not None,
                    "missing": self._explain(target, points),
                }
            )
        return rows

    @staticmethod
    def _explain(target, points):
        if points is not None:
            return None
        # Nothing expresses the attainment of a target of 0 or less.
        return "actual" if target and target > 0 else "target"

    def _get_scopes(self, line):
        """:return: the scopes whose targets add up to that of a KPI"""
        appraisal = line.appraisal_id
        company = appraisal.company_id
        if line.measures == "own":
            return [Scope(company.id, user_id=appraisal.user_id.id)]
        teams = appraisal.user_id._get_appraised_teams(line.measures, company)
        # The figures of a team include those of the teams below.
        top = teams.filtered(lambda team: not self._is_below(team, teams))
        return [Scope(company.id, team_id=team.id) for team in top]

    @staticmethod
    def _is_below(team, others):
        above = (team.parent_path or "").split("/")[:-2]
        return any(str(other.id) in above for other in others)

    def _ask_actuals(self, lines, scopes):
        """:return: dict line → figure or None"""
        wholes = {line: self._join(scopes[line]) for line in lines if scopes[line]}
        periods = {line: line.appraisal_id._get_period() for line in wholes}
        values = lines.metric_id._evaluate(
            list(wholes.values()), list(periods.values()), rounded=False
        )
        return {
            line: values[line.metric_id.id, whole, periods[line]]
            for line, whole in wholes.items()
        }

    @staticmethod
    def _join(scopes):
        """:return: one scope of all teams"""
        if len(scopes) == 1:
            return scopes[0]
        ids = [dict(scope.dimensions)["team_id"][0] for scope in scopes]
        return Scope(scopes[0].company_id, team_id=ids)

    def _ask_targets(self, lines, scopes):
        """:return: dict line → target or None"""
        targets = {line: line.target for line in lines if line.target_from == "value"}
        asked = lines.filtered(lambda line: line.target_from == "target")
        if not asked:
            return targets
        periods = {line: line.appraisal_id._get_period() for line in asked}
        results = Results(self.env).ask(
            [scope for line in asked for scope in scopes[line]],
            asked.metric_id,
            list(periods.values()),
        )
        for line in asked:
            keys = [(line.metric_id.id, scope, periods[line]) for scope in scopes[line]]
            targets[line] = self._add_up(results, keys)
        return targets

    @staticmethod
    def _add_up(results, keys):
        """Return the sum of targets; None without one, or if they do not add up."""
        try:
            rows = [row for key in keys if (row := results[key])]
        except UserError:
            return None
        if not rows or (len(rows) > 1 and not rows[0]["is_additive"]):
            return None
        return sum(row["amount"] for row in rows)

    # ------------------------------------------------------------------
    # Parts
    # ------------------------------------------------------------------

    def _score_parts(self):
        """:return: the rows of parts and of their criteria"""
        ratings = self._get_ratings()
        criteria = defaultdict(dict)
        for mark in self._appraisals.mark_ids:
            criteria[mark.appraisal_id, mark.kind][mark.criterion_id.id] = mark
        parts, marks = [], []
        for appraisal in self._appraisals:
            given = ratings.get(appraisal.id, {})
            for part in appraisal.part_ids:
                if part.kind == "kpi":
                    points = score_total(self._scores[appraisal])
                    parts.append(self._describe(part, points, 0))
                    continue
                lines = criteria[appraisal, part.kind]
                weights = {id_: line.weight for id_, line in lines.items()}
                fewest = 1 if part.kind in KNOWN else appraisal.min_raters
                of_kind = given.get(part.kind, {})
                found = PartScore.of_ratings(of_kind, weights, fewest)
                parts.append(self._describe(part, found.score, found.raters))
                marks += (
                    self._describe_mark(
                        line, found.marks.get(id_), len(of_kind.get(id_, ())), fewest
                    )
                    for id_, line in lines.items()
                )
            self._share(parts[-len(appraisal.part_ids) :])
        return parts, marks

    def _get_ratings(self):
        """:return: see ``_get_ratings`` of appraisals; versions share the first's"""
        firsts = {appraisal: appraisal._get_first() for appraisal in self._appraisals}
        first = self._appraisals.browse().union(*firsts.values())
        ratings = first._get_ratings()
        return {
            appraisal.id: ratings.get(first.id, {})
            for appraisal, first in firsts.items()
        }

    @staticmethod
    def _describe(part, points, raters):
        is_self = part.kind == "self"
        missing = "shown" if is_self else "few" if raters else "none"
        is_missing = points is None or is_self
        return {
            "id": part.id,
            "appraisal_id": part.appraisal_id.id,
            "weight": part.weight,
            "score": _to_text(points),
            "raters": raters,
            "is_counted": not is_missing,
            "missing": missing if is_missing else None,
        }

    @staticmethod
    def _describe_mark(line, mean, raters, fewest):
        is_shown = mean is not None and raters >= fewest
        return {
            "id": line.id,
            "mark": _to_text(round_half_up(mean)) if is_shown else None,
            "score": _to_text(round_half_up(mean * 20)) if is_shown else None,
            "is_counted": is_shown,
        }

    @staticmethod
    def _share(parts):
        """Tell for how much each part counts, among those that do."""
        total = sum(to_fraction(p["weight"]) for p in parts if p["is_counted"])
        for part in parts:
            share = to_fraction(part["weight"]) * 100 / total if total else Fraction(0)
            part["share"] = _to_text(
                round_half_up(share if part["is_counted"] else Fraction(0))
            )

    # ------------------------------------------------------------------
    # Total
    # ------------------------------------------------------------------

    def _score_totals(self, parts):
        points = self._get_points()
        scores = defaultdict(list)
        for part in parts:
            if part["is_counted"]:
                scores[part["appraisal_id"]].append((part["score"], part["weight"]))
        rows = []
        for appraisal in self._appraisals:
            off = points.get(appraisal, 0)
            total = score_total(scores[appraisal.id], off)
            rows.append(
                {
                    "id": appraisal.id,
                    "points": off,
                    "score": _to_text(total),
                    "is_scored": total is not None,
                }
            )
        return rows

    def _get_points(self):
        """:return: dict appraisal → points off for conduct in its period"""
        points = {}
        for cycle, appraisals in self._appraisals.grouped("cycle_id").items():
            cases = self.env["sales.conduct.case"].with_company(cycle.company_id)
            found = cases._get_points(
                appraisals.user_id, cycle.date_from, cycle.date_to
            )
            points |= {a: found.get(a.user_id.id, 0) for a in appraisals}
        return points

    # ------------------------------------------------------------------
    # Writing
    # ------------------------------------------------------------------

    def _write(self, table, rows, columns):
        """Write all rows of a table by one statement."""
        names = [name for name in columns if name != "id"]
        self.env.cr.execute(
            SQL(
                "UPDATE %s t SET %s FROM jsonb_to_recordset(%s::jsonb) AS r(%s)"
                " WHERE t.id = r.id",
                SQL.identifier(table),
                SQL(", ").join(
                    SQL("%s = %s", SQL.identifier(n), SQL.identifier("r", n))
                    for n in names
                ),
                json.dumps(rows),
                SQL(", ").join(
                    SQL("%s %s", SQL.identifier(name), SQL(kind))
                    for name, kind in columns.items()
                ),
            )
        )


_KPI = {
    "id": "int",
    "target": "numeric",
    "actual": "numeric",
    "attainment": "numeric",
    "score": "numeric",
    "is_counted": "boolean",
    "missing": "varchar",
}
_PART = {
    "id": "int",
    "score": "numeric",
    "raters": "int",
    "share": "numeric",
    "is_counted": "boolean",
    "missing": "varchar",
}
_MARK = {"id": "int", "mark": "numeric", "score": "numeric", "is_counted": "boolean"}
_APPRAISAL = {
    "id": "int",
    "points": "numeric",
    "score": "numeric",
    "is_scored": "boolean",
}


def _to_text(number):
    """Return an exact number as JSON takes it without loss."""
    return None if number is None else str(number)


def _to_float(attainment):
    """:return: the attainment as a figure; none if it is infinite"""
    if attainment is None or isinf(attainment):
        return None
    return float(attainment)
