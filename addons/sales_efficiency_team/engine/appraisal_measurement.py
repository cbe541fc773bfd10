# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import json
from collections import defaultdict
from fractions import Fraction
from math import isinf

from odoo.tools import SQL
from odoo.tools.gc import disabling_gc

from .appraisal_score import PartScore, score_total
from .kpi_figures import KpiFigures
from .kpi_score import attain, round_half_up, score, to_fraction

# Kinds of raters who are known anyway: one of them is enough.
KNOWN = ("superior", "self")
# By what the lines of an appraisal are scored
KPI_TERMS = (
    "metric_id",
    "measures",
    "target_from",
    "target",
    "higher_is_better",
    "threshold",
    "cap",
    "weight",
)
PART_TERMS = ("kind", "weight")
MARK_TERMS = ("kind", "criterion_id", "weight")


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
        # Many small objects, none of them in a circle: looking for some takes long.
        with disabling_gc():
            kpis = self._measure_kpis()
            parts, marks = self._score_parts()
            totals = self._score_totals(parts)
        self.env.flush_all()
        self._write("sales_appraisal_kpi", kpis, _KPI)
        self._write("sales_appraisal_part", parts, _PART)
        self._write("sales_appraisal_mark", marks, _MARK)
        self._write("sales_appraisal", totals, _APPRAISAL)
        self.env.invalidate_all(flush=False)

    def _read(self, model, names):
        """:return: the lines of all appraisals, however many there are"""
        return self.env[model].search_fetch(
            [("appraisal_id", "in", self._appraisals.ids)],
            ["appraisal_id", *names],
            order="id",
        )

    # ------------------------------------------------------------------
    # KPIs
    # ------------------------------------------------------------------

    def _measure_kpis(self):
        questions = self._read("sales.appraisal.kpi", KPI_TERMS)._get_questions()
        figures = KpiFigures(self.env).ask(questions.values())
        rows = []
        for line, question in questions.items():
            actual, target = figures[question]
            attainment = attain(actual, target, line.higher_is_better)
            points = score(attainment, line.threshold, line.cap)
            self._scores[line.appraisal_id.id].append((points, line.weight))
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

    # ------------------------------------------------------------------
    # Parts
    # ------------------------------------------------------------------

    def _score_parts(self):
        """:return: the rows of parts and of their criteria"""
        ratings = self._get_ratings()
        criteria = defaultdict(dict)
        for mark in self._read("sales.appraisal.mark", MARK_TERMS):
            criteria[mark.appraisal_id.id, mark.kind][mark.criterion_id.id] = mark
        of_appraisal = self._read("sales.appraisal.part", PART_TERMS).grouped(
            "appraisal_id"
        )
        parts, marks = [], []
        for appraisal, own_parts in of_appraisal.items():
            given = ratings.get(appraisal.id, {})
            for part in own_parts:
                if part.kind == "kpi":
                    points = score_total(self._scores[appraisal.id])
                    parts.append(self._describe(part, points, 0))
                    continue
                lines = criteria[appraisal.id, part.kind]
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
            self._share(parts[-len(own_parts) :])
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
        """Write all rows of a table that have changed, by one statement."""
        names = [name for name in columns if name != "id"]
        self.env.cr.execute(
            SQL(
                "UPDATE %s t SET %s FROM jsonb_to_recordset(%s::jsonb) AS r(%s)"
                " WHERE t.id = r.id AND (%s) IS DISTINCT FROM (%s)",
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
                *(
                    SQL(", ").join(SQL.identifier(alias, name) for name in names)
                    for alias in ("t", "r")
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
