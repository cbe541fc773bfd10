# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.tools import format_list

from ..engine import ClaimCheck, TypedClaims
from .hr_expense_scope import PLACE

STATUS = [
    ("none", "No Budget"),
    ("ok", "Within Budget"),
    ("warning", "Nearly Used"),
    ("exceeded", "Over Budget"),
]
# What only the check at submission writes, and what Odoo computes
FROZEN = {"sales_rule_ids", "sales_submitted_status", "state", "validation_status"}
# Who may see all rules
RULES = (
    "sales_efficiency_base.group_sales_director,"
    "account.group_account_user,account.group_account_manager"
)


class HrExpense(models.Model):
    """What a claim does to the budgets over it, told while it is typed (policy
    5.3.2). See ``hr_expense_approval.py`` for what follows at submission."""

    _name = "hr.expense"
    _inherit = ["hr.expense", "sales.default.mixin"]

    sales_partner_id = fields.Many2one(
        comodel_name="res.partner",
        string="Customer",
        index="btree_not_null",
        ondelete="set null",
        check_company=True,
        domain="[('parent_id', '=', False)]",
        tracking=True,
    )
    sales_attendee_ids = fields.Many2many(
        comodel_name="res.partner",
        relation="hr_expense_sales_attendee_rel",
        column1="expense_id",
        column2="partner_id",
        string="Attendees",
        check_company=True,
        help="Without the person who claims.",
    )
    sales_excess_reason = fields.Text(
        string="Reason for Exceeding", copy=False, tracking=True
    )
    is_sales_expense = fields.Boolean(
        compute="_compute_is_sales_expense",
        compute_sudo=True,
        export_string_translation=False,
    )
    sales_budget_status = fields.Selection(
        selection=STATUS, string="Budget", compute="_compute_sales_budget"
    )
    sales_budget_message = fields.Char(
        string="Left of the Budget", compute="_compute_sales_budget"
    )
    sales_budget_panel = fields.Json(
        string="Budgets",
        compute="_compute_sales_budget",
        export_string_translation=False,
    )
    needs_sales_reason = fields.Boolean(
        compute="_compute_sales_budget", export_string_translation=False
    )
    sales_submitted_status = fields.Selection(
        selection=STATUS,
        string="Budget at Submission",
        readonly=True,
        copy=False,
        index="btree_not_null",
    )
    sales_rule_ids = fields.Many2many(
        comodel_name="sales.expense.rule",
        relation="hr_expense_sales_rule_rel",
        column1="expense_id",
        column2="rule_id",
        string="Rules Not Kept To",
        readonly=True,
        copy=False,
        groups=RULES,
    )
    sales_rule_names = fields.Char(
        string="Needs Approval Because Of",
        compute="_compute_sales_rule_names",
        compute_sudo=True,
    )

    # ------------------------------------------------------------------
    # Computed fields
    # ------------------------------------------------------------------

    @api.model
    def _get_sales_fields(self):
        """:return: names of the fields that decide what a claim counts for"""
        return (
            "account_id",
            "analytic_distribution",
            "campaign_id",
            "company_id",
            "date",
            "employee_id",
            "product_id",
            "sales_channel_id",
            "sales_expense_amount",
            "sales_region_id",
            "sales_team_id",
            "sales_user_id",
        )

    @api.depends(lambda self: self._get_sales_fields())
    def _compute_is_sales_expense(self):
        outlays = TypedClaims(self.env).get_outlays(self)
        found = {outlay.key for outlay in outlays}
        for claim in self:
            claim.is_sales_expense = claim in found

    # Not on the state: it follows from the lines of all entries, and each of their
    # changes would look for claims.
    @api.depends(
        lambda self: (
            *self._get_sales_fields(),
            "account_move_id",
            "approval_state",
            "attachment_ids",
            "is_sales_expense",
            "sales_attendee_ids",
            "sales_partner_id",
            "total_amount",
        )
    )
    @api.depends_context("uid", "lang")
    def _compute_sales_budget(self):
        self.sales_budget_status = self.sales_budget_message = False
        self.sales_budget_panel = self.needs_sales_reason = False
        open_ = self.filtered(
            lambda claim: claim.is_sales_expense
            and not claim.account_move_id
            and claim.approval_state != "refused"
        )
        # sudo: claimants see what is left of the budgets that they spend from, though
        # they may not open them; ``_get_seen_budgets`` says of which.
        check = ClaimCheck(open_._filter_sales_budget_shown().sudo())
        for found, verdict in check.run().items():
            claim = found.with_env(self.env)
            claim.sales_budget_status = verdict.status
            claim.sales_budget_message = check.describe(found, verdict.worst)
            claim.sales_budget_panel = claim._prepare_sales_panel(check, verdict)
            claim.needs_sales_reason = bool(verdict.get_findings("approval"))

    @api.depends("sales_rule_ids.name")
    @api.depends_context("lang")
    def _compute_sales_rule_names(self):
        for claim in self:
            names = claim.sales_rule_ids.mapped("name")
            claim.sales_rule_names = format_list(self.env, names) if names else False

    def _filter_sales_budget_shown(self):
        """Return the claims whose light the user may see: their own, and those on which
        they decide. Otherwise an unsaved claim of somebody else would tell."""
        # sudo: whose claim it is is no secret to those who see it.
        return self.filtered(
            lambda claim: claim.company_id in self.env.user.company_ids
            and (
                claim.sudo().employee_id.user_id == self.env.user
                or claim._decides_on_sales()
            )
        )

    def _decides_on_sales(self):
        """Return whether the user decides on the claim as it is saved; what is typed
        may name any superior."""
        saved = self._origin
        return (
            self.env.user.has_groups(RULES)
            or saved.can_approve
            # sudo: who is asked is no secret to those who see the claim.
            or self.env.user in saved.sudo().review_ids.reviewer_ids
        )

    def _get_seen_budgets(self, stands):
        """Return the budgets whose figures the user may see: those that they spend from
        or may open, and of claims on which they decide those over the person.

        Analytic accounts and campaigns are chosen freely, and so lead to any budget.

        :param dict stands: claim -> list of :class:`.BudgetStand`
        :return: dict claim -> set of ids of budgets
        """
        ids = {stand.target_id for found in stands.values() for stand in found}
        # sudo: only their scopes
        targets = self.env["sales.target"].sudo().browse(ids)
        opened = set(targets.sudo(False)._filtered_access("read").ids)
        sees_all = self.env.user.has_groups(RULES)
        seen = {}
        for claim, found in stands.items():
            places = claim._get_seen_places()
            seen[claim] = {
                stand.target_id
                for stand in found
                if sees_all
                or stand.target_id in opened
                or targets.browse(stand.target_id)._is_over_any(places)
            }
        return seen

    def _get_seen_places(self):
        """:return: list of (person, team, region) whose budgets the user may see"""
        user = self.env.user
        team = user._get_expense_team(self.company_id)
        places = [(user, team, team.sales_region_id)]
        # What is saved was not chosen by whoever types.
        saved = self._origin.sudo()
        if saved:
            places.append(
                (saved.sales_user_id, saved.sales_team_id, saved.sales_region_id)
            )
        return places

    def _prepare_sales_panel(self, check, verdict):
        """:return: what the panel shows, see ``SalesBudgetPanel``"""
        return {
            "currency_id": self.company_currency_id.id,
            "budgets": [
                {
                    "id": stand.target_id,
                    "name": check.get_name(stand),
                    "status": stand.status,
                    "budget": stand.budget,
                    "spent": stand.spent,
                    "committed": stand.committed,
                    "before": stand.left_before,
                    "after": stand.left_after,
                }
                for stand in verdict.stands
                if check.is_seen(self.sudo(), stand)
            ],
            "findings": [
                {"effect": finding.rule.effect, "text": finding.text}
                for finding in verdict.findings
                if finding.rule.condition != "budget"
            ],
        }

    # ------------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._check_sales_control(vals)
        return super().create(vals_list)

    def write(self, vals):
        self._check_sales_control(vals)
        return super().write(vals)

    @api.model
    def _is_default_guarded(self, field):
        return field.name in self._get_derived_fields()

    @api.model
    def _get_derived_fields(self):
        """:return: names of the fields that nobody writes, nor gives a default"""
        return {*FROZEN, *PLACE, "account_move_id", "sales_expense_amount"}

    def onchange(self, values, field_names, fields_spec):
        """Forms do not decide what follows from other fields, e.g. whose budgets a
        claim counts for."""
        if not self.env.su:
            derived = self._get_derived_fields() - {"state"}
            values = {
                name: value for name, value in values.items() if name not in derived
            }
        return super().onchange(values, field_names, fields_spec)

    def _check_sales_control(self, vals):
        """Refuse what only the check writes, and partners that the user may not read.

        :raise AccessError: naming the fields
        """
        if self.env.su:
            return
        if names := FROZEN.intersection(vals):
            self._raise_system_fields(names)
        if "account_move_id" in vals:
            self._check_sales_entry(vals["account_move_id"])
        guard = self.env["sales.guard.mixin"]
        for name in {"sales_partner_id", "sales_attendee_ids"}.intersection(vals):
            ids, _lines = guard._parse_reference(vals[name])
            partners = self.env["res.partner"].browse(ids)
            (partners - self.sudo()[name].with_env(self.env)).check_access("read")

    def _check_sales_entry(self, move_id):
        """Refuse to choose an entry, which would make the claim look posted. Whoever
        keeps the books may undo theirs, as Odoo does when they reverse it.

        :raise AccessError: naming the field
        """
        if move_id:
            self._raise_system_fields(["account_move_id"])
        self.account_move_id.check_access("write")

    def _raise_system_fields(self, names):
        labels = (self._fields[n]._description_string(self.env) for n in names)
        raise AccessError(
            self.env._(
                "The system sets these fields, so they cannot be edited: %s.",
                ", ".join(sorted(labels)),
            )
        )
