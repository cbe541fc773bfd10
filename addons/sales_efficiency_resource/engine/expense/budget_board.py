# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from functools import cached_property

from odoo.exceptions import AccessError
from odoo.fields import Domain

from odoo.addons.sales_efficiency_base.tools import (
    SHORT_MONTH,
    Period,
    format_period,
)

from .budget_use import BudgetUse
from .finance import FINANCE

PERSON = "sales_efficiency_base.group_sales_person"


class BudgetBoard:
    """Budgets by kind and month, and how much of them is used (policy 5.3.1).

    A board shows the budgets of one scope, such as the company or a team: those of
    other scopes contain them or are part of them, and do not add up. Everybody sees
    the budgets that they may read; besides, finance sees those of the company, and
    salespeople the figures of the teams whose money they spend. The number of queries
    does not depend on the number of budgets.

    :param env: environment of the user
    :param plan_id: the budget plan; if there is none, the current one
    :param str scope: key of the scope; if there is none, the widest
    :param company: of which the current plan is, by default the current company
    """

    def __init__(self, env, plan_id=None, scope=None, company=None):
        self.env = env
        self._company = company or env.company
        if not env.user.has_groups(f"{PERSON},{FINANCE}"):
            raise AccessError(env._("Only sales and finance see budgets."))
        self._plan = self._choose_plan(plan_id)
        # It comes from a client, so it may be anything.
        self._asked = scope if isinstance(scope, str) else None

    # ------------------------------------------------------------------
    # What is shown
    # ------------------------------------------------------------------

    @cached_property
    def plans(self):
        """The budget plans of the companies of the user, the latest first."""
        # sudo: the names of plans are shown to all who may see budgets.
        return (
            self.env["sales.target.plan"]
            .sudo()
            .search(
                [
                    ("purpose", "=", "budget"),
                    ("company_id", "in", self.env.companies.ids),
                ]
            )
        )

    def _choose_plan(self, plan_id):
        if plan := self.plans.filtered(lambda plan: plan.id == plan_id):
            return plan
        own = self.plans.filtered(lambda plan: plan.company_id == self._company)
        today = self._company._get_sales_today()
        current = own.filtered(lambda plan: plan.date_from <= today <= plan.date_to)
        running = current.filtered(lambda plan: plan.state == "running")
        return (running or current or own)[:1]

    @cached_property
    def budgets(self):
        """The budgets of the plan that the user may see, as superuser."""
        targets = self.env["sales.target"]
        domain = Domain("plan_id", "=", self._plan.id)
        found = targets.sudo()
        if self.env.user.has_groups(FINANCE):
            found |= targets.sudo().search(domain)  # sudo: see the class
        elif targets.has_access("read"):
            found |= targets.search(domain).sudo()
            teams = self.env.user.crm_team_ids
            # sudo: figures of one's own team, see the class
            found |= targets.sudo().search(
                domain
                & Domain("team_id", "in", teams.ids)
                & Domain("user_id", "=", False)
            )
        return found.sorted(lambda t: (t.level, t.parent_path or "", t.id))

    @cached_property
    def _scopes(self):
        """:return: dict key of a scope -> its budgets, the widest scope first"""
        scopes = {}
        for budget in self.budgets:
            scopes.setdefault(self._get_key(budget), self.budgets.browse())
            scopes[self._get_key(budget)] |= budget
        order = sorted(scopes, key=lambda key: (key.count(":"), key))
        return {key: scopes[key] for key in order}

    @staticmethod
    def _get_key(budget):
        ids = budget._get_scope_ids()
        return ",".join(
            f"{name}:{id_}"
            for name, id_ in sorted(ids.items())
            if id_ and name != "expense_kind_id"
        )

    def prefer(self, whose):
        """Choose the first scope of the user, of a team that they lead, or the widest.

        :param str whose: ``my``, ``team`` or ``company``
        """
        user = self.env.user
        teams = self.env["crm.team"].search(user._get_led_domain(team="id"))
        for key, budgets in self._scopes.items():
            budget = budgets[:1]
            is_mine = whose == "my" and budget.user_id == user
            is_led = whose == "team" and not budget.user_id and budget.team_id in teams
            if is_mine or is_led:
                self._asked = key
                return
        if whose != "company":
            # Budgets of others are not those of the choice.
            self._scopes.clear()

    @cached_property
    def scope(self):
        if self._asked in self._scopes:
            return self._asked
        return next(iter(self._scopes), "")

    @cached_property
    def rows(self):
        """The budgets of the scope: the total first, then by kind."""
        budgets = self._scopes.get(self.scope, self.budgets.browse())
        kinds = self._kinds
        return budgets.sorted(
            lambda b: (bool(kinds[b]), kinds[b].complete_name or "", b.id)
        )

    @cached_property
    def _kinds(self):
        """:return: dict budget -> its kind of expense, or that of its metric"""
        return self.budgets._get_expense_kinds()

    # ------------------------------------------------------------------
    # JSON
    # ------------------------------------------------------------------

    def get(self):
        """Return the board as JSON: for the screen, the workbook and the PDF."""
        plan = self._plan
        return {
            "plans": [
                {"id": p.id, "name": p.name, "company": p.company_id.name}
                for p in self.plans
            ],
            "plan_id": plan.id,
            "plan_name": plan.name or "",
            "scopes": [
                {"key": key, "name": self._name_scope(budgets)}
                for key, budgets in self._scopes.items()
            ],
            "scope": self.scope,
            "currency_id": plan.currency_id.id,
            "decimals": plan.currency_id.decimal_places,
            "basis": self._describe_basis(),
            "months": self._get_months(),
            "rows": self._get_rows() if plan else [],
        }

    def _name_scope(self, budgets):
        budget = budgets[:1]
        names = [
            budget[name].display_name
            for name in budget._get_naming_dimensions()
            if budget[name] and name != "expense_kind_id"
        ]
        return " · ".join(names) or budget.company_id.name

    def _describe_basis(self):
        """:return: whose budgets are shown, in which currency"""
        budgets = self._scopes.get(self.scope)
        if not budgets:
            return ""
        return self.env._(
            "%(scope)s, in %(currency)s",
            scope=self._name_scope(budgets),
            currency=self._plan.currency_id.name,
        )

    def _get_months(self):
        if not self._plan:
            return []
        today = self._plan._get_today()
        return [
            {
                "name": format_period(self.env, month, "MMM"),
                "full_name": format_period(self.env, month, SHORT_MONTH),
                "is_current": Period.month(month) == Period.month(today),
                "is_over": Period.month(month).end < today,
            }
            for month in self._plan._get_months()
        ]

    def _get_rows(self):
        plan = self._plan
        months = [Period.month(month) for month in plan._get_months()]
        year = Period(plan.date_from, plan.date_to)
        past = year.previous_year()
        uses = BudgetUse(self.rows).get([*months, year, past])
        own = self.rows.sudo(False)._filtered_access("read").sudo()
        # Who sees a budget need not know the sales target that it is a ratio of.
        sources = self.rows.budget_source_id.sudo(False)._filtered_access("read")
        known = self.rows.filtered(lambda b: b.budget_source_id in sources)
        return [
            {
                "id": budget.id,
                "can_open": budget in own,
                "name": self._kinds[budget].complete_name or self.env._("All expenses"),
                "is_total": not self._kinds[budget],
                "ratio": (budget in known and budget.budget_ratio) or None,
                "sales_target": (budget in known and budget.budget_source_id.amount)
                or None,
                "last_year": uses[budget, past].used,
                "year": self._describe(uses[budget, year]),
                "months": [self._describe(uses[budget, month]) for month in months],
            }
            for budget in self.rows
        ]

    @staticmethod
    def _describe(use):
        """:return: the figures of a cell; bars end at the budget, or at what is spent
        if that is more"""
        whole = max(use.budget, use.used + use.committed) or 1.0
        return {
            "budget": use.budget,
            "used": use.used,
            "committed": use.committed,
            "left": use.left,
            "percent": use.percent,
            "used_width": max(100 * use.used / whole, 0.0),
            "committed_width": max(100 * use.committed / whole, 0.0),
            "state": use.status,
        }
