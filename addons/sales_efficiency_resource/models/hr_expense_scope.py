# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..engine import KindMapping

# Whom a claim counts for: nobody chooses it.
PLACE = ("sales_user_id", "sales_team_id", "sales_region_id")


class HrExpense(models.Model):
    """What a claim counts for (policy 5.3.2): its employee, and their team and region
    on the day of submission. A later move of the person does not take it along."""

    _name = "hr.expense"
    _inherit = ["hr.expense", "sales.expense.scope.mixin"]

    sales_user_id = fields.Many2one(
        compute="_compute_sales_place", store=True, precompute=True, copy=False
    )
    sales_team_id = fields.Many2one(
        compute="_compute_sales_place", store=True, precompute=True, copy=False
    )
    sales_region_id = fields.Many2one(
        compute="_compute_sales_place", store=True, precompute=True, copy=False
    )
    sales_expense_amount = fields.Monetary(
        string="Amount Counted",
        currency_field="company_currency_id",
        compute="_compute_sales_expense_amount",
        store=True,
        precompute=True,
        help="What the claim costs without deductible taxes, in company currency.",
    )
    expense_kind_id = fields.Many2one(
        comodel_name="sales.expense.kind",
        string="Kind of Expense",
        compute="_compute_expense_kind_id",
        compute_sudo=True,
    )

    # ------------------------------------------------------------------
    # Computed fields
    # ------------------------------------------------------------------

    @api.depends("employee_id", "company_id")
    def _compute_sales_place(self):
        for claim in self:
            if claim._origin and claim.approval_state and claim.sales_user_id:
                # Frozen, see ``write``
                place = {name: claim[name].id for name in PLACE}
            else:
                place = claim._get_sales_place()
            claim.update(place)

    @api.depends(
        "total_amount",
        "total_amount_currency",
        "quantity",
        "price_unit",
        "payment_mode",
        "tax_ids",
        "account_id.account_type",
        "product_id",
        "company_id",
        "currency_id",
    )
    def _compute_sales_expense_amount(self):
        for claim in self:
            claim.sales_expense_amount = (
                claim._get_sales_expense_amount() if claim.company_id else 0.0
            )

    @api.depends("product_id", "account_id", "company_id", "analytic_distribution")
    def _compute_expense_kind_id(self):
        kinds = KindMapping().find(self.env, self)
        for claim in self:
            claim.expense_kind_id = kinds.get(claim)

    # ------------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._check_sales_place(vals)
        return super().create(vals_list)

    def write(self, vals):
        self._check_sales_place(vals)
        self._check_sales_scope_open(vals)
        if vals.get("approval_state") in ("submitted", "approved"):
            # sudo: what the claim counts for is not chosen by whoever submits it
            submitted = self.filtered(lambda claim: not claim.approval_state)
            submitted.sudo()._freeze_sales_place()
        moved = self.browse()
        if "employee_id" in vals:
            moved = self.filtered(
                lambda claim: claim.approval_state
                and claim.employee_id.id != vals["employee_id"]
            )
        res = super().write(vals)
        # sudo: see above
        moved.sudo()._write_sales_place()
        return res

    # ------------------------------------------------------------------
    # Business methods
    # ------------------------------------------------------------------

    def _get_sales_expense_amount(self):
        """Return the amount that posting the claim would bring to expense accounts.

        Odoo computes the entry in the same way. A tax that cannot be deducted has no
        account of its own and goes to the account of the claim.
        """
        self.ensure_one()
        taxes = self.env["account.tax"].sudo()
        # sudo: taxes and accounts are not readable for every claimant.
        claim = self.sudo()
        company = claim.company_id
        if claim.account_id and not claim._is_expense_account(claim.account_id):
            return 0.0
        base_line = claim._prepare_base_line_for_taxes_computation(
            account_id=claim.account_id, **claim._prepare_sales_price()
        )
        taxes._add_tax_details_in_base_lines([base_line], company)
        taxes._round_base_lines_tax_details([base_line], company)
        taxes._add_accounting_data_in_base_lines_tax_details([base_line], company)
        details = base_line["tax_details"]
        amount = details["total_excluded"] + details["delta_total_excluded"]
        if claim.payment_mode == "company_account":
            # What the taxes leave of the amount paid, to the cent
            amount = claim.total_amount - sum(
                repartition["tax_amount"]
                for tax in details["taxes_data"]
                for repartition in tax["tax_reps_data"]
            )
        for tax in details["taxes_data"]:
            for repartition in tax["tax_reps_data"]:
                if claim._is_expense_account(repartition["account"]):
                    amount += repartition["tax_amount"]
        return company.currency_id.round(amount)

    def _count_anew(self):
        """Compute what the claims cost once more: what it follows from has changed in
        a way that no dependency tells."""
        field = self._fields["sales_expense_amount"]
        self.env.add_to_compute(field, self)

    def _prepare_sales_price(self):
        """Return the price as the entry will have it: a receipt of what an employee
        paid is in company currency, a payment of the company in that of the claim."""
        self.ensure_one()
        if self.payment_mode == "company_account":
            amount = self.total_amount_currency
            rate = abs(amount / self.total_amount) if self.total_amount else 0.0
            return {"price_unit": amount, "quantity": 1.0, "rate": rate}
        currency, quantity = self.company_id.currency_id, self.quantity or 1.0
        price = self.price_unit
        if abs(price * quantity - self.total_amount) > currency.rounding * quantity:
            # Odoo leaves the price when the total changes after submission.
            price = currency.round(self.total_amount / quantity)
        return {
            "price_unit": price,
            "quantity": quantity,
            "currency_id": currency,
            "rate": 1.0,
        }

    def _is_expense_account(self, account):
        """Return whether an account holds expenses; the one to come does."""
        return not account or account.account_type.startswith("expense")

    def _freeze_sales_place(self):
        """Keep what the claims count for from now on.

        A claim that was posted once keeps it: its entry and the reversal of that count
        for the same.
        """
        self._filter_never_posted()._write_sales_place()

    def _write_sales_place(self):
        """Count for the person, team and region as of today, those of one person at
        once."""
        people = self.grouped(lambda claim: (claim.employee_id, claim.company_id))
        for claims in people.values():
            claims.write(claims[0]._get_sales_place())

    def _get_sales_place(self):
        """:return: the person, team and region of the claim as of today"""
        self.ensure_one()
        # sudo: a claim shows its person, and employees are not readable for all.
        user = self.sudo().employee_id.user_id
        if user and not user._is_expense_person(self.company_id):
            user = user.browse()
        team = self.env["crm.team"]
        if user:
            team = user._get_expense_team(self.company_id)
        place = (user, team, team.sales_region_id)
        return {name: record.id for name, record in zip(PLACE, place, strict=True)}

    def _copy_sales_place(self, origin):
        """Count for whom another claim of the same employee counts."""
        self.write({name: origin[name].id for name in PLACE})

    def _filter_never_posted(self):
        # sudo: journal items are not readable for claimants.
        items = self.env["account.move.line"].sudo()
        posted = items.search(
            [("expense_id", "in", self.ids), ("parent_state", "!=", "draft")]
        )
        return self - posted.expense_id

    @api.model
    def _check_sales_place(self, vals):
        """Refuse to choose what is derived from the employee.

        :raise AccessError: naming the fields
        """
        names = {*PLACE, "sales_expense_amount"}.intersection(vals)
        if names and not self.env.su:
            labels = (self._fields[n]._description_string(self.env) for n in names)
            raise AccessError(
                self.env._(
                    "These fields follow from the employee and the amount, so they"
                    " cannot be edited: %s.",
                    ", ".join(sorted(labels)),
                )
            )

    def _check_sales_scope_open(self, vals):
        """Refuse to change the channel or campaign of a posted claim.

        :raise UserError: naming the claim
        """
        names = {"sales_channel_id", "campaign_id"}.intersection(vals)
        changed = self.filtered(
            lambda claim: any(claim[n].id != (vals[n] or False) for n in names)
        )
        if posted := changed and changed - changed._filter_never_posted():
            raise UserError(
                self.env._(
                    "The entry of %(claim)s is posted. What it counts for is kept"
                    " as it was.",
                    claim=posted[0].display_name,
                )
            )
