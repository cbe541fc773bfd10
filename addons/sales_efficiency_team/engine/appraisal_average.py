# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from collections import defaultdict
from fractions import Fraction

from odoo.fields import Domain

from .kpi_score import to_fraction


class AppraisalAverage:
    """The average score of people in a company or team, or of one person.

    :param env: environment; its user gets figures of the appraisals that they may read
    """

    def __init__(self, env):
        self.env = env

    def measure(self, scopes, periods):
        """:return: values or None, in the order of scopes × periods"""
        scores = defaultdict(list)
        for appraisal in self._find(scopes, periods):
            key = (appraisal.company_id.id, appraisal.date_from, appraisal.date_to)
            scores[key].append(appraisal)
        return [
            self._average(
                scope, scores.get((scope.company_id, period.start, period.end), ())
            )
            for scope in scopes
            for period in periods
        ]

    def _find(self, scopes, periods):
        """Return the scored appraisals for exactly these periods: years are measured,
        not averaged."""
        user = self.env.user
        appraisals = self.env["sales.appraisal"].with_user(user)
        # Jobs measure what others may read, so they get nothing.
        if user._is_superuser() or not appraisals.has_access("read"):
            return appraisals
        return appraisals.search(
            Domain("company_id", "in", [scope.company_id for scope in scopes])
            & Domain("date_from", "in", [period.start for period in periods])
            & Domain("date_to", "in", [period.end for period in periods])
            & Domain("told_at", "!=", False)
            & Domain("is_scored", "=", True)
            & Domain("is_current", "=", True)
        )

    def _average(self, scope, appraisals):
        dimensions = dict(scope.dimensions)
        users = dimensions.pop("user_id", None)
        teams = dimensions.pop("team_id", None)
        if dimensions:
            return None  # Scores are of people and teams alone.
        scores = [
            to_fraction(appraisal.score)
            for appraisal in appraisals
            if self._is_in(appraisal, users, teams)
        ]
        return float(sum(scores, Fraction(0)) / len(scores)) if scores else None

    @staticmethod
    def _is_in(appraisal, users, teams):
        # sudo: where a team is in the tree is no secret.
        path = (appraisal.team_id.sudo().parent_path or "").split("/")
        return (not users or appraisal.user_id.id in users) and (
            not teams or any(str(team_id) in path for team_id in teams)
        )
