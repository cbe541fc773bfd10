# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from collections import defaultdict, namedtuple
from math import inf

from odoo.tools import SQL
from odoo.tools.gc import disabling_gc

from .appraisal_score import PartScore, get_shares, score_total
from .kpi_figures import KpiFigures, KpiQuestion
from .kpi_score import attain, round_half_up, score

# Kinds of raters who are known anyway: one of them is enough.
KNOWN = ("superior", "self")
# By what appraisals and their lines are scored
TERMS = (
    "user_id",
    "company_id",
    "date_from",
    "date_to",
    "cycle_id",
    "min_raters",
    "corrects_id",
)
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
            self._appraisals.fetch(TERMS)  # Odoo fetches a thousand lines' at a time.
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
        """Return the lines of all appraisals as plain rows: fields of thousands of
        records take longer than all that is computed from them."""
        lines = self.env[model]
        names = ("id", "appraisal_id", *names)
        rows = self.env.execute_query(
            SQL(
                "SELECT %s FROM %s WHERE appraisal_id = ANY(%s) ORDER BY id",
                SQL(", ").join(self._sql_value(lines, name) for name in names),
                SQL.identifier(lines._table),
                self._appraisals.ids,
            )
        )
        return list(map(namedtuple("Line", names)._make, rows))

    @staticmethod
    def _sql_value(lines, name):
        value = lines._field_to_sql(lines._table, name)
        is_number = lines._fields[name].type == "float"
        return SQL("COALESCE(%s, 0)", value) if is_number else value

    # ------------------------------------------------------------------
    # KPIs
    # ------------------------------------------------------------------

    def _measure_kpis(self):
        lines = self._read("sales.appraisal.kpi", KPI_TERMS)
        questions = self._get_questions(lines)
        figures = KpiFigures(self.env).ask(questions)
        rows = []
        for line, question in zip(lines, questions, strict=True):
            actual, target = figures[question]
            attainment = attain(actual, target, line.higher_is_better)
            points = score(attainment, line.threshold, line.cap)
            self._scores[line.appraisal_id].append((points, line.weight))
            rows.append(
                {
                    "id": line.id,
                    "target": target,
                    "actual": actual,
                    "attainment": _to_float(attainment),
                    "score": points,
                    "is_counted": points is not None,
                    "missing": self._explain(target, points),
                }
            )
        return rows

    def _get_questions(self, lines):
        metrics = self.env["sales.metric"].browse({line.metric_id for line in lines})
        by_id = {metric.id: metric for metric in metrics}
        subjects = {a.id: a._get_kpi_subject() for a in self._appraisals}
        return [
            KpiQuestion.of_line(
                line, by_id[line.metric_id], subjects[line.appraisal_id]
            )
            for line in lines
        ]

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
        fewest_of = {a.id: a.min_raters for a in self._appraisals}
        criteria = defaultdict(dict)
        for mark in self._read("sales.appraisal.mark", MARK_TERMS):
            criteria[mark.appraisal_id, mark.kind][mark.criterion_id] = mark
        of_appraisal = defaultdict(list)
        for part in self._read("sales.appraisal.part", PART_TERMS):
            of_appraisal[part.appraisal_id].append(part)
        parts, marks = [], []
        for appraisal_id, own_parts in of_appraisal.items():
            given = ratings.get(appraisal_id, {})
            for part in own_parts:
                if part.kind == "kpi":
                    points = score_total(self._scores[appraisal_id])
                    parts.append(self._describe(part, points, 0))
                    continue
                lines = criteria[appraisal_id, part.kind]
                weights = {id_: line.weight for id_, line in lines.items()}
                fewest = 1 if part.kind in KNOWN else fewest_of[appraisal_id]
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
            "appraisal_id": part.appraisal_id,
            "weight": part.weight,
            "score": points,
            "raters": raters,
            "is_counted": not is_missing,
            "missing": missing if is_missing else None,
        }

    @staticmethod
    def _describe_mark(line, mean, raters, fewest):
        is_shown = mean is not None and raters >= fewest
        return {
            "id": line.id,
            "mark": round_half_up(mean) if is_shown else None,
            "score": round_half_up(mean * 20) if is_shown else None,
            "is_counted": is_shown,
        }

    @staticmethod
    def _share(parts):
        weights = (p["weight"] if p["is_counted"] else None for p in parts)
        for part, share in zip(parts, get_shares(tuple(weights)), strict=True):
            part["share"] = share

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
                    "score": total,
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
                "UPDATE %s t SET %s FROM unnest(%s) AS r(%s)"
                " WHERE t.id = r.id AND (%s) IS DISTINCT FROM (%s)",
                SQL.identifier(table),
                SQL(", ").join(
                    SQL("%s = %s", SQL.identifier(n), SQL.identifier("r", n))
                    for n in names
                ),
                SQL(", ").join(
                    SQL(f"%s::{kind}[]", _to_array(row[name] for row in rows))
                    for name, kind in columns.items()
                ),
                SQL(", ").join(map(SQL.identifier, columns)),
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


def _to_array(values):
    """Return numbers and plain words as text of an array, read at once; a list would
    be read value by value."""
    return f"{{{','.join('NULL' if v is None else str(v) for v in values)}}}"


def _to_float(attainment):
    """:return: the attainment as a figure; none if it is infinite"""
    figure = None if attainment is None else float(attainment)
    return None if figure == inf else figure
