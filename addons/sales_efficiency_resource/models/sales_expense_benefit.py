# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from odoo.addons.sales_efficiency_base.tools import open_records

from ..engine.expense import (
    FINANCE,
    BenefitBoard,
    BenefitChoice,
    BenefitSheet,
    BudgetReturns,
)

LEADER = "sales_efficiency_base.group_sales_leader"


class SalesExpenseBenefit(models.AbstractModel):
    """What was spent to sell, and what stands alongside (policy 5.3.3).

    Directors and finance see the company, leaders the teams that they lead.
    """

    _name = "sales.expense.benefit"
    _description = "Benefit of Sales Expenses"

    @api.model
    @api.readonly
    def get_board(self, **asked):
        """Return the content of the benefit board.

        :param asked: see :class:`BenefitChoice`
        :return: dict of the choices (``scopes``, ``periods``, ``dimensions``,
            ``kinds``), the current ones, and ``columns``, ``rows`` and ``charts``
        """
        choice = self._choose(asked)
        return {
            **choice.describe(),
            **BenefitBoard.of(choice).get_data(),
            "can_open": self.env["sales.fact"].has_access("read"),
            "can_propose": bool(self._find_plan()) and self._may_propose(),
        }

    @api.model
    @api.readonly
    def action_open_figures(self, record_id=None, **asked):
        """Show the figures behind a row of the board, or behind all of them.

        :param int record_id: of the dimension of the board
        """
        choice = self._choose(asked)
        facts = self.env["sales.fact"]
        domain = choice.get_facts_domain(choice.span)
        if choice.by != "campaign_id":
            metric = self.env["sales.metric"]._find(["sales_expense"])["sales_expense"]
            domain &= metric._get_facts_domain()
        for name, id_ in (
            (choice.by, record_id),
            ("expense_kind_id", choice.expense_kind.id),
        ):
            if isinstance(id_, int) and id_:
                is_tree = facts._is_tree(name)
                domain &= Domain(name, "child_of" if is_tree else "=", id_)
        return open_records(
            self.env,
            "sales_efficiency_base.sales_fact_action",
            domain,
            name=self.env._("Figures"),
        )

    @api.model
    def action_propose(self):
        """Open the reckoning of where money returns least and most."""
        self._check_may_see()
        plan = self._find_plan()
        if not plan:
            raise UserError(
                self.env._("No budget plan runs today. Start one, then propose.")
            )
        leaves = [("plan_id", "=", plan.id), ("child_ids", "=", False)]
        budgets = self.env["sales.target"].search(leaves)._filtered_in_charge()
        returns = BudgetReturns(budgets, plan._get_today()).get()
        proposal = self.env["sales.expense.benefit.proposal"]._prepare(plan, returns)
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Propose a Budget Move"),
            "res_model": proposal._name,
            "res_id": proposal.id,
            "views": [(False, "form")],
            "target": "new",
        }

    @api.model
    def _get_sheet(self, asked):
        """:return: name and content of the board as a workbook"""
        choice = self._choose(asked)
        data = {**choice.describe(), **BenefitBoard.of(choice).get_data(length=None)}
        scope = next(s["name"] for s in data["scopes"] if s["id"] == data["scope"])
        title = self.env._("Benefit of Sales Expenses")
        lines = [
            title,
            f"{choice.company.name}, {choice.company.currency_id.name}",
            f"{scope}, {data['period']['name']}",
            *([choice.expense_kind.display_name] if choice.expense_kind else []),
            data["basis"],
        ]
        decimals = choice.company.currency_id.decimal_places
        sheet = BenefitSheet(data, choice.dimensions[choice.by], lines, decimals)
        return f"{title}.xlsx", sheet.get_content()

    @api.model
    def _choose(self, asked):
        self._check_may_see()
        return BenefitChoice(self.env, asked)

    @api.model
    def _check_may_see(self):
        if not self.env.user.has_groups(f"{LEADER},{FINANCE}"):
            raise AccessError(
                self.env._("Leaders, directors and finance see what spending returns.")
            )

    @api.model
    def _find_plan(self):
        """:return: the budget plan of the company that runs today"""
        plans = self.env["sales.target.plan"]
        if not plans.has_access("read"):
            return plans
        today = self.env.company._get_sales_today()
        return plans.search(
            [
                ("purpose", "=", "budget"),
                ("state", "=", "running"),
                ("company_id", "=", self.env.company.id),
                ("date_from", "<=", today),
                ("date_to", ">=", today),
            ],
            limit=1,
        )

    @api.model
    def _may_propose(self):
        return self.env["sales.expense.benefit.proposal"].has_access("create")
