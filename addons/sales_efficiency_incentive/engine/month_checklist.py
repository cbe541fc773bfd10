# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from dataclasses import dataclass
from functools import cached_property

from odoo.exceptions import UserError
from odoo.fields import Domain

from odoo.addons.sales_efficiency_base.tools import open_records

from .hand_postings import HandPostings
from .month_computation import MonthComputation
from .month_order import MonthOrder

#: Window actions of what the lines count
ACTIONS = {
    "account.move.line": "account.action_account_moves_all",
    "sales.fact": "sales_efficiency_base.sales_fact_action",
    **{
        f"sales.incentive.{name}": (
            f"sales_efficiency_incentive.sales_incentive_{name}_action"
        )
        for name in (
            "acceptance",
            "change",
            "dispute",
            "entry",
            "exception",
            "period",
            "statement",
        )
    },
}
LIST_FIRST = [(False, "list"), (False, "pivot")]


@dataclass
class Check:
    """A line of the checklist: what it counts, and which records it opens"""

    code: str
    label: str
    count: int
    model: str
    domain: list
    #: whether the month cannot be closed before
    is_required: bool = False

    @property
    def status(self):
        if not self.count:
            return "done"
        return "required" if self.is_required else "look"


class MonthChecklist:
    """What to look at before a month is closed (policy 4.4.1).

    The number of queries does not depend on how many people are paid.

    :param period: ``sales.incentive.period`` record
    """

    def __init__(self, period):
        self.env = period.env
        # sudo: who may read the checklist reads all of the company's months, and what
        # its lines open obeys the rights of the reader.
        self._period = period.sudo()
        self._company = self._period.company_id

    def describe(self):
        """:return: list of dicts, one for each line, for the client"""
        return [
            {
                "code": check.code,
                "label": check.label,
                "count": check.count,
                "status": check.status,
                "text": self._get_statuses()[check.status],
                "can_open": self.env[check.model].has_access("read"),
            }
            for check in self._checks
        ]

    def open(self, code):
        """:return: the action that opens what a line has counted"""
        check = next((check for check in self._checks if check.code == code), None)
        if check is None:
            raise UserError(self.env._("There is no such line. Reload the page."))
        views = {}
        if code == "unearned":
            views = {"view_mode": "list,pivot", "views": LIST_FIRST}
        action = ACTIONS[check.model]
        return open_records(self.env, action, check.domain, name=check.label, **views)

    def _get_statuses(self):
        return {
            "done": self.env._("Done"),
            "look": self.env._("Look at it"),
            "required": self.env._("To do first"),
        }

    @cached_property
    def _checks(self):
        return [
            self._check_changes(),
            self._check_earlier(),
            self._check_letters(),
            *self._check_exceptions(),
            self._check_disputes(),
            self._check_unearned(),
            self._check_jumps(),
            self._check_late(),
            self._check_books(),
        ]

    # ------------------------------------------------------------------
    # Lines
    # ------------------------------------------------------------------

    def _check_changes(self):
        domain = Domain("is_new", "=", True) & Domain(
            "company_id", "in", [self._company.id, False]
        )
        count = self._count("sales.fact.queue", Domain.TRUE)
        return self._make(
            "changes",
            self.env._("Changes not computed yet"),
            "sales.incentive.change",
            domain,
            count + self._count("sales.incentive.change", domain),
            is_required=True,
        )

    def _check_earlier(self):
        earlier = MonthOrder(self._period).find_unlocked()
        return self._make(
            "earlier",
            self.env._("Earlier months not locked"),
            "sales.incentive.period",
            Domain("id", "in", earlier.ids),
            len(earlier),
            is_required=True,
        )

    def _check_letters(self):
        period = self._period
        domain = Domain(
            [
                ("company_id", "=", self._company.id),
                ("state", "=", "open"),
                ("version_id.date_from", "<=", period.date_to),
                ("assignment_id.date_from", "<=", period.date_to),
            ]
        ) & (
            Domain("assignment_id.date_to", "=", False)
            | Domain("assignment_id.date_to", ">=", period.month)
        )
        return self._make(
            "letters",
            self.env._("Plan letters not accepted"),
            "sales.incentive.acceptance",
            domain,
            self._count("sales.incentive.acceptance", domain),
        )

    def _check_exceptions(self):
        labels = {
            "no_target": self.env._("People without a target"),
            "leaver_owes": self.env._("Leavers who owe"),
            "no_members": self.env._("Pools that nobody shares"),
            "no_shares": self.env._("Pools to share by hand"),
        }
        counts = dict(
            self._period.env["sales.incentive.exception"]._read_group(
                [("period_id", "=", self._period.id)], ["code"], ["__count"]
            )
        )
        for code, label in labels.items():
            domain = Domain("period_id", "=", self._period.id)
            yield self._make(
                code,
                label,
                "sales.incentive.exception",
                domain & Domain("code", "=", code),
                counts.get(code, 0),
            )

    def _check_disputes(self):
        domain = (
            Domain("period_id", "=", self._period.id)
            & Domain("state", "=", "open")
            & Domain("is_overruled", "=", False)
        )
        return self._make(
            "disputes",
            self.env._("Open disputes"),
            "sales.incentive.dispute",
            domain,
            self._count("sales.incentive.dispute", domain),
            is_required=True,
        )

    def _check_unearned(self):
        figures = MonthComputation(self._period).find_unearned()
        return self._make(
            "unearned",
            self.env._("Sales nobody earns"),
            "sales.fact",
            Domain("id", "in", [id_ for id_, _document in figures]),
            len({tuple(document) for _id, document in figures}),
        )

    def _check_jumps(self):
        # Their number would tell about confidential plans, which pay once a year.
        statements = self._period.env["sales.incentive.statement"].search(
            [
                ("period_id", "=", self._period.id),
                ("plan_id.is_confidential", "=", False),
            ]
        )
        bound = self._company.sales_incentive_jump
        unusual = statements.filtered(lambda one: abs(one.jump) > bound)
        return self._make(
            "jumps",
            self.env._("Unusual changes of pay"),
            "sales.incentive.statement",
            Domain("id", "in", unusual.ids),
            len(unusual),
        )

    def _check_late(self):
        domain = Domain("period_id", "=", self._period.id)
        domain &= Domain("is_changed", "=", True)
        return self._make(
            "late",
            self.env._("Changed after publishing"),
            "sales.incentive.entry",
            domain,
            self._count("sales.incentive.entry", domain),
        )

    def _check_books(self):
        lines = HandPostings(self._company).find()
        return self._make(
            "books",
            self.env._("Accruals and advances posted by hand"),
            lines._name,
            Domain("id", "in", lines.ids),
            len(lines),
        )

    def _make(self, code, label, model, domain, count, is_required=False):
        return Check(code, label, count, model, list(domain), is_required)

    def _count(self, model, domain):
        return self._period.env[model].search_count(domain)
