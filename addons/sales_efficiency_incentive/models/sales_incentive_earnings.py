# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import math
from datetime import date
from decimal import Decimal

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import formatLang

from odoo.addons.sales_efficiency_base.tools import format_period

from ..engine import (
    EstimateText,
    FiscalCalendar,
    OwnMonth,
    QuotationLines,
    RuleProgress,
    WhatIf,
)

# Sales that a person may ask about
MAX_AMOUNT = 1e12
MAX_LINES = 50


class SalesIncentiveEarnings(models.AbstractModel):
    """What the user earns, of their own assignments alone (policy 4.4.1).

    Whoever may see more sees it elsewhere. The number of queries depends on that of
    companies alone.
    """

    _name = "sales.incentive.earnings"
    _description = "My Earnings"

    # ------------------------------------------------------------------
    # My Earnings
    # ------------------------------------------------------------------

    @api.model
    @api.readonly
    def get_data(self, month=None):
        """Return a month of the user's earnings, and the months of the year before it.

        :param str month: one of its days; by default today
        """
        assignments = self._get_assignments()
        month = self._get_month(month)
        today = self.env.company._get_sales_today().replace(day=1)
        return {
            "month": {
                "name": format_period(self.env, month),
                "previous": fields.Date.to_string(month - relativedelta(months=1)),
                "next": month < today
                and fields.Date.to_string(month + relativedelta(months=1)),
            },
            "companies": [
                self._describe_company(company, own, month)
                for company, own in assignments.grouped("company_id").items()
            ],
        }

    @api.model
    @api.readonly
    def get_estimate(self, company_id, amount, rule_id=None):
        """Return what a sale of an amount would bring the user now.

        :param company_id: whose plans; the user has an assignment there
        :param amount: of the sale
        :param rule_id: the only rule that counts it; None: all
        """
        own = OwnMonth(self._get_assignments_of(company_id))
        what_if = WhatIf(own)
        rules = None
        if rule_id:
            rules = self._get_rule(what_if, rule_id)
        estimates = what_if.estimate(self._get_amount(amount), rules)
        return EstimateText(own).describe(estimates)

    # ------------------------------------------------------------------
    # Quotations
    # ------------------------------------------------------------------

    @api.model
    def _estimate_order(self, order):
        """Return what a quotation would bring the user, if it were ordered, invoiced
        and paid in full today.

        :param order: ``sale.order`` record that the user may read
        :return: see ``EstimateText.describe``; None if the user is in no plan
        """
        assignments = self._get_assignments().filtered(
            lambda assignment: assignment.company_id == order.company_id
        )
        if not assignments:
            return None
        # sudo: what others sell decides about tiers; only the own share is told.
        own = OwnMonth(assignments.sudo())
        if not own.assignments:
            return None
        self.env.flush_all()
        lines = own.make_reader(
            QuotationLines, figures=self._select_sold(order, own.today)
        )
        lines.gather_made()
        attained = lines.sum_attained()
        return EstimateText(own).describe(
            {
                id_: own.estimate(id_, lines.lines[id_], attained[id_])
                for id_ in own.terms
                if lines.lines[id_] or attained[id_]
            }
        )

    def _select_sold(self, order, day):
        # sudo: the line items and the share of others of a quotation that is readable.
        source = self.env["sales.fact.source.quotation"].sudo()
        return source._select_sold(order.sudo(), day)

    # ------------------------------------------------------------------
    # Arguments, which may be anything
    # ------------------------------------------------------------------

    def _get_month(self, day):
        today = self.env.company._get_sales_today()
        if day is None:
            return today.replace(day=1)
        try:
            month = fields.Date.to_date(day).replace(day=1)
        except (AttributeError, TypeError, ValueError):
            raise UserError(self.env._("%s is no day.", day)) from None
        if not date(1900, 1, 1) < month <= today:
            raise UserError(self.env._("Choose a month until today."))
        return month

    def _get_amount(self, amount):
        is_number = isinstance(amount, int | float) and not isinstance(amount, bool)
        if not is_number or not math.isfinite(amount) or not 0 < amount <= MAX_AMOUNT:
            raise UserError(
                self.env._(
                    "Enter the amount of a sale, e.g. %s.", formatLang(self.env, 1000)
                )
            )
        return Decimal(str(amount))

    def _get_assignments(self):
        assignments = self.env["sales.incentive.assignment"]
        assignments.check_access("read")
        return assignments.search([("user_id", "=", self.env.uid)], order="id")

    def _get_assignments_of(self, company_id):
        own = self._get_assignments().filtered(
            lambda assignment: assignment.company_id.id == company_id
        )
        if not own:
            raise UserError(self.env._("You are in no plan of this company."))
        # sudo: what others sell and earn decides about what the user earns.
        return own.sudo()

    def _get_rule(self, what_if, rule_id):
        for _assignment, rule, _terms in what_if.get_rules():
            if rule.id == rule_id:
                return rule
        raise UserError(self.env._("This is no rule of your plans."))

    # ------------------------------------------------------------------
    # A company
    # ------------------------------------------------------------------

    def _describe_company(self, company, assignments, month):
        # sudo: everybody may know the currency and the fiscal year of their company.
        company = company.sudo()
        calendar = FiscalCalendar(int(company.fiscalyear_last_month) % 12 + 1)
        first = calendar.months("year", month)[0]
        sums = self._sum_months(company, first, month)
        return {
            "id": company.id,
            "name": company.name,
            "currency": company.currency_id.symbol,
            "amounts": self._describe_amounts(company, sums.get(month, {})),
            "balances": self._describe_balances(company, month),
            "months": self._describe_months(company, sums),
            "total": self._write_amount(
                company, sum(map(self._get_earned, sums.values()))
            ),
            "lines": self._describe_lines(company, month),
            **self._describe_rules(company, assignments, month),
        }

    def _sum_months(self, company, first, month):
        """:return: dict month → balance → amount, the latest month first"""
        sums = {}
        for day, balance, kind, amount in self.env["sales.incentive.entry"]._read_group(
            self._get_domain(company)
            + [("month", ">=", first), ("month", "<=", month)],
            ["month:month", "balance", "kind"],
            ["amount:sum"],
            order="month:month DESC",
        ):
            if kind != "payout":
                found = sums.setdefault(day, {})
                found[balance] = found.get(balance, 0) + amount
        return sums

    def _get_domain(self, company):
        return [("user_id", "=", self.env.uid), ("company_id", "=", company.id)]

    @staticmethod
    def _get_earned(balances):
        return sum(balances.values())

    def _describe_amounts(self, company, balances):
        names = {
            "payable": self.env._("Payable"),
            "waiting": self.env._("Waiting"),
            "capped": self.env._("Carried On"),
            "owed": self.env._("Owed"),
        }
        helps = {
            "payable": self.env._("What this month pays"),
            "waiting": self.env._("Until customers pay, or a holdback ends"),
            "capped": self.env._("Above a cap, for later months"),
            "owed": self.env._("Draws, and what was taken back, until it is repaid"),
        }
        return {
            "earned": self._write_amount(company, self._get_earned(balances)),
            "parts": [
                {
                    "key": key,
                    "name": name,
                    "help": helps[key],
                    "value": self._write_amount(company, balances.get(key, 0)),
                }
                for key, name in names.items()
                if balances.get(key) or key == "payable"
            ],
        }

    def _describe_balances(self, company, month):
        """:return: what is left from all months, beside what is payable"""
        names = {
            "waiting": self.env._("Waiting"),
            "capped": self.env._("Carried On"),
            "owed": self.env._("Owed"),
        }
        sums = dict(
            self.env["sales.incentive.entry"]._read_group(
                self._get_domain(company)
                + [("month", "<=", month), ("balance", "!=", "payable")],
                ["balance"],
                ["amount:sum"],
            )
        )
        return [
            {"name": name, "value": self._write_amount(company, sums[key])}
            for key, name in names.items()
            if sums.get(key)
        ]

    def _describe_months(self, company, sums):
        periods = self.env["sales.incentive.period"].search(
            [("company_id", "=", company.id), ("month", "in", list(sums))]
        )
        states = dict(periods._fields["state"]._description_selection(self.env))
        state_of = {period.month: states[period.state] for period in periods}
        return [
            {
                "date": fields.Date.to_string(month),
                "name": format_period(self.env, month),
                "state": state_of.get(month, ""),
                "earned": self._write_amount(company, self._get_earned(balances)),
                "payable": self._write_amount(company, balances.get("payable", 0)),
            }
            for month, balances in sums.items()
        ]

    def _describe_lines(self, company, month):
        entries = self.env["sales.incentive.entry"].search(
            self._get_domain(company)
            + [("month", "=", month), ("amount", "!=", 0), ("kind", "!=", "payout")],
            order="date DESC, id DESC",
            limit=MAX_LINES,
        )
        kinds = dict(entries._fields["kind"]._description_selection(self.env))
        balances = dict(entries._fields["balance"]._description_selection(self.env))
        return [
            {
                "id": entry.id,
                "kind": kinds.get(entry.kind, ""),
                "balance": ""
                if entry.balance == "payable"
                else balances[entry.balance],
                "document": entry.document_name or "",
                "is_open": bool(entry.document_name),
                "customer": entry.customer or "",
                "explanation": entry.explanation,
                "amount": self._write_amount(company, entry.amount),
            }
            for entry in entries
        ]

    def _describe_rules(self, company, assignments, month):
        """:return: rules and what may be asked, of the running month"""
        if month != company._get_sales_today().replace(day=1):
            return {"rules": [], "asked": []}
        # sudo: as in _get_assignments_of
        own = OwnMonth(assignments.sudo())
        return {
            "rules": [RuleProgress(own, *rule).describe() for rule in own.get_rules()],
            "asked": [
                {"id": rule.id, "name": rule.name}
                for _id, rule, _terms in WhatIf(own).get_rules()
            ],
        }

    def _write_amount(self, company, amount):
        return formatLang(self.env, amount, currency_obj=company.currency_id)
