# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from collections import defaultdict
from functools import cached_property

from dateutil.relativedelta import relativedelta

from odoo import fields

from odoo.addons.sales_efficiency_base.tools import Period, Scope, give_places


class HonourRanking:
    """Nominates for an election by the figures of its period.

    A person or team is a candidate if they sold in the period, or were there. Members
    of that time are those who sold for the team in the period, whatever team they are
    in now, and those who have been in it since before its end. Teams with sub-teams do
    not compete with these.

    The number of queries does not depend on the number of candidates.
    """

    def __init__(self, honour):
        self.honour = honour
        self.env = honour.env
        self.company = honour.company_id
        self.metric = honour.metric_id
        self.period = Period(honour.date_from, honour.date_to)

    def prepare_nominees(self):
        """:return: list of values of nominees, the best first"""
        measured = self._measure()
        rows = {key: self._prepare(key, measured[key]) for key in measured}
        eligible = {key: measured[key] for key in rows if rows[key]["is_eligible"]}
        highest_first = self.metric.higher_is_better
        for key, rank in give_places(eligible, highest_first).items():
            rows[key]["rank"] = rank
        everybody = give_places(measured, highest_first)
        return [rows[key] for key in everybody]

    # ------------------------------------------------------------------
    # Candidates
    # ------------------------------------------------------------------

    @cached_property
    def _by_team(self):
        """:return: dict team → its members of that time"""
        members = defaultdict(lambda: self.env["res.users"])
        for team, user in self._sold + self._joined:
            members[team] |= user
        return members

    @cached_property
    def _sold(self):
        """:return: list of the pairs of team (maybe none) and user with sales"""
        # sudo: who sold is no figure of theirs; who nominates is checked before.
        facts = self.env["sales.fact"].sudo()
        pairs = facts._read_group(
            [
                ("company_id", "=", self.company.id),
                ("date", ">=", self.period.start),
                ("date", "<=", self.period.end),
                ("user_id", "!=", False),
            ],
            ["team_id", "user_id"],
        )
        return [(team.sudo(False), user.sudo(False)) for team, user in pairs]

    @cached_property
    def _members(self):
        """:return: the active memberships in teams of the company"""
        # sudo: who is in which team is public within the company.
        return (
            self.env["crm.team.member"]
            .sudo()
            .search([("crm_team_id.company_id", "in", (False, self.company.id))])
        )

    @cached_property
    def _joined(self):
        end = self.company._get_sales_moment(self.period.end, 24)
        return [
            (member.crm_team_id.sudo(False), member.user_id.sudo(False))
            for member in self._members
            if member.create_date < end
        ]

    @cached_property
    def _candidates(self):
        """:return: dict key → :class:`Scope`; a key is a user or a team"""
        if self.honour.kind == "team":
            # sudo: the structure of teams is public within the company.
            teams = self.env["crm.team"].union(*self._by_team).sudo()
            leaves = teams.filtered(lambda team: team.active and not team.child_ids)
            return {
                team.sudo(False): Scope(self.company.id, team_id=team.id)
                for team in leaves
            }
        # sudo: who works where is public within the company.
        users = self.env["res.users"].union(*self._by_team.values()).sudo()
        working = users.filtered(lambda user: user._works_in(self.company))
        return {
            user.sudo(False): Scope(self.company.id, user_id=user.id)
            for user in working
        }

    # ------------------------------------------------------------------
    # Figures and conditions
    # ------------------------------------------------------------------

    def _measure(self):
        """Measure all candidates in one batch; where more is better, nothing is no
        merit.

        :return: dict key → value of the metric, of those who have one
        """
        candidates = self._candidates
        if not candidates:
            return {}
        highest_first = self.metric.higher_is_better
        # sudo: who nominates may see the figures of the company.
        values = self.metric.sudo()._evaluate(list(candidates.values()), [self.period])
        measured = {
            key: values[self.metric.id, scope, self.period]
            for key, scope in candidates.items()
        }
        return {
            key: value
            for key, value in measured.items()
            if value is not None and (value > 0 or not highest_first)
        }

    @cached_property
    def _attainments(self):
        """:return: dict key → attainment in percent, of those with a target"""
        results = self.env["sales.target.result"].ask(
            list(self._candidates.values()), self.metric, [self.period]
        )
        found = {}
        for key, scope in self._candidates.items():
            if row := results[self.metric.id, scope, self.period]:
                found[key] = row["attainment"]
        return found

    @cached_property
    def _months(self):
        """:return: dict user → whole months in sales at the end of the period"""
        first = {}
        for member in self._members:
            user = member.user_id.sudo(False)
            day = (
                member.sales_start_date
                or fields.Datetime.context_timestamp(
                    member.with_context(tz=self.company.sales_tz), member.create_date
                ).date()
            )
            first[user] = min(first.get(user, day), day)
        return {user: self._count_months(day) for user, day in first.items()}

    def _count_months(self, day):
        """:return: whole months from a day to the end of the period, that included"""
        span = relativedelta(self.period.end + relativedelta(days=1), day)
        return max(12 * span.years + span.months, 0)

    @cached_property
    def _with_something_open(self):
        """:return: the people for whom something is open"""
        return self.honour._get_users_with_something_open()

    @cached_property
    def _excellent(self):
        """:return: the people whose appraisal for the period is excellent"""
        # sudo: only who; the conditions of an election name nothing else.
        appraisals = self.env["sales.appraisal"].sudo()
        told = appraisals.search(
            [
                ("company_id", "=", self.company.id),
                ("date_from", "=", self.period.start),
                ("date_to", "=", self.period.end),
                ("told_at", "!=", False),
                ("is_current", "=", True),
            ]
        )
        return told.filtered("is_excellent").user_id.sudo(False)

    def _prepare(self, key, value):
        """:return: the values of a nominee"""
        honour = self.honour
        is_team = honour.kind == "team"
        members = self._by_team[key] if is_team else key
        row = {
            "honour_id": honour.id,
            "team_id": key.id if is_team else False,
            "user_id": False if is_team else key.id,
            "name": key.name,
            "member_ids": members.ids,
            "member_names": ", ".join(members.mapped("name")) if is_team else False,
            "value": value,
            "rank": 0,
        }
        reasons = []
        if honour.min_attainment:
            row["attainment"] = self._attainments.get(key) or 0
            if row["attainment"] < honour.min_attainment:
                reasons.append(self.env._("The target is not attained far enough."))
        if not is_team:
            row["months"] = self._months.get(key, 0)
            if row["months"] < honour.min_months:
                reasons.append(self.env._("Not long enough in sales."))
            if honour.is_excellent_only and key not in self._excellent:
                reasons.append(self.env._("The appraisal is not excellent."))
            if honour.nothing_open and key in self._with_something_open:
                # Not what: there may be more than one reason, and some are secret.
                reasons.append(self.env._("Something is still open."))
        row["is_eligible"] = not reasons
        row["reason"] = " ".join(reasons)
        return row
