# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import binascii
from base64 import b64decode
from urllib.parse import urlencode

from odoo.exceptions import UserError
from odoo.http import content_disposition, request, route

from odoo.addons.portal.controllers.portal import CustomerPortal
from odoo.addons.portal.controllers.portal import pager as portal_pager

# Letters of a name
LONGEST_NAME = 120
# Letters of a signature in base64
LONGEST_SIGNATURE = 2_000_000


class ContractPortal(CustomerPortal):
    """Customers read and sign their contracts: with a login, or by the link of their
    mail (policy 3.3.3). They see the document and nothing else of the contract."""

    def _prepare_home_portal_values(self, counters):
        values = super()._prepare_home_portal_values(counters)
        if "sales_contract_count" in counters:
            values["sales_contract_count"] = _search(count=True)
        return values

    @route(
        ["/my/contracts", "/my/contracts/page/<int:page>"],
        type="http",
        auth="user",
        website=True,
        readonly=True,
    )
    def portal_my_sales_contracts(self, page=1, **_kw):
        values = self._prepare_portal_layout_values()
        pager = portal_pager(
            url="/my/contracts",
            total=_search(count=True),
            page=page,
            step=self._items_per_page,
        )
        values.update(
            contracts=_search(limit=self._items_per_page, offset=pager["offset"]),
            page_name="sales_contract",
            default_url="/my/contracts",
            pager=pager,
        )
        return request.render("sales_efficiency_process.portal_my_contracts", values)

    @route("/my/contracts/<int:contract_id>", type="http", auth="public", website=True)
    def portal_sales_contract(self, contract_id, access_token=None, **kw):
        contract = _find(contract_id, access_token)
        if not contract:
            return request.redirect("/my")
        token = {"access_token": access_token} if access_token else {}
        shown = {"document": contract.text_file_id.id}
        url = f"/my/contracts/{contract.id}"
        values = {
            "contract": contract,
            "document_url": f"{url}/document?{urlencode(token)}",
            "accept_url": f"{url}/accept?{urlencode(token | shown)}",
            "is_open": contract.state in ("sent", "signed"),
            "is_to_sign": not request.env.user._is_internal()
            and contract._is_to_sign_by_customer(),
            "has_signed": kw.get("message") == "signed" and contract.customer_signed_on,
            "signer_name": _get_signer_name(contract),
            "page_name": "sales_contract",
            "res_company": contract._get_contract_company(),
        }
        return request.render("sales_efficiency_process.portal_contract", values)

    @route(
        "/my/contracts/<int:contract_id>/document",
        type="http",
        auth="public",
        website=True,
        readonly=True,
    )
    def portal_sales_contract_document(
        self, contract_id, access_token=None, download=False, **_kw
    ):
        contract = _find(contract_id, access_token)
        file = contract and (contract.signed_file_id or contract.text_file_id)
        if not file or contract.state not in ("sent", "signed"):
            return request.redirect("/my")
        content = file._get_content()
        kind = "attachment" if download else "inline"
        headers = {
            "Content-Type": file.mimetype,
            "Content-Length": len(content),
            "Content-Disposition": content_disposition(file.name, kind),
            "X-Content-Type-Options": "nosniff",
        }
        return request.make_response(content, headers=list(headers.items()))

    @route(
        "/my/contracts/<int:contract_id>/accept",
        type="jsonrpc",
        auth="public",
        website=True,
    )
    def portal_sales_contract_accept(
        self, contract_id, access_token=None, name=None, signature=None
    ):
        query = request.httprequest.args
        access_token = access_token or query.get("access_token")
        contract = _find(contract_id, access_token)
        if not contract or not contract._is_to_sign_by_customer():
            return {"error": request.env._("There is nothing to sign any more.")}
        if request.env.user._is_internal():
            return {"error": request.env._("Only the customer signs here.")}
        if problem := _check_signature(name, signature):
            return {"error": problem}
        try:
            document_id = query.get("document", 0, type=int)
            contract._sign_for_customer(name.strip(), signature, document_id)
        except UserError as error:
            return {"error": str(error)}
        token = {"access_token": access_token} if access_token else {}
        query = urlencode(token | {"message": "signed"})
        return {
            "force_refresh": True,
            "redirect_url": f"/my/contracts/{contract.id}?{query}",
        }


def _search(count=False, **options):
    """:return: the contracts of the customer who is the user, as superuser, or their
    number"""
    # sudo: customers may not read contracts; the domain names their own.
    contracts = request.env["agreement"].sudo()
    domain = contracts._get_portal_domain(request.env.user.partner_id)
    if count:
        return contracts.search_count(domain)
    return contracts.search(domain, order="start_date desc, id desc", **options)


def _find(contract_id, access_token):
    """:return: the contract as superuser, if the user may see its page, or None"""
    # sudo: whether the user may see it is checked here.
    contract = request.env["agreement"].sudo().browse(contract_id).exists()
    if not contract or not contract._filter_contracts():
        return None
    if contract._fits_token(access_token) or _is_of_user(contract):
        return contract
    return None


def _is_of_user(contract):
    user = request.env.user
    if user._is_public():
        return False
    if user._is_internal():
        return contract.with_user(user).has_access("read")
    own = contract._get_portal_domain(user.partner_id)
    return bool(contract.filtered_domain(own))


def _get_signer_name(contract):
    """:return: the name that is proposed: people sign, not companies"""
    user, customer = request.env.user, contract.partner_id
    signer = customer if user._is_public() else user.partner_id
    return "" if signer.is_company else signer.name


def _check_signature(name, signature):
    """:return: what is wrong with a signature, or None"""
    if not isinstance(name, str) or not name.strip():
        return request.env._("Please enter your name.")
    if len(name) > LONGEST_NAME:
        return request.env._("This name is too long.")
    if not isinstance(signature, str) or not signature:
        return request.env._("Signature is missing.")
    try:
        is_short = len(signature) <= LONGEST_SIGNATURE
        content = is_short and b64decode(signature, validate=True)
    except (binascii.Error, ValueError):
        content = b""
    if not content or not content.startswith(b"\x89PNG"):
        return request.env._("This is no signature. Please sign again.")
    return None
