# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Reads the terms of records for the computation."""

from decimal import Decimal

from .fiscal_calendar import FiscalCalendar
from .returns import ReturnTerms
from .terms import AssignmentTerms, DrawTerms, PlanTerms, RuleTerms

HUNDRED = Decimal(100)


def to_decimal(value):
    """Return the decimal that people see, not the nearest binary fraction.

    >>> to_decimal(0.1) + to_decimal(0.2)
    Decimal('0.3')
    """
    return Decimal(str(value))


def to_factor(percent):
    return to_decimal(percent) / HUNDRED


def to_limit(amount):
    """0 is no limit."""
    return to_decimal(amount) if amount else None


def read_rule(rule):
    """:return: the :class:`.RuleTerms` of a rule, which need not be saved"""
    id_ = rule._origin.id or 0
    is_percent = rule.unit_of_rate == "percent"
    rate = to_factor if is_percent else to_decimal
    bound = to_factor if rule.unit_of_bound == "percent" else to_decimal
    return RuleTerms(
        id=id_,
        root_id=rule.root_id or id_,
        kind=rule.kind,
        rate_by=rule.rate_by,
        rate_mode=rule.rate_mode,
        rate_unit=rule.rate_unit,
        reach=rule.reach,
        rate=rate(rule.rate),
        tiers=tuple(
            (bound(tier.bound), rate(tier.rate))
            for tier in rule.tier_ids.sorted("bound")
        ),
        curve=rule.curve,
        interval=rule.interval,
        # A pool is shared when the interval is over.
        attainment="whole" if rule.kind == "pool" else rule.attainment,
        condition_attainment=(
            to_factor(rule.condition_attainment) if rule.condition_attainment else None
        ),
        cap_document=to_limit(rule.cap_document),
        cap_document_mode=rule.cap_document_mode,
        cap_month=to_limit(rule.cap_month),
        cap_month_mode=rule.cap_month_mode,
        cap_interval=to_limit(rule.cap_interval),
        cap_interval_mode=rule.cap_interval_mode,
        minimum_document=to_limit(rule.minimum_document),
        minimum_month=to_limit(rule.minimum_month),
        minimum_interval=to_limit(rule.minimum_interval),
        paid=rule.paid,
        holdback=to_factor(rule.holdback),
        holdback_months=rule.holdback_months,
        unpaid_days=rule.unpaid_days or None,
        pool_basis=rule.pool_basis,
        pool_split=rule.pool_split,
    )


def read_version(version):
    """:return: the :class:`.PlanTerms` of a version"""
    return PlanTerms(
        id=version.id,
        date_from=version.date_from,
        rules=tuple(map(read_rule, version.rule_ids)),
        interval=version.interval,
        cap_month=to_limit(version.cap_month),
        cap_month_mode=version.cap_month_mode,
        cap_interval=to_limit(version.cap_interval),
        cap_interval_mode=version.cap_interval_mode,
        guarantee_month=to_limit(version.guarantee_month),
        returns=ReturnTerms(
            days=version.return_days or None,
            steps=tuple(
                (step.days, to_factor(step.share))
                for step in version.return_step_ids.sorted("days")
            ),
        ),
        release_days=version.release_days,
    )


def read_calendar(company):
    return FiscalCalendar(int(company.fiscalyear_last_month) % 12 + 1)


def read_assignment(assignment, versions):
    """:return: the :class:`.AssignmentTerms` of an assignment

    :param versions: the :class:`.PlanTerms` of its plan, see there; they are the same
        for all assignments to the plan
    """
    company = assignment.company_id
    draw = None
    if assignment.draw_amount:
        draw = DrawTerms(
            amount=to_decimal(assignment.draw_amount),
            recoverable=assignment.draw_recoverable,
            months=assignment.draw_months or None,
            limit=to_limit(assignment.draw_limit),
        )
    return AssignmentTerms(
        id=assignment.id,
        date_from=assignment.date_from,
        date_to=assignment.date_to or None,
        versions=tuple(versions),
        target_incentive=to_decimal(assignment.target_incentive),
        draw=draw,
        calendar=read_calendar(company),
        step=to_decimal(company.currency_id.rounding),
    )
