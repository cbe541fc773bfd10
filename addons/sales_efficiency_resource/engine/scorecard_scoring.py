# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import json
from functools import cached_property

from odoo.tools import SQL

from odoo.addons.sales_efficiency_base.tools import Scope, give_places, round_all

from .scorecard_points import add_up, find_level, find_median, give_points

COMMA = SQL(", ")


class ScorecardScoring:
    """Scores all channels or members of a run (policy 5.2.3).

    The values of all criteria of a period come in one batch, and all rows are written
    at once: the number of statements does not depend on how many are scored.

    :param run: a ``sales.scorecard.run`` that nobody has sent yet
    """

    def __init__(self, run):
        run.ensure_one()
        # sudo: a score is the same whoever has it computed.
        self._run = run.sudo()
        self.env = self._run.env
        self._scorecard = self._run.scorecard_id
        self._criteria = self._scorecard.criterion_ids
        self._levels = self._scorecard.level_ids
        self._rules = self._scorecard.rule_ids
        self._subject = self._scorecard._get_subject_field()

    def score(self):
        """Replace the results of the run."""
        rows, lines, criteria = self._prepare()
        self._run.result_ids.unlink()
        self.env.flush_all()
        ids = self._insert_results(rows)
        for line in lines:
            line["result_id"] = ids[line.pop("subject_id")]
        self._insert_lines(lines, criteria)
        self._insert(
            "sales_scorecard_result_rule_rel",
            [
                {"result_id": ids[row["subject_id"]], "rule_id": rule_id}
                for row in rows
                for rule_id in row["rule_ids"]
            ],
            {"result_id": "int", "rule_id": "int"},
        )
        self.env.invalidate_all(flush=False)

    # ------------------------------------------------------------------
    # What is asked
    # ------------------------------------------------------------------

    @cached_property
    def _subjects(self):
        return self._scorecard._find_subjects()

    @cached_property
    def _scopes(self):
        """:return: dict id of a channel or member → :class:`Scope`"""
        name = self._scorecard._get_dimension()
        company_id = self._run.company_id.id
        return {id_: Scope(company_id, **{name: id_}) for id_ in self._subjects.ids}

    @cached_property
    def _periods(self):
        """:return: dict criterion → :class:`Period`"""
        return {
            criterion: criterion._get_period(self._run.date_to)
            for criterion in self._criteria
        }

    def _measure(self):
        """Measure each period by itself: a quarter needs no figures of the year.

        :return: dict criterion → dict id of a channel or member → value or None
        """
        scopes = list(self._scopes.values())
        values = {}
        for period in set(self._periods.values()):
            metrics = self._criteria.filtered(
                lambda criterion, period=period: self._periods[criterion] == period
            ).metric_id
            values[period] = metrics._evaluate(scopes, [period], rounded=False)
        return {
            criterion: dict(
                zip(
                    self._scopes,
                    values[period].column(criterion.metric_id.id),
                    strict=True,
                )
            )
            for criterion, period in self._periods.items()
        }

    @cached_property
    def _owners(self):
        """:return: dict id of a member → id of its salesperson; channels have none"""
        if self._subject != "member_id":
            return {}
        return {member.id: member.user_id.id or None for member in self._subjects}

    @cached_property
    def _former(self):
        """:return: dict id of a channel or member → its last result in force"""
        return self._run._find_former(self._subject)

    @cached_property
    def _corrected(self):
        """:return: dict id of a channel or member → its total in the corrected run"""
        results = self._run.corrects_id.result_ids
        return {
            result[self._subject].id: result.total if result.is_scored else None
            for result in results
        }

    # ------------------------------------------------------------------
    # Scores
    # ------------------------------------------------------------------

    def _prepare(self):
        """:return: rows of results, rows of their lines, and rows of criteria"""
        values = self._measure()
        points = {
            criterion: {
                id_: give_points(value, criterion.floor, criterion.goal)
                for id_, value in column.items()
            }
            for criterion, column in values.items()
        }
        zero = self._scorecard.missing == "zero"
        totals, knowns = {}, {}
        for id_ in self._scopes:
            pairs = [(points[c][id_], c.weight) for c in self._criteria]
            totals[id_], knowns[id_] = add_up(pairs, counts_missing=zero)
        # What is shown is rounded, once it has been weighed.
        points = {
            criterion: dict(zip(column, round_all(column.values(), 2), strict=True))
            for criterion, column in points.items()
        }
        ranks, median = give_places(totals), find_median(totals.values())
        rows = [
            {
                **self._describe(subject, points, totals[subject.id]),
                **self._decide_level(subject, totals[subject.id], knowns[subject.id]),
                "total": totals[subject.id],
                "is_scored": totals[subject.id] is not None,
                "known_weight": knowns[subject.id],
                "rank": ranks.get(subject.id, 0),
                "peers": len(ranks),
                "median": median,
                "has_median": median is not None,
            }
            for subject in self._subjects
        ]
        rows.sort(key=lambda row: (row["rank"] or len(rows) + 1, row["name"]))
        lines = list(self._prepare_lines(values, points, knowns, zero))
        return rows, lines, self._prepare_criteria(points)

    def _describe(self, subject, points, total):
        """:return: the values of a result beside its score"""
        former = self._former.get(subject.id)
        counted = sum(points[c][subject.id] is not None for c in self._criteria)
        has_trend = bool(former and former.is_scored and total is not None)
        corrected = self._corrected.get(subject.id)
        return {
            "subject_id": subject.id,
            self._subject: subject.id,
            "user_id": self._owners.get(subject.id),
            "name": subject.display_name,
            "counted": counted,
            "asked": len(self._criteria),
            "former_id": former.id if former else None,
            "former_total": former.total if has_trend else None,
            "trend": round(total - former.total, 2) if has_trend else None,
            "has_trend": has_trend,
            "corrected_total": corrected,
            "is_corrected": subject.id in self._corrected and corrected != total,
            "rule_ids": [
                rule.id
                for rule in self._rules
                if rule._applies(
                    total, former, points.get(rule.criterion_id, {}).get(subject.id)
                )
            ],
        }

    def _decide_level(self, subject, total, known):
        """:return: the values of the level by the score, and of that in force"""
        former = self._former.get(subject.id)
        former_level = former.level_id if former else self._levels.browse()
        thresholds = {level.id: level.threshold for level in self._levels}
        scored = find_level(thresholds, total, known, former_level.id or None)
        reached = find_level(thresholds, total, 100, former_level.id or None)
        move = None
        if scored != (former_level.id or None):
            before = thresholds.get(former_level.id, float("-inf"))
            rises = thresholds.get(scored, float("-inf")) > before
            move = "up" if rises else "down"
        return {
            "former_level_id": former_level.id or None,
            "scored_level_id": scored,
            # Until somebody approves, it stays.
            "level_id": former_level.id or None,
            "move": move,
            "is_kept": scored != reached,
        }

    def _prepare_lines(self, values, points, knowns, zero):
        """Yield what differs between the channels or members by criterion."""
        for criterion in self._criteria:
            column = points[criterion]
            for id_ in self._scopes:
                value = values[criterion][id_]
                counts = column[id_] is not None or zero
                whole = 100 if zero else knowns[id_]
                yield {
                    "subject_id": id_,
                    "criterion_id": criterion.id,
                    "share": (
                        round(100 * criterion.weight / whole, 2)
                        if counts and whole
                        else 0.0
                    ),
                    "value": value,
                    "has_value": value is not None,
                    "points": column[id_] or 0.0,
                }

    def _prepare_criteria(self, points):
        """:return: what the lines of a criterion have in common"""
        rows = []
        for criterion in self._criteria:
            median = find_median(points[criterion].values())
            period = self._periods[criterion]
            rows.append(
                {
                    "criterion_id": criterion.id,
                    "metric_id": criterion.metric_id.id,
                    "group": criterion.group,
                    "sequence": criterion.sequence,
                    "date_from": period.start.isoformat(),
                    "date_to": period.end.isoformat(),
                    "floor": criterion.floor,
                    "goal": criterion.goal,
                    "weight": criterion.weight,
                    "median": median,
                    "has_median": median is not None,
                }
            )
        return rows

    # ------------------------------------------------------------------
    # Writing
    # ------------------------------------------------------------------

    def _insert_results(self, rows):
        """:return: dict id of a channel or member → id of its result"""
        run = self._run
        same = {
            "run_id": run.id,
            "scorecard_id": self._scorecard.id,
            "company_id": run.company_id.id,
            "subject": self._scorecard.subject,
            "date_from": run.date_from.isoformat(),
            "date_to": run.date_to.isoformat(),
            "state": run.state,
            "is_held": False,
        }
        found = self._insert(
            "sales_scorecard_result",
            [{**same, **row} for row in rows],
            {**_RESULT, self._subject: "int"},
            returning=("id", self._subject),
            is_logged=True,
        )
        return {subject_id: id_ for id_, subject_id in found}

    def _insert_lines(self, lines, criteria):
        """Insert the lines. What those of a criterion have in common comes once, not
        hundreds of times."""
        shared = [name for name in _CRITERION if name not in _LINE]
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO sales_scorecard_line (%(names)s)
                SELECT %(columns)s
                  FROM jsonb_to_recordset(%(lines)s::jsonb) AS line (%(line)s)
                  JOIN jsonb_to_recordset(%(criteria)s::jsonb)
                       AS criterion (%(criterion)s) USING (criterion_id)
                """,
                names=COMMA.join(map(SQL.identifier, (*_LINE, *shared))),
                columns=COMMA.join(
                    [
                        *(SQL.identifier("line", name) for name in _LINE),
                        *(SQL.identifier("criterion", name) for name in shared),
                    ]
                ),
                lines=json.dumps(lines),
                line=_sql_types(_LINE),
                criteria=json.dumps(criteria),
                criterion=_sql_types(_CRITERION),
            )
        )

    def _insert(self, table, rows, columns, returning=(), is_logged=False):
        """Insert rows at once.

        :param dict columns: name → type
        :param bool is_logged: whether the table says who has written what when
        :return: the columns asked for
        """
        if not rows:
            return []
        names = COMMA.join(SQL.identifier(name) for name in columns)
        log = SQL("create_uid, create_date, write_uid, write_date")
        now = SQL("now() AT TIME ZONE 'UTC'")
        logged = SQL("%s, %s, %s, %s", self.env.uid, now, self.env.uid, now)
        statement = SQL(
            "INSERT INTO %s (%s) SELECT %s FROM jsonb_to_recordset(%s::jsonb) AS r(%s)",
            SQL.identifier(table),
            SQL("%s, %s", names, log) if is_logged else names,
            SQL("%s, %s", names, logged) if is_logged else names,
            json.dumps(rows),
            _sql_types(columns),
        )
        if returning:
            asked = COMMA.join(SQL.identifier(name) for name in returning)
            statement = SQL("%s RETURNING %s", statement, asked)
        self.env.cr.execute(statement)
        return self.env.cr.fetchall() if returning else []


_RESULT = {
    **dict.fromkeys(
        (
            "run_id",
            "scorecard_id",
            "company_id",
            "user_id",
            "counted",
            "asked",
            "rank",
            "peers",
            "former_id",
            "former_level_id",
            "scored_level_id",
            "level_id",
        ),
        "int",
    ),
    **dict.fromkeys(("subject", "state", "name", "move"), "varchar"),
    **dict.fromkeys(("date_from", "date_to"), "date"),
    **dict.fromkeys(
        ("total", "known_weight", "median", "former_total", "trend", "corrected_total"),
        "numeric",
    ),
    **dict.fromkeys(
        (
            "is_scored",
            "has_median",
            "has_trend",
            "is_corrected",
            "is_kept",
            "is_held",
        ),
        "boolean",
    ),
}
_LINE = {
    **dict.fromkeys(("result_id", "criterion_id"), "int"),
    **dict.fromkeys(("share", "value", "points"), "numeric"),
    "has_value": "boolean",
}
_CRITERION = {
    **dict.fromkeys(("criterion_id", "metric_id", "sequence"), "int"),
    "group": "varchar",
    **dict.fromkeys(("date_from", "date_to"), "date"),
    **dict.fromkeys(("floor", "goal", "weight", "median"), "numeric"),
    "has_median": "boolean",
}


def _sql_types(columns):
    """Return the names and types of columns, for the alias of a function."""
    return COMMA.join(
        SQL("%s %s", SQL.identifier(name), SQL(type_))
        for name, type_ in columns.items()
    )
