# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from collections import defaultdict
from typing import NamedTuple

from odoo.tools import format_date

from odoo.addons.sales_efficiency_base.tools import Period, format_period, take_turns

from .budget_check import BudgetCheck
from .typed_claims import TypedClaims

STATUSES = ("none", "ok", "warning", "exceeded")
EFFECTS = ("inform", "approval", "block")


class Finding(NamedTuple):
    """What a claim does not keep to."""

    rule: object
    text: str


class Verdict(NamedTuple):
    """What the check of a claim has found.

    :param stands: list of :class:`.BudgetStand`: the budgets over the claim
    :param findings: list of :class:`.Finding`
    """

    stands: list
    findings: list

    @property
    def status(self):
        return max((s.status for s in self.stands), key=STATUSES.index, default="none")

    @property
    def worst(self):
        """The budget of which least is left."""
        return min(
            self.stands,
            key=lambda stand: (-STATUSES.index(stand.status), stand.left_after),
            default=None,
        )

    def get_findings(self, effect):
        return [finding for finding in self.findings if finding.rule.effect == effect]


class ClaimCheck:
    """Checks claims against their budgets and the rules (policy 5.3.2), in a number of
    queries that depends neither on them nor on the documents.

    :param claims: ``hr.expense`` records, saved or not, as superuser: whoever shows the
        result decides who sees it
    :param bool in_turn: whether they are submitted, one after the other; see
        :class:`.BudgetCheck`
    """

    def __init__(self, claims, in_turn=False):
        self.env = claims.env
        self._claims, self._in_turn = claims, in_turn

    def run(self):
        """:return: dict claim -> :class:`.Verdict`, of claims that are sales
        expenses"""
        outlays = TypedClaims(self.env).get_outlays(self._claims)
        if not outlays:
            return {}
        stands = BudgetCheck(self.env).check(outlays, self._in_turn)
        self._seen = self._claims._get_seen_budgets(stands)
        parts = defaultdict(list)
        for outlay in outlays:
            parts[outlay.key].append(outlay)
        self._shares = {claim: self._share(claim, own) for claim, own in parts.items()}
        self._rules = self._find_rules()
        self._totals = self._find_totals()
        return {
            claim: Verdict(
                stands[claim],
                [
                    Finding(rule, text)
                    for rule in self._sort(rules)
                    for text in self._judge(rule, claim, stands[claim])
                ],
            )
            for claim, rules in self._rules.items()
        }

    def _share(self, claim, parts):
        """:return: dict kind id -> what of the claim is of the kind, with tax"""
        whole = claim.sales_expense_amount
        shares = defaultdict(float)
        for part in parts:
            share = part.amount / whole if whole else 1.0
            shares[part.kind_id] += claim.total_amount * share
        return shares

    def _find_rules(self):
        """Look up the rules for each kind of each claim.

        :return: dict claim -> dict rule -> set of ids of the kinds that it is for
        """
        claims = self._claims.browse().concat(*self._shares)
        rules = self.env["sales.expense.rule"]._find(claims.company_id)
        kinds = self.env["sales.expense.kind"].browse(
            {id_ for shares in self._shares.values() for id_ in shares}
        )
        kinds.mapped("parent_path")
        found = {claim: defaultdict(set) for claim in claims}
        for claim, shares in self._shares.items():
            for id_ in shares:
                for rule in rules._choose(
                    claim.company_id, kinds.browse(id_), claim.employee_id.job_id
                ):
                    found[claim][rule].add(id_)
        return found

    def _sort(self, rules):
        return self.env["sales.expense.rule"].concat(*rules).sorted()

    def _get_amount(self, rule, claim):
        """:return: what of a claim a rule looks at, with tax"""
        shares = self._shares[claim]
        return sum(shares[id_] for id_ in self._rules[claim][rule])

    def _find_totals(self):
        """Look up what was claimed already, if a rule asks for it."""
        asking = [
            claim
            for claim, rules in self._rules.items()
            if any(rule.condition in ("day", "month") for rule in rules)
        ]
        if not asking:
            return {}
        if self._in_turn:
            # They may claim twice at once, also where there is no budget.
            take_turns(self.env["hr.employee"].concat(*(c.employee_id for c in asking)))
        days = [claim.date for claim in asking]
        return TypedClaims(self.env).get_totals(
            self._claims.browse().concat(*asking),
            Period.month(min(days)).start,
            Period.month(max(days)).end,
        )

    # ------------------------------------------------------------------
    # Rules
    # ------------------------------------------------------------------

    def _judge(self, rule, claim, stands):
        """:return: iterable of texts that say what is wrong"""
        return getattr(self, f"_judge_{rule.condition}")(rule, claim, stands)

    def _judge_budget(self, rule, claim, stands):
        kind_ids = self._rules[claim][rule]
        for stand in stands:
            if stand.status == "exceeded" and not kind_ids.isdisjoint(stand.kind_ids):
                yield self.describe(claim, stand)

    def _judge_claim(self, rule, claim, _stands):
        amount = self._get_amount(rule, claim)
        if self._is_above(rule, amount):
            yield self.env._(
                "The claim of %(amount)s is above %(limit)s.",
                amount=self._format(claim, amount),
                limit=self._format(claim, rule.amount),
            )

    def _judge_head(self, rule, claim, _stands):
        heads = 1 + len(claim.sales_attendee_ids)
        amount = self._get_amount(rule, claim) / heads
        if self._is_above(rule, amount):
            yield self.env._(
                "%(amount)s per head is above %(limit)s.",
                amount=self._format(claim, amount),
                limit=self._format(claim, rule.amount),
            )

    def _judge_day(self, rule, claim, _stands):
        amount = self._get_total(rule, claim, Period(claim.date, claim.date))
        if self._is_above(rule, amount):
            yield self.env._(
                "%(amount)s on %(day)s is above %(limit)s a day.",
                amount=self._format(claim, amount),
                day=format_date(self.env, claim.date),
                limit=self._format(claim, rule.amount),
            )

    def _judge_month(self, rule, claim, _stands):
        month = Period.month(claim.date)
        amount = self._get_total(rule, claim, month)
        if self._is_above(rule, amount):
            yield self.env._(
                "%(amount)s in %(month)s is above %(limit)s a month.",
                amount=self._format(claim, amount),
                month=format_period(self.env, month.start),
                limit=self._format(claim, rule.amount),
            )

    def _judge_receipt(self, rule, claim, _stands):
        if not claim.nb_attachment and self._is_claim_above(rule, claim):
            yield self.env._("Attach a receipt.")

    def _judge_customer(self, rule, claim, _stands):
        if not claim.sales_partner_id and self._is_claim_above(rule, claim):
            yield self.env._("Name the customer.")

    def _judge_attendees(self, rule, claim, _stands):
        if not claim.sales_attendee_ids and self._is_claim_above(rule, claim):
            yield self.env._("Name the attendees.")

    def _judge_campaign(self, rule, claim, _stands):
        if not claim.campaign_id and self._is_claim_above(rule, claim):
            yield self.env._("Name the campaign.")

    def _judge_age(self, rule, claim, _stands):
        age = (claim.company_id._get_sales_today() - claim.date).days
        if age > rule.days:
            yield self.env._(
                "The expense is %(age)s days old, more than %(days)s.",
                age=age,
                days=rule.days,
            )

    def _is_claim_above(self, rule, claim):
        return self._is_above(rule, self._get_amount(rule, claim))

    def _is_above(self, rule, amount):
        return rule.currency_id.compare_amounts(amount, rule.amount) > 0

    def _get_total(self, rule, claim, period):
        """:return: what the person has claimed in a period, with this claim"""
        return self._get_amount(rule, claim) + sum(
            amount
            for company_id, day, kind_id, amount in self._get_others(claim)
            if company_id == claim.company_id.id
            and period.start <= day <= period.end
            and self._is_of_kind(kind_id, rule.kind_id)
        )

    def _get_others(self, claim):
        """:return: iterable of (company id, day, kind id, amount) of other claims"""
        own_id = claim._origin.id
        for claim_id, *row in self._totals.get(claim.employee_id._origin.id, ()):
            if not claim_id or not self._in_turn and claim_id != own_id:
                yield row
        for other, shares in self._shares.items() if self._in_turn else ():
            if other == claim:
                break
            if other.employee_id == claim.employee_id:
                for kind_id, amount in shares.items():
                    yield other.company_id.id, other.date, kind_id, amount

    def _is_of_kind(self, kind_id, wanted):
        if not wanted:
            return bool(kind_id)
        # A handful of kinds, read at once
        kind = self.env["sales.expense.kind"].browse(kind_id)
        return str(wanted.id) in (kind.parent_path or "").split("/")

    # ------------------------------------------------------------------
    # Words
    # ------------------------------------------------------------------

    def get_name(self, stand):
        """:return: what a budget is for, in short"""
        return self.env["sales.target"].browse(stand.target_id)._get_scope_name()

    def is_seen(self, claim, stand):
        """:return: whether the user may see the figures of a budget"""
        return stand.target_id in self._seen[claim]

    def _describe_unseen(self, stand):
        if stand.status == "exceeded":
            return self.env._("A budget of others is exceeded with this claim.")
        if stand.status == "warning":
            return self.env._("A budget of others is nearly used with this claim.")
        return self.env._("The claim is within a budget of others.")

    def describe(self, claim, stand):
        """:return: one sentence about a budget after the claim"""
        if stand is None:
            return self.env._("No budget covers this claim.")
        if not self.is_seen(claim, stand):
            return self._describe_unseen(stand)
        values = {
            "budget": self.get_name(stand),
            "left": self._format(claim, stand.left_after),
        }
        if stand.status == "exceeded":
            return self.env._(
                "%(budget)s: exceeded by %(amount)s with this claim.",
                budget=values["budget"],
                amount=self._format(claim, -stand.left_after),
            )
        if stand.status == "warning":
            return self.env._(
                "%(budget)s: %(percent)s used with this claim, %(left)s left.",
                percent=self.format_percent(stand.percent),
                **values,
            )
        return self.env._("%(budget)s: %(left)s left after this claim.", **values)

    def format_percent(self, percent):
        return self.env._(
            "%(percent)s %%", percent=f"{percent:.2f}".rstrip("0").rstrip(".")
        )

    def _format(self, claim, amount):
        return claim.company_currency_id.format(amount)
