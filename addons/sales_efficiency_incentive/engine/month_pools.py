# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from collections import defaultdict
from datetime import datetime
from decimal import Decimal, localcontext

from odoo.tools import SQL

from .attainment_reader import AttainmentReader
from .credit import Credit, expand_places, get_place_of_person, get_places_of_rule
from .credited_lines import CreditedLines
from .fiscal_calendar import last_day, next_month
from .money import CONTEXT, Money
from .pool import Member, Pool
from .shared_pool import SharedPool
from .terms_reader import read_assignment, read_calendar, to_decimal

ZERO = Decimal(0)


class MonthPools:
    """Shares out the pools of a month, for everybody at once (policy 4.4.3).

    A pool is shared out in the month in which its interval ends, among the people of
    the plan who are in its team. If documents or terms of an earlier interval have
    changed, its pool is shared out again among those who shared it then, and the
    difference is booked. The number of queries does not depend on that of pools.

    :param period: ``sales.incentive.period`` record, whoever may see it
    :param dict versions: plan → its approved versions, the earliest first
    :param dict plan_terms: plan → the :class:`.PlanTerms` of these versions
    """

    #: whether imported history counts
    _with_history = False

    def __init__(self, period, versions, plan_terms):
        self.env = period.env
        self._period = period
        self._company = period.company_id
        self._month = period.month
        self._versions = versions
        self._plan_terms = plan_terms
        self._calendar = read_calendar(self._company)
        self._money = Money(to_decimal(self._company.currency_id.rounding))
        #: assignment id → root → month → :class:`.Grant`
        self.grants = defaultdict(lambda: defaultdict(dict))
        #: (split, first day, last day) → user id → weight
        self._weights = {}

    def share_out(self):
        """Share out all pools, and keep how.

        :return: the ids of the assignments whose shares have changed
        """
        rows, exceptions = self.compute()
        self.env["sales.incentive.exception"]._replace_of_pools(
            self._period, exceptions
        )
        return self.env["sales.incentive.pool"]._replace(self._period, rows)

    def compute(self):
        """Share out all pools, without keeping how.

        :return: the rows that say how, and pairs of id of a rule and code of what keeps
            its pool from being shared
        """
        rows, exceptions = [], []
        with localcontext(CONTEXT):
            pools = self._find_pools()
            self._gather(pools)
            for pool in pools:
                rows += self._share(pool)
                if pool.origin == self._month and (code := self._find_lack(pool)):
                    exceptions.append((pool.terms.id, code))
        return rows, exceptions

    # ------------------------------------------------------------------
    # Which pools
    # ------------------------------------------------------------------

    def _find_pools(self):
        if not any(
            rule.kind == "pool"
            for versions in self._plan_terms.values()
            for version in versions
            for rule in version.rules
        ):
            return []
        return [*self._find_earlier(), *self._find_ending(self._month)]

    def _find_ending(self, month):
        """Yield the pools whose interval ends with a month."""
        for plan, versions in self._plan_terms.items():
            begun = [version for version in versions if version.date_from <= month]
            for rule in begun[-1].rules if begun else ():
                months = self._calendar.months(rule.interval, month)
                if rule.kind == "pool" and months[-1] == month:
                    yield self._make_pool(plan, begun[-1], rule, months)

    def _make_pool(self, plan, version, rule, months):
        record = self.env["sales.incentive.rule"].browse(rule.id)
        credit = Credit(
            assignment_id=0,
            root_id=rule.root_id,
            rule_id=rule.id,
            metric_id=record.metric_id.id,
            company_id=self._company.id,
            date_from=months[0],
            date_to=last_day(months[-1]),
            share=Decimal(1),
            places={},
        )
        return SharedPool(plan, version.id, record, rule, months, credit)

    def _find_earlier(self):
        """Yield the pools of earlier months that may have to be corrected."""
        periods = self.env["sales.incentive.period"].search(
            [("company_id", "=", self._company.id), ("month", "<", self._month)]
        )
        month = self._get_since(periods)
        if month == self._month:
            return
        known = self.env["sales.incentive.pool"]._read_shares(self._period, month)
        locked_at = {
            period.month: period.locked_at and (period.computed_at or period.locked_at)
            for period in periods
        }
        while month < self._month:
            for pool in self._find_ending(month):
                shares = known.get(pool.key)
                if shares:
                    self._remember(pool, shares)
                    yield pool
                elif self._approved_at(pool) >= (
                    locked_at.get(month, datetime.min) or datetime.max
                ):
                    # Terms of a month that is locked, or older than the ledger
                    yield pool
            month = next_month(month)

    def _get_since(self, periods):
        """Return the first month whose pools may differ from what is booked."""
        [[changed]] = self.env.execute_query(
            SQL(
                "SELECT date_trunc('month', MIN(date_from))::date"
                "  FROM sales_incentive_change"
                " WHERE company_id = %s AND date_from < %s",
                self._company.id,
                self._month,
            )
        )
        locked = periods.filtered("locked_at")
        computed = (period.computed_at or period.locked_at for period in locked)
        locked_at = max(computed, default=datetime.min)
        months = [
            version.date_from
            for versions in self._versions.values()
            for version in versions
            if (version.approved_at or version.create_date) >= locked_at
        ]
        return min(filter(None, [self._month, changed, *months]))

    def _approved_at(self, pool):
        version = self.env["sales.incentive.version"].browse(pool.version_id)
        if version.state != "approved":
            return datetime.max  # A draft would be approved now.
        return version.approved_at or version.create_date

    def _remember(self, pool, shares):
        """Have those share a pool who have shared it before.

        Their days stay, and their weights, unless other terms decide about those.
        """
        pool.booked = {share.member.assignment_id: share.amount for share in shares}
        assignments = self.env["sales.incentive.assignment"].browse(pool.booked)
        for assignment, share in zip(assignments, shares, strict=True):
            member = share.member
            is_set = pool.terms.pool_split == "hand"
            if share.version_id != pool.version_id and not is_set:
                weight = self._get_weight(pool, assignment)
                member = member._replace(weight=weight)
            pool.members[assignment.id] = member

    # ------------------------------------------------------------------
    # What is known of them
    # ------------------------------------------------------------------

    def _gather(self, pools):
        """Read members, attainments and sales of all pools together."""
        if not pools:
            return
        expand_places(
            self.env, [(pool.credit, get_places_of_rule(pool.rule)) for pool in pools]
        )
        self._find_members([pool for pool in pools if pool.booked is None])
        self._read_attainments(pools)
        self._add_up(pools)

    def _find_members(self, pools):
        if not pools:
            return
        assignments = self._find_assignments(pools)
        teams = self._read_teams(assignments)
        by_hand = self.env["sales.incentive.pool.division"]._get_shares(
            [pool.terms.root_id for pool in pools if pool.terms.pool_split == "hand"]
        )
        for pool in pools:
            shares = by_hand.get((pool.terms.root_id, pool.months[0]), {})
            for assignment in assignments:
                if pool.terms.pool_split == "hand":
                    weight = shares.get(assignment.id)
                elif pool.is_member(assignment, teams):
                    weight = self._get_weight(pool, assignment)
                else:
                    weight = None
                days = pool.count_days(assignment, self._get_start(assignment))
                if weight is not None and days:
                    pool.members[assignment.id] = Member(assignment.id, weight, days)

    def _find_assignments(self, pools):
        plans = self.env["sales.incentive.plan"].union(*(pool.plan for pool in pools))
        found = self.env["sales.incentive.assignment"].search(
            [
                ("plan_id", "in", plans.ids),
                "|",
                ("date_to", "=", False),
                ("date_to", ">=", min(pool.months[0] for pool in pools)),
            ],
            order="id",
        )
        end = max(last_day(pool.origin) for pool in pools)
        return found.filtered(lambda a: self._get_start(a) <= end)

    def _get_start(self, assignment):
        """Return the day from which an assignment counts."""
        return assignment.date_from

    def _read_teams(self, assignments):
        """Return the teams of people, and those that they serve as sales support: dict
        user id → set of team ids.

        Memberships have no dates. Anyone who has left all teams counts in the last ones
        as long as the assignment lasts.
        """
        teams = defaultdict(set)
        for user_id, team_id in self.env.execute_query(
            SQL(
                """
                SELECT m.user_id, m.crm_team_id FROM crm_team_member m
                 WHERE m.user_id = ANY(%s)
                   AND (m.active OR NOT EXISTS (
                        SELECT FROM crm_team_member other
                         WHERE other.user_id = m.user_id AND other.active))
                 UNION
                SELECT s.user_id, s.team_id FROM crm_team_sales_support_rel s
                 WHERE s.user_id = ANY(%s)
                """,
                assignments.user_id.ids,
                assignments.user_id.ids,
            )
        ):
            teams[user_id].add(team_id)
        return teams

    def _get_weight(self, pool, assignment):
        split = pool.terms.pool_split
        if split == "incentive":
            return to_decimal(assignment.target_incentive)
        if split in ("equal", "contribution"):
            return Decimal(1)
        key = split, pool.months[0], last_day(pool.origin)
        if key not in self._weights:
            self._weights[key] = pool.rule._read_pool_weights(self._company, *key)
        return self._weights[key].get(assignment.user_id.id, ZERO)

    def _read_attainments(self, pools):
        """Read what the teams attain, by one of the members each."""
        reader = AttainmentReader(
            self.env, self._month, self._company._get_sales_today()
        )
        asked = [(pool, min(pool.members)) for pool in pools if pool.members]
        for pool, id_ in asked:
            assignment = self.env["sales.incentive.assignment"].browse(id_)
            terms = read_assignment(assignment, ())
            reader.ask(assignment, terms, pool.rule, pool.terms, pool.origin)
        attainments, _conditions = reader.answer()
        for pool, id_ in asked:
            by_month = attainments[id_][pool.terms.root_id]
            pool.attainment = by_month.get(pool.origin)

    def _add_up(self, pools):
        """Add up what the teams have sold, and what each member has."""
        credits = []
        for pool in pools:
            if pool.terms.pool_basis == "base":
                credits.append((pool, None, pool.credit))
            if pool.splits_by_contribution:
                credits += [
                    (pool, id_, self._make_own(pool, id_)) for id_ in pool.members
                ]
        reader = CreditedLines(
            self.env,
            [credit for *_for, credit in credits],
            with_history=self._with_history,
        )
        sums = reader.add_up()
        for number, (pool, id_, _credit) in enumerate(credits):
            amount = max(sums.get(number, ZERO), ZERO)
            if id_ is None:
                pool.base = amount
            else:
                pool.members[id_] = pool.members[id_]._replace(weight=amount)

    def _make_own(self, pool, id_):
        assignment = self.env["sales.incentive.assignment"].browse(id_)
        credit = pool.credit
        name, ids = get_place_of_person(assignment)
        own = credit.places.get(name, frozenset(ids)) & frozenset(ids)
        return Credit(
            assignment_id=id_,
            root_id=credit.root_id,
            rule_id=credit.rule_id,
            metric_id=credit.metric_id,
            company_id=credit.company_id,
            date_from=max(credit.date_from, self._get_start(assignment)),
            date_to=min(credit.date_to, assignment.date_to or credit.date_to),
            share=credit.share,
            places=credit.places | {name: own},
        )

    # ------------------------------------------------------------------
    # Shares
    # ------------------------------------------------------------------

    def _share(self, pool):
        """Grant the shares of a pool, unless they are booked like that.

        :return: the rows that keep how it is shared
        """
        attainment = pool.attainment
        actual, target = attainment[:2] if attainment else (None, None)
        amount = ZERO
        if target:
            base = pool.base if pool.terms.pool_basis == "base" else None
            amount = max(pool.terms.pool.amount(actual, target, base), ZERO)
        grants = Pool.grants(amount, list(pool.members.values()), self._money)
        if pool.booked == {id_: grant.amount for id_, grant in grants.items()}:
            return []
        for id_, grant in grants.items():
            self.grants[id_][pool.terms.root_id][pool.origin] = grant
        return [
            (
                pool.origin,
                pool.months[0],
                pool.version_id,
                pool.terms.id,
                pool.terms.root_id,
                id_,
                pool.members[id_].days,
                pool.members[id_].weight,
                target,
                actual,
                grant.pool,
                grant.amount,
            )
            for id_, grant in grants.items()
        ]

    @staticmethod
    def _find_lack(pool):
        """Return the code of what keeps a pool from being shared, or None."""
        if not pool.members:
            return "no_shares" if pool.terms.pool_split == "hand" else "no_members"
        return None if pool.attainment and pool.attainment.target else "no_target"
