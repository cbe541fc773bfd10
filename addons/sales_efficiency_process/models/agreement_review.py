# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import is_html_empty

from odoo.addons.sales_efficiency_base.tools import take_turns


class Agreement(models.Model):
    """The legal review of contracts, in tiers (policy 3.3.3)."""

    _inherit = "agreement"  # pylint: disable=consider-merging-classes-inherited

    reviewer_id = fields.Many2one(
        comodel_name="res.users",
        string="Reviewer",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        help="The legal reviewer of the settings, else the leader of the sales team.",
    )
    # Reviews go by it: the number alone says nothing in another currency.
    company_amount = fields.Monetary(
        string="Value in Company Currency",
        currency_field="company_currency_id",
        compute="_compute_company_amount",
        search="_search_company_amount",
    )
    company_currency_id = fields.Many2one(
        related="company_id.currency_id", string="Company Currency"
    )

    @api.depends("company_id", "contract_amount", "currency_id")
    def _compute_company_amount(self):
        for contract in self:
            company = contract._get_contract_company()
            rate = contract._get_company_rate(company, contract.currency_id)
            contract.company_amount = contract.contract_amount * rate

    @api.model
    def _search_company_amount(self, operator, value):
        """Compare the contracts in each currency by its rate of today."""
        if operator not in ("<", "<=", ">", ">="):
            return NotImplemented
        # sudo: only which currencies there are; which contracts are found is checked.
        groups = self.sudo().with_context(active_test=False)
        found = Domain.FALSE
        for company, currency in groups._read_group([], ["company_id", "currency_id"]):
            rate = self._get_company_rate(company or self.env.company, currency)
            found |= (
                Domain("company_id", "=", company.id)
                & Domain("currency_id", "=", currency.id)
                & Domain("contract_amount", operator, value / rate)
            )
        return found

    @api.model
    def _get_company_rate(self, company, currency):
        """:return: the worth of one unit of a currency in that of a company, today"""
        own = company.currency_id
        day = company._get_sales_today()
        return own._get_conversion_rate(currency or own, own, company, day)

    def action_submit(self):
        """Send it to those who review it."""
        self.check_access("write")
        self._check_state_is("draft")
        self._check_are_contracts()
        for contract in self:
            contract._check_content()
            # sudo: users cannot choose who reviews their contract.
            contract.sudo().reviewer_id = contract._find_reviewer()
        self._freeze()
        return self._submit()

    def action_draft(self):
        """Take it back to change it. It is reviewed anew, and nobody can sign it in the
        meantime."""
        self.check_access("write")
        take_turns(self)
        for contract in self:
            if contract.state not in ("submitted", "rejected", "approved", "sent"):
                contract._check_state_is("submitted")
            contract._check_nobody_signed()
        self._set_state("draft")
        # sudo: users cannot write what is to be signed; there is nothing any more.
        self.sudo().text_file_id = False

    def action_cancel(self):
        self.check_access("write")
        take_turns(self)
        for contract in self:
            if contract.state in ("signed", "cancelled"):
                contract._check_state_is("draft")
        self._set_state("draft")  # which ends the review
        self._set_state("cancelled")
        self._close_to_dos()

    def _check_nobody_signed(self):
        self.ensure_one()
        # sudo: only whether somebody has signed
        contract = self.sudo()
        if contract.customer_signed_on or contract.own_signed_on:
            raise UserError(
                self.env._(
                    "%s was signed by one side already. Cancel it, and make another"
                    " contract.",
                    self.display_name,
                )
            )

    def _check_are_contracts(self):
        """Templates and agreements with suppliers may change at any time, so nobody
        reviews them."""
        if others := self - self._filter_contracts():
            raise UserError(
                self.env._("%s is no contract with a customer.", others[0].display_name)
            )

    def _check_content(self):
        """Refuse to review what is not complete.

        :raise UserError: naming what is missing
        """
        self.ensure_one()
        missing = list(self._find_missing())
        if missing:
            raise UserError(
                self.env._(
                    "%(contract)s is not complete yet:\n%(missing)s",
                    contract=self.display_name,
                    missing="\n".join(f"– {text}" for text in missing),
                )
            )

    def _find_missing(self):
        """Iterate over what is missing before the review."""
        if not self.company_id:
            yield self.env._("the company")
        if not self.partner_id:
            yield self.env._("the customer")
        if not self.check_ids:
            yield self.env._("a type of contract, whose clauses are to be checked")
        if is_html_empty(self.body) and not self.contract_file:
            yield self.env._("the text, or a document")
        if not self.start_date:
            yield self.env._("the day on which it starts")
        for check in self.check_ids.filtered(lambda check: check.state == "open"):
            yield self.env._("Clause “%s”: done, or not applicable?", check.name)

    def _find_reviewer(self):
        """:return: the legal reviewer, else the nearest leader, else a director, but
        not the requester"""
        self.ensure_one()
        company = self._get_contract_company()
        # sudo: who reviews and who leads is no secret.
        people = company.sudo().sales_contract_reviewer_id
        team = self.sudo().team_id or self.sudo().user_id.sale_team_id
        people |= team._get_sales_leaders() | company._get_sales_directors()
        return people.filtered(
            lambda user: user != self.env.user and user._works_in(company)
        )[:1].with_env(self.env)

    def _describe_decision(self):
        self.ensure_one()
        if self.state == "rejected":
            return self.env._("%s was rejected. See the reviews.", self.display_name)
        return self.env._(
            "%s is reviewed. It can be sent to be signed.", self.display_name
        )
