# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import SQL, format_date, is_html_empty

from odoo.addons.sales_efficiency_base.tools import FIRST_DAY, LAST_DAY

# What is reviewed and signed
CONTENT = {
    "agreement_type_id",
    "body",
    "code",
    "company_id",
    "contract_amount",
    "contract_file",
    "currency_id",
    "domain",
    "end_date",
    "is_template",
    "name",
    "partner_id",
    "signature_date",
    "start_date",
}
# Columns of the agreements that there are when the add-on is installed
FORMER = {
    "state": SQL("CASE WHEN signature_date IS NULL THEN 'draft' ELSE 'signed' END"),
    "user_id": SQL("create_uid"),
    "notice_days": SQL("0"),
}


class Agreement(models.Model):
    """A contract with a customer (policy 3.3.3): its clauses are checked, lawyers or
    leaders review it, both sides sign it, and it is renewed in time.

    See ``agreement_review.py``, ``agreement_signature.py`` and
    ``agreement_renewal.py``. Agreements with suppliers stay as they are.
    """

    _name = "agreement"
    _inherit = [
        "sales.house.thread.mixin",
        "agreement",
        "sales.guard.mixin",
        "sales.told.mixin",
    ]
    _state_from = ["submitted"]
    _state_to = ["approved"]
    _cancel_state = "draft"

    code = fields.Char(default=lambda self: self._default_code())
    signature_date = fields.Date(copy=False)
    state = fields.Selection(
        selection=[
            ("draft", "Draft"),
            ("submitted", "In Review"),
            ("rejected", "Rejected"),
            ("approved", "Reviewed"),
            ("sent", "To Sign"),
            ("signed", "Signed"),
            ("cancelled", "Cancelled"),
        ],
        string="Status",
        default="draft",
        required=True,
        readonly=True,
        index=True,
        copy=False,
        tracking=True,
        group_expand=True,
    )
    user_id = fields.Many2one(
        comodel_name="res.users",
        string="Salesperson",
        index=True,
        ondelete="restrict",
        tracking=True,
        default=lambda self: self.env.user,
        domain="[('share', '=', False), ('company_ids', 'in', company_id)]",
    )
    team_id = fields.Many2one(
        comodel_name="crm.team",
        string="Sales Team",
        compute="_compute_team_id",
        store=True,
        readonly=False,
        precompute=True,
        index="btree_not_null",
        ondelete="set null",
    )
    lead_id = fields.Many2one(
        comodel_name="crm.lead",
        string="Opportunity",
        index="btree_not_null",
        ondelete="set null",
        domain="[('type', '=', 'opportunity'), ('partner_id', 'child_of', partner_id)]",
    )
    order_ids = fields.One2many(
        comodel_name="sale.order",
        inverse_name="sales_contract_id",
        string="Orders",
        readonly=True,
    )
    order_count = fields.Integer(
        string="Number of Orders", compute="_compute_order_count"
    )
    contract_amount = fields.Monetary(
        string="Contract Value",
        tracking=True,
        help="The untaxed amount. Reviews go by it.",
    )
    currency_id = fields.Many2one(
        comodel_name="res.currency",
        compute="_compute_currency_id",
        store=True,
        readonly=False,
        precompute=True,
    )
    body = fields.Html(
        string="Text",
        copy=True,
        help="What is printed, unless a document of your own is uploaded.",
    )
    contract_file = fields.Binary(
        string="Own Document",
        attachment=True,
        copy=False,
        help="A PDF that is signed instead of the text.",
    )
    contract_file_name = fields.Char(string="File Name", copy=False)
    check_ids = fields.One2many(
        comodel_name="sales.contract.check",
        inverse_name="agreement_id",
        string="Clauses",
        copy=False,
    )
    open_check_count = fields.Integer(
        string="Clauses to Check", compute="_compute_open_check_count"
    )
    agreed_on = fields.Date(
        copy=False,
        tracking=True,
        help="The day on which both sides agreed. It is to be signed soon after.",
    )

    _contract_amount_positive = models.Constraint(
        "CHECK (contract_amount >= 0)", "The value of a contract cannot be negative."
    )

    @api.model
    def _default_code(self):
        return self.env._("New")

    # ------------------------------------------------------------------
    # Computed fields
    # ------------------------------------------------------------------

    @api.depends("user_id")
    def _compute_team_id(self):
        for contract in self:
            contract.team_id = contract.user_id.sale_team_id or contract.team_id

    @api.depends("company_id")
    def _compute_currency_id(self):
        for contract in self:
            company = contract._get_contract_company()
            contract.currency_id = contract.currency_id or company.currency_id

    @api.depends("order_ids")
    @api.depends_context("uid")
    def _compute_order_count(self):
        counts = dict(
            self.env["sale.order"]._read_group(
                [("sales_contract_id", "in", self._origin.ids)],
                ["sales_contract_id"],
                ["__count"],
            )
        )
        for contract in self:
            contract.order_count = counts.get(contract._origin, 0)

    @api.depends("check_ids.state")
    def _compute_open_check_count(self):
        for contract in self:
            # sudo: whoever may make the contract gets its clauses.
            checks = contract.sudo().check_ids
            contract.open_check_count = len(
                checks.filtered(lambda check: check.state == "open")
            )

    # ------------------------------------------------------------------
    # Constraints
    # ------------------------------------------------------------------

    @api.constrains("start_date", "end_date")
    def _check_term(self):
        for contract in self:
            start, end = contract.start_date, contract.end_date
            for day in filter(None, (start, end)):
                if not FIRST_DAY <= day <= LAST_DAY:
                    raise ValidationError(
                        self.env._(
                            "%(contract)s: enter days from %(first)s to %(last)s.",
                            contract=contract.display_name,
                            first=format_date(self.env, FIRST_DAY),
                            last=format_date(self.env, LAST_DAY),
                        )
                    )
            if start and end and end < start:
                raise ValidationError(
                    self.env._(
                        "%(contract)s would end on %(end)s, before it starts on"
                        " %(start)s.",
                        contract=contract.display_name,
                        end=format_date(self.env, end),
                        start=format_date(self.env, start),
                    )
                )

    # ------------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------------

    @api.model
    def _init_column(self, column_name):
        """Agreements that there are have been signed if they say so."""
        if column_name not in FORMER:
            return super()._init_column(column_name)
        column = SQL.identifier(column_name)
        self.env.cr.execute(
            SQL(
                "UPDATE agreement SET %s = %s WHERE %s IS NULL",
                column,
                FORMER[column_name],
                column,
            )
        )
        return None

    @api.model_create_multi
    def create(self, vals_list):
        new = self._default_code()
        contracts = super().create(
            [
                vals
                if vals.get("code", new) != new
                else {**vals, "code": self._get_next_code()}
                for vals in vals_list
            ]
        )
        contracts._take_clauses()
        return contracts

    def copy(self, default=None):
        """A duplicate has a number of its own, as every new contract has."""
        copies = self.browse()
        for contract in self:
            values = dict(default or {})
            if contract.domain == "sale" and not values.get("code"):
                values["code"] = self._get_next_code()
            copies += super(Agreement, contract).copy(values)
        return copies

    def write(self, vals):
        if changed := CONTENT.intersection(vals):
            is_end = changed == {"end_date"}
            fixed = self - self._filter_end_unknown() if is_end else self
            fixed._check_may_change()
        if "agreed_on" in vals:
            self._check_not_signed()
        res = super().write(vals)
        if not {"agreement_type_id", "is_template", "domain"}.isdisjoint(vals):
            self._take_clauses()
        return res

    @api.ondelete(at_uninstall=False)
    def _unlink_except_signed(self):
        for contract in self._filter_contracts():
            if contract.state not in ("draft", "cancelled"):
                raise UserError(
                    self.env._(
                        "%s is more than a draft. Cancel it instead.",
                        contract.display_name,
                    )
                )

    def unlink(self):
        # sudo: nobody may delete documents; those of drafts go with the contract.
        self.check_access("unlink")
        self._unlink_except_signed()
        self.sudo().file_ids.unlink()
        return super().unlink()

    @api.model
    def _get_next_code(self):
        # sudo: numbers are given to whoever may make contracts.
        return self.env["ir.sequence"].sudo().next_by_code("sales.contract")

    def _check_may_change(self):
        """Refuse to change what is being reviewed, or was signed."""
        self._check_not_signed()._check_is_draft()

    def _check_not_signed(self):
        """:return: the contracts, none of which is signed"""
        contracts = self._filter_contracts()
        signed = contracts.filtered(lambda c: c.state == "signed")
        if signed and not self.env.su:
            raise UserError(
                self.env._(
                    "%s is signed, so it does not change any more. Renew it, or make"
                    " another contract.",
                    signed[:1].display_name,
                )
            )
        return contracts - signed

    def _filter_end_unknown(self):
        """:return: contracts that were signed elsewhere, whose end is to be entered"""
        # sudo: only whether there is a signed document
        return self.filtered(
            lambda c: (
                c.state == "signed" and not c.end_date and not c.sudo().signed_file_id
            )
        )

    def _filter_contracts(self):
        """:return: the contracts with customers, without templates"""
        return self.filtered(lambda c: c.domain == "sale" and not c.is_template)

    # ------------------------------------------------------------------
    # Clauses
    # ------------------------------------------------------------------

    def _take_clauses(self):
        """Take the clauses of the type, to be checked, and a text if there is none."""
        for contract in self._filter_contracts():
            if contract.state != "draft":
                continue
            # sudo: clauses are read with the contract.
            clauses = contract.sudo().agreement_type_id.clause_ids
            lang = contract.partner_id.lang or self.env.lang
            # sudo: whoever may make the contract gets its clauses.
            checks = contract.sudo().check_ids
            others = checks.filtered(
                lambda c, own=clauses: (
                    c.state == "open" and c.clause_id and c.clause_id not in own
                )
            )
            missing = clauses - checks.clause_id
            others.unlink()
            checks.create([clause._prepare_check(contract) for clause in missing])
            if is_html_empty(contract.body):
                contract.body = clauses.with_context(lang=lang)._render_text()

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    @api.readonly
    def action_open_orders(self):
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id("sale.action_orders")
        domain = [("sales_contract_id", "=", self.id)]
        return action | {"domain": domain, "context": {}}

    # ------------------------------------------------------------------
    # Business methods
    # ------------------------------------------------------------------

    def _get_contract_company(self):
        """:return: the company of the contract, or the current one"""
        self.ensure_one()
        return self.company_id or self.env.company

    def _get_report_base_filename(self):
        self.ensure_one()
        return self.display_name
