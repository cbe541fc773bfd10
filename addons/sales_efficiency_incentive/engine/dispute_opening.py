# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields
from odoo.exceptions import UserError
from odoo.tools import clean_context, format_date

#: What identifies a line, however often its month is computed
LINE_KEY = (
    "kind",
    "balance",
    "root_id",
    "origin",
    "source",
    "res_id",
    "line_id",
    "match_id",
    "credit_id",
    "event",
)


class DisputeOpening:
    """Opens a dispute of what a published month pays somebody, for the user.

    :param env: environment of the user
    :param assignment: ``sales.incentive.assignment`` record
    :param period: ``sales.incentive.period`` record
    """

    def __init__(self, env, assignment, period):
        self.env = env
        self._assignment = assignment.with_env(env)
        self._period = period.with_env(env)

    def open_line(self, entry, description):
        return self._open(
            description,
            kind="line",
            line_key=self._get_key(entry),
            reference=entry.document_name,
            customer=entry.customer,
            date=entry.date,
            rule_id=entry.rule_id.id,
            explanation=entry.explanation,
            amount=entry.amount,
        )

    def open_missing(self, reference, description):
        if not self._assignment or not self._period:
            raise UserError(self.env._("Choose the plan and the published month."))
        self._assignment.check_access("read")
        if not (reference or "").strip():
            raise UserError(
                self.env._("Name the order, the invoice or the customer's document.")
            )
        return self._open(description, kind="missing", reference=reference.strip())

    @staticmethod
    def _get_key(entry):
        """Return the key of an entry, as JSON keeps it."""
        key = {name: entry[name] for name in LINE_KEY}
        return key | {"origin": fields.Date.to_string(entry.origin)}

    def _open(self, description, **values):
        self._check(values)
        company = self._period.company_id
        # sudo: people open disputes by this class alone, which has checked that they
        # may; without the defaults of the client.
        program = self.env(su=True, context=clean_context(self.env.context))
        return program["sales.incentive.dispute"].create(
            {
                "period_id": self._period.id,
                "assignment_id": self._assignment.id,
                "description": description,
                "date_deadline": company._get_sales_working_day_after(
                    company._get_sales_today(), company.sales_incentive_dispute_days
                ),
                **values,
            }
        )

    def _check(self, values):
        disputes = self.env["sales.incentive.dispute"]
        if not disputes._may_open(self._assignment.user_id):
            raise UserError(
                self.env._(
                    "Only %s can dispute this pay.", self._assignment._get_payee_name()
                )
            )
        # sudo: whether the plan is confidential, whoever may read it.
        if self._assignment.sudo().plan_id.is_confidential:
            raise UserError(
                self.env._(
                    "Those who decide on disputes do not read what this plan pays. Talk"
                    " to HR."
                )
            )
        if self._period.company_id != self._assignment.company_id:
            raise UserError(self.env._("Choose a month of the same company."))
        self._check_month()
        if self._is_disputed(values):
            raise UserError(self.env._("There is an open dispute about this already."))

    def _check_month(self):
        period = self._period
        if period.state != "published":
            raise UserError(
                self.env._(
                    "%s cannot be disputed: only published months can, until they are"
                    " approved.",
                    period.display_name,
                )
            )
        if not period.can_dispute:
            raise UserError(
                self.env._(
                    "%(month)s could be disputed until %(day)s. Ask an incentive"
                    " officer for an adjustment.",
                    month=period.display_name,
                    day=format_date(self.env, period.dispute_deadline),
                )
            )

    def _is_disputed(self, values):
        # sudo: whether there is one, also of those whom the user does not see.
        disputes = self.env["sales.incentive.dispute"].sudo()
        found = disputes.search(
            [
                ("assignment_id", "=", self._assignment.id),
                ("period_id", "=", self._period.id),
                ("state", "=", "open"),
                ("kind", "=", values["kind"]),
            ]
        )
        name = "line_key" if values["kind"] == "line" else "reference"
        return values[name] in found.mapped(name)
