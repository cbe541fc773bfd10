# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date

from odoo import Command

from .common import SalesIncentiveCommon


class IncentiveLedgerCommon(SalesIncentiveCommon):
    """Approved terms from January 2026 on: 10 % of the ordered amount, own sales."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.periods = cls.env["sales.incentive.period"]
        cls.entries = cls.env["sales.incentive.entry"]

    @classmethod
    def _start_plan(cls, user=None, date_from=date(2026, 1, 1), terms=None, **rule):
        """Approve a plan with one rule, and assign a person to it.

        :param dict terms: values of the version
        :param rule: values of the rule
        :return: the assignment
        """
        plan = cls.env["sales.incentive.plan"].create(
            {"name": "Test Plan", "company_id": cls.company.id}
        )
        cls._put_into_effect(plan, date_from, terms, **rule)
        return cls.env["sales.incentive.assignment"].create(
            {
                "plan_id": plan.id,
                "user_id": (user or cls.salesperson).id,
                "date_from": date_from,
            }
        )

    @classmethod
    def _put_into_effect(cls, plan, date_from, terms=None, **rule):
        """Approve a version of a plan, which continues the latest one if any."""
        latest = plan.version_ids.sorted("date_from")[-1:]
        if latest:
            version = latest.copy({"date_from": date_from, **(terms or {})})
            version.rule_ids.write(rule)
        else:
            rule = {
                "name": "Commission",
                "metric_id": cls.ordered.id,
                "rate": 10,
                **rule,
            }
            version = cls.env["sales.incentive.version"].create(
                {
                    "plan_id": plan.id,
                    "date_from": date_from,
                    "rule_ids": [Command.create(rule)],
                    **(terms or {}),
                }
            )
        return cls._approve(version)

    @classmethod
    def _compute(cls):
        """Do what the jobs do."""
        cls.env["sales.mart"]._refresh()
        cls.periods._follow()
        cls.env.flush_all()

    @classmethod
    def _period(cls, month):
        return cls.periods.search(
            [("company_id", "=", cls.company.id), ("month", "=", date(2026, month, 1))]
        )

    @classmethod
    def _lock(cls, *months):
        """Publish, approve and lock months of 2026."""
        cls._compute()
        for month in months:
            period = cls._period(month)
            period.with_user(cls.officer).action_publish()
            cls.env.invalidate_all()
            period.with_user(cls.director).action_approve()
            period.with_user(cls.finance).action_lock()
            cls.env.invalidate_all()

    def _get_entries(self, month, assignment=None):
        """Return kind, balance and amount of the entries booked in a month."""
        domain = [("month", "=", date(2026, month, 1))]
        if assignment:
            domain.append(("assignment_id", "=", assignment.id))
        return [
            (entry.kind, entry.balance, entry.amount)
            for entry in self.entries.search(domain, order="assignment_id, id")
        ]

    def _get_paid(self, month, assignment=None):
        entries = self._get_entries(month, assignment)
        return round(sum(row[2] for row in entries if row[1] == "payable"), 2)

    def _invoice(self, order, day):
        invoice = order._create_invoices()
        invoice.invoice_date = day
        invoice.action_post()
        return invoice

    def _credit(self, invoice, day, quantity=None):
        """Reverse an invoice, or a quantity of its lines."""
        wizard = (
            self.env["account.move.reversal"]
            .with_context(active_model="account.move", active_ids=invoice.ids)
            .create({"date": day, "journal_id": invoice.journal_id.id})
        )
        refund = self.env["account.move"].browse(wizard.refund_moves()["res_id"])
        refund.invoice_date = day
        if quantity is not None:
            refund.invoice_line_ids.quantity = quantity
        refund.action_post()
        return refund

    def _pay(self, invoice, amount, day):
        return (
            self.env["account.payment.register"]
            .with_context(active_model="account.move", active_ids=invoice.ids)
            .create({"amount": amount, "payment_date": day})
            ._create_payments()
        )
