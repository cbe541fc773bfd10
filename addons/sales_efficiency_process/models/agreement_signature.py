# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import logging
import secrets
from base64 import b64decode

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain
from odoo.tools import consteq

from odoo.addons.sales_efficiency_base.tools import attempt, take_turns

from ..engine.deal import check_file, merge_files

TEXT_REPORT = "sales_efficiency_process.action_report_sales_contract"
SHEET_REPORT = "sales_efficiency_process.action_report_sales_contract_signatures"
SIGNED_TEMPLATE = "sales_efficiency_process.mail_template_contract_signed"
SIGN_TEMPLATE = "sales_efficiency_process.mail_template_contract_sign"
CRON = "sales_efficiency_process.ir_cron_contract"
# Contracts of which customers have a page
OPEN = ("sent", "signed")


_logger = logging.getLogger(__name__)


class Agreement(models.Model):
    """Both sides sign a contract: the customer on a page of their own, we on the form,
    or both on paper (policy 3.3.3).

    What is reviewed and signed is a file that no longer changes: whoever may write the
    contract could replace its attachments by call. That is why signatures are columns,
    too. The page has a token of its own: that of Odoo's portal would let the customer
    read the messages about the contract.
    """

    _inherit = "agreement"  # pylint: disable=consider-merging-classes-inherited

    text_file_id = fields.Many2one(
        comodel_name="sales.contract.file",
        string="Document to Sign",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
    )
    signed_file_id = fields.Many2one(
        comodel_name="sales.contract.file",
        string="Signed Document",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
    )
    signed_sha256 = fields.Char(
        related="signed_file_id.sha256", string="SHA-256 of the Signed Document"
    )
    file_ids = fields.One2many(
        comodel_name="sales.contract.file",
        inverse_name="agreement_id",
        string="Files",
        readonly=True,
        copy=False,
    )
    sign_token = fields.Char(
        copy=False, groups=fields.NO_ACCESS, export_string_translation=False
    )
    customer_signature = fields.Image(
        string="Signature of the Customer",
        max_width=1024,
        max_height=1024,
        attachment=False,
        readonly=True,
        copy=False,
    )
    customer_signed_by = fields.Char(
        string="Signed for the Customer By", readonly=True, copy=False
    )
    customer_signed_on = fields.Datetime(readonly=True, copy=False)
    own_signature = fields.Image(
        string="Our Signature",
        max_width=1024,
        max_height=1024,
        attachment=False,
        readonly=True,
        copy=False,
    )
    own_signed_by_id = fields.Many2one(
        comodel_name="res.users",
        string="Signed for Us By",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
    )
    own_signed_on = fields.Datetime(string="We Signed On", readonly=True, copy=False)
    may_sign = fields.Boolean(string="I May Sign", compute="_compute_may_sign")

    @api.depends("company_id")
    @api.depends_context("uid")
    def _compute_may_sign(self):
        for contract in self:
            contract.may_sign = contract._may_sign(self.env.user)

    def _may_sign(self, user):
        """:return: whether a user may sign for the company"""
        self.ensure_one()
        company = self._get_contract_company()
        # sudo: who may sign for the company is no secret.
        named = company.sudo().sales_contract_signatory_ids
        return user in named | company._get_sales_directors()

    # ------------------------------------------------------------------
    # Constraints
    # ------------------------------------------------------------------

    @api.constrains("contract_file")
    def _check_contract_file(self):
        """The page with the signatures is added to it."""
        for contract in self.with_context(bin_size=False):
            document = contract.contract_file
            if problem := document and check_file(b64decode(document)):
                raise ValidationError(self._explain_file(problem))

    @api.model
    def _explain_file(self, problem, with_pictures=False):
        """:return: text that says why a file cannot be kept, see ``check_file``"""
        kinds = self.env._("The file must be a PDF.")
        if with_pictures:
            kinds = self.env._("The file must be a PDF, or a JPEG or PNG picture.")
        return {
            "empty": self.env._("Choose the file of the signed contract."),
            "size": self.env._("The file is larger than 25 MB."),
            "type": kinds,
            "broken": self.env._("The PDF is damaged or protected by a password."),
        }[problem]

    # ------------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------------

    def write(self, vals):
        # sudo: only whether there is one
        if "signed_file_id" in vals and self.sudo().signed_file_id:
            raise UserError(self.env._("A signed document is never replaced."))
        # sudo: users do not write the token, which opens the contract for one customer.
        contracts = self.sudo() if "partner_id" in vals else self.browse()
        before = {contract: contract.partner_id for contract in contracts}
        res = super().write(vals)
        contracts.filtered(lambda c: c.partner_id != before[c]).sign_token = False
        return res

    # ------------------------------------------------------------------
    # Sent to be signed
    # ------------------------------------------------------------------

    def action_send(self):
        """Write the customer a mail with the link to sign."""
        self.ensure_one()
        self.check_access("write")
        if self.state != "sent":
            self._check_state_is("approved")
        self._freeze()
        return {
            "name": self.env._("Send to Sign"),
            "type": "ir.actions.act_window",
            "res_model": "mail.compose.message",
            "view_mode": "form",
            "views": [(False, "form")],
            "target": "new",
            "context": {
                "default_model": self._name,
                "default_res_ids": self.ids,
                "default_composition_mode": "comment",
                "default_template_id": self.env.ref(SIGN_TEMPLATE).id,
                "default_email_layout_xmlid": "mail.mail_notification_light",
                "force_email": True,
                "mark_contract_sent": True,
            },
        }

    def message_post(self, **kwargs):
        if self.env.context.get("mark_contract_sent"):
            self.filtered(lambda c: c.state == "approved")._mark_sent()
        return super().message_post(**kwargs)

    def _mark_sent(self):
        """The customer has the link: from now on both sides can sign."""
        self.check_access("write")
        self._freeze()
        self._set_state("sent")
        for contract in self.filtered(lambda c: not c.agreed_on):
            contract.agreed_on = contract._get_contract_company()._get_sales_today()

    def _freeze(self):
        """Keep the document that is reviewed and signed.

        :raise UserError: if one of its quotations may not reach the customer yet
        """
        # sudo: only code writes documents; the calling action has checked the user.
        contracts = self.sudo().filtered(lambda c: not c.text_file_id)
        self._check_prices_of(contracts.order_ids.ids)
        for contract in contracts:
            contract.text_file_id = contract.file_ids._keep(
                contract, "text", contract._render_document()
            )

    def _check_may_be_printed(self):
        """:raise UserError: if it shows prices that may not reach the customer yet"""
        # sudo: only whether the document is fixed, and what it shows
        drafts = self.sudo().filtered(
            lambda c: not c.text_file_id and c.state != "signed"
        )
        self._check_prices_of(drafts.order_ids.ids)

    def _check_prices_of(self, order_ids):
        """The customer agrees to no price that is not approved. The limit of the user
        counts for quotations that they may read."""
        orders = self.env["sale.order"].browse(order_ids)
        own = orders._filtered_access("read")
        own._check_may_be_printed()
        # sudo: only asks; nobody's limit counts for the others.
        (orders - own).sudo()._check_may_be_printed()

    def _render_document(self):
        self.ensure_one()
        if self.contract_file:
            return b64decode(self.with_context(bin_size=False).contract_file)
        return self._render_report(TEXT_REPORT)

    def _render_report(self, report):
        # sudo: reports are rendered for customers, too.
        company = self._get_contract_company()
        reports = self.env["ir.actions.report"].sudo().with_company(company)
        content, _kind = reports._render_qweb_pdf(report, self.ids)
        return content

    # ------------------------------------------------------------------
    # Page of the customer
    # ------------------------------------------------------------------

    def _get_sign_url(self, suffix=""):
        """:return: link of the customer, which needs no login"""
        self.ensure_one()
        # sudo: users do not read the token; whoever may send the contract sends it.
        contract = self.sudo()
        if not contract.sign_token:
            contract.sign_token = secrets.token_urlsafe(32)
        path = f"/my/contracts/{self.id}{suffix}?access_token={contract.sign_token}"
        return f"{self.get_base_url()}{path}"

    def _fits_token(self, token):
        """:return: whether a link of this contract has the token"""
        self.ensure_one()
        own = self.sudo().sign_token  # sudo: see above
        if not own or not token or not isinstance(token, str):
            return False
        return consteq(own.encode(), token.encode())

    @api.model
    def _get_portal_domain(self, partner):
        """:return: domain of the contracts of a customer that have a page"""
        return (
            Domain("commercial_partner_id", "=", partner.commercial_partner_id.id)
            & Domain("domain", "=", "sale")
            & Domain("is_template", "=", False)
            & Domain("state", "in", OPEN)
        )

    # ------------------------------------------------------------------
    # Signatures
    # ------------------------------------------------------------------

    def action_sign(self):
        """Sign for the company."""
        self.ensure_one()
        self._check_signable()
        return {
            "name": self.env._("Sign %s", self.display_name),
            "type": "ir.actions.act_window",
            "res_model": "sales.contract.sign",
            "view_mode": "form",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_agreement_id": self.id},
        }

    def _check_signable(self):
        """:raise UserError: if the user cannot sign for the company now"""
        self.ensure_one()
        self.check_access("read")
        if not self._may_sign(self.env.user):
            raise UserError(
                self.env._(
                    "Directors and those named in the settings sign for the company."
                )
            )
        if self.state != "sent":
            self._check_state_is("approved")
        if self.own_signed_on:
            raise UserError(self.env._("We have signed already. Reload the page."))

    def _sign_for_us(self, signature):
        """Sign as the current user."""
        take_turns(self)
        self.invalidate_recordset()
        self._check_signable()
        self._freeze()
        # sudo: users cannot write signatures; that they may sign was checked.
        self.sudo().write(
            {
                "own_signature": signature,
                "own_signed_by_id": self.env.uid,
                "own_signed_on": fields.Datetime.now(),
            }
        )
        self._finish()

    def _sign_for_customer(self, name, signature, document_id):
        """Sign for the customer, whose page has checked who it is.

        :param int document_id: the document that the page has shown
        :raise UserError: if there is nothing to sign any more, or something else
        """
        take_turns(self)
        self.invalidate_recordset()
        if not self._is_to_sign_by_customer():
            raise UserError(self.env._("There is nothing to sign any more."))
        # sudo: customers write nothing but their signature.
        contract = self.sudo()
        if contract.text_file_id.id != document_id:
            raise UserError(
                self.env._(
                    "The contract has changed. Reload the page to read and sign the new"
                    " one."
                )
            )
        contract.write(
            {
                "customer_signature": signature,
                "customer_signed_by": name,
                "customer_signed_on": fields.Datetime.now(),
            }
        )
        contract._try_to_finish()
        if not contract.own_signed_on:
            contract._ask_to_sign()

    def _try_to_finish(self):
        """Leave it to the job if the document cannot be made now: the signature of the
        customer is kept in any case."""
        if reason := attempt(self.env, self._finish):
            _logger.error("Contract %s is signed, not finished: %s", self.id, reason)
            # sudo: the job tries again, whoever has signed.
            self.env.ref(CRON).sudo()._trigger()

    def _is_to_sign_by_customer(self):
        self.ensure_one()
        contract = self.sudo()  # sudo: for the page of the customer
        return contract.state == "sent" and not contract.customer_signed_on

    def _finish(self):
        """Once both sides have signed, keep the document with both signatures."""
        self.ensure_one()
        contract = self.sudo()  # sudo: see the callers
        if not (contract.customer_signed_on and contract.own_signed_on):
            return
        contract.flush_recordset()
        content = merge_files(
            [
                contract.text_file_id._get_content(),
                contract._render_report(SHEET_REPORT),
            ]
        )
        contract._keep_signed(content)
        template = self.env.ref(SIGNED_TEMPLATE, raise_if_not_found=False)
        if template and contract.partner_id.email:
            # sudo: the customer gets the document that they have signed.
            template.sudo().send_mail(contract.id)

    def _keep_signed(self, content, signature_date=None):
        """Keep the signed document, and put the contract into force."""
        self.ensure_one()
        contract = self.sudo()  # sudo: see the callers
        today = contract._get_contract_company()._get_sales_today()
        signature_date = signature_date or today
        contract.write(
            {
                "signed_file_id": contract.file_ids._keep(
                    contract, "signed", content
                ).id,
                "signature_date": signature_date,
                "agreed_on": contract.agreed_on or signature_date,
                "state": "signed",
            }
        )
        contract._close_to_dos()
