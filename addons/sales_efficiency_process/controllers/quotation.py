# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.exceptions import AccessError, ValidationError
from odoo.http import request, route
from odoo.tools import consteq

from odoo.addons.sale.controllers import portal


class QuotationPortal(portal.CustomerPortal):
    """A quotation whose prices are not approved is closed to its customer, who is told
    that it is being revised (policy 3.3.1). People of the company may preview it."""

    @route()
    def portal_order_page(
        self,
        order_id,
        report_type=None,
        access_token=None,
        message=False,
        download=False,
        payment_amount=None,
        amount_selection=None,
        **kw,
    ):
        if order := _find_held_quotation(order_id, access_token):
            return request.render(
                "sales_efficiency_process.quotation_held",
                {"held_order": order, "res_company": order.company_id},
            )
        return super().portal_order_page(
            order_id,
            report_type=report_type,
            access_token=access_token,
            message=message,
            download=download,
            payment_amount=payment_amount,
            amount_selection=amount_selection,
            **kw,
        )

    @route()
    def portal_quote_accept(
        self, order_id, access_token=None, name=None, signature=None
    ):
        token = access_token or request.httprequest.args.get("access_token")
        if order := _find_held_quotation(order_id, token):
            # The page that was open is out of date: show what holds now.
            return {"force_refresh": True, "redirect_url": order.get_portal_url()}
        return super().portal_quote_accept(
            order_id, access_token=access_token, name=name, signature=signature
        )

    @route()
    def portal_quote_decline(
        self, order_id, access_token=None, decline_message=None, **kwargs
    ):
        if order := _find_held_quotation(order_id, access_token):
            return request.redirect(order.get_portal_url())
        return super().portal_quote_decline(
            order_id,
            access_token=access_token,
            decline_message=decline_message,
            **kwargs,
        )

    @route()
    def portal_my_sale_order_download_edi(self, order_id=None, access_token=None, **kw):
        # sudo: who may not read it comes to the same page.
        order = request.env["sale.order"].sudo().browse(order_id).exists()
        if order._filter_price_held():
            # A file for the customer's system, which salespeople could pass on
            return request.redirect("/my")
        return super().portal_my_sale_order_download_edi(
            order_id=order_id, access_token=access_token, **kw
        )

    def _document_check_access(self, model_name, document_id, access_token=None):
        """Close all other pages and files of the quotation."""
        document = super()._document_check_access(
            model_name, document_id, access_token=access_token
        )
        if model_name == "sale.order" and _is_held(document):
            raise AccessError(request.env._("This quotation is being revised."))
        return document


class QuotationPayment(portal.PaymentPortal):
    @route()
    def portal_order_transaction(self, order_id, access_token, **kwargs):
        if _find_held_quotation(order_id, access_token):
            raise ValidationError(
                request.env._(
                    "This quotation is being revised. Please reload the page."
                )
            )
        return super().portal_order_transaction(order_id, access_token, **kwargs)


def _find_held_quotation(order_id, access_token):
    """:return: the quotation, if the user may read it, but nobody has approved its
    prices"""
    # sudo: whether the user may read it is checked below.
    order = request.env["sale.order"].sudo().browse(order_id).exists()
    if not order or not (_is_of_user(order) or _fits(order, access_token)):
        return None
    return order if _is_held(order) else None


def _is_of_user(order):
    user = request.env.user
    customer = order.partner_id.commercial_partner_id
    return not user._is_public() and user.commercial_partner_id == customer


def _fits(order, access_token):
    token = order.access_token
    return bool(token and access_token and consteq(token, access_token))


def _is_held(order):
    """:return: whether the user is a customer to whom it is closed"""
    return not request.env.user._is_internal() and bool(order._filter_price_held())
