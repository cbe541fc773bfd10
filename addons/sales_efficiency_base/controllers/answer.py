# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import binascii

from odoo.exceptions import UserError
from odoo.http import Controller, request, route
from odoo.tools import verify_hash_signed

from ..engine import OPT_OUT

PAGE = "/sales/answer/<string:kind>/<int:record_id>/<string:token>"
STOP = "/sales/answer/stop/<string:token>"
HEADERS = {
    # The address is a key: keep it out of caches, of other sites and of search engines.
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow",
    "Content-Security-Policy": "frame-ancestors 'self'",
}


class AnswerController(Controller):
    """Pages on which customers answer without a login.

    They are the only access that portal and public have to these records. Fetching a
    page runs on a read-only transaction: scanners and previews change nothing.
    """

    @route(PAGE, type="http", auth="public", methods=["GET"], readonly=True)
    def show_questions(self, kind, record_id, token, **_query):
        record = self._find(kind, record_id, token)
        if refusal := self._get_refusal(record):
            return refusal
        return self._render_questions(record)

    @route(PAGE, type="http", auth="public", methods=["POST"])
    def take_answer(self, kind, record_id, token, **values):
        record = self._find(kind, record_id, token)
        if refusal := self._get_refusal(record):
            return refusal
        values.pop("csrf_token", None)
        try:
            with request.env.cr.savepoint():
                counts = record._answer(values)
        except UserError as error:
            return self._render_questions(record, error=str(error), status=422)
        if not counts:
            return self._get_refusal(record) or self._show_busy(record)
        return self._show_message(
            record,
            record.env._("Thank you"),
            record.env._("Your answer has been received."),
        )

    @route(STOP, type="http", auth="public", methods=["GET"], readonly=True)
    def show_opt_out(self, token, **_query):
        company, email = self._read_opt_out(token)
        if not email:
            return self._show_invalid()
        title = company.env._("No more questions?")
        return self._render(
            company,
            "sales_efficiency_base.sales_answer_stop",
            {"title": title, "company": company, "email": email},
        )

    @route(STOP, type="http", auth="public", methods=["POST"])
    def opt_out(self, token, **_values):
        company, email = self._read_opt_out(token)
        if not email:
            return self._show_invalid()
        company.env["sales.answer.contact"]._opt_out(company, email)
        return self._show_message(
            company,
            company.env._("Done"),
            company.env._("We will not ask you again."),
            company=company,
        )

    # ------------------------------------------------------------------
    # What a link leads to
    # ------------------------------------------------------------------

    def _find(self, kind, record_id, token):
        """:return: the record as superuser, in the language of the customer"""
        records = request.env["sales.answer.mixin"]
        record = records._find_answer(kind, record_id, token)
        lang = record and record.answer_partner_id.lang
        return record.with_context(lang=lang or request.env.lang)

    def _read_opt_out(self, token):
        """:return: company and address of a link to opt out, or twice None"""
        # sudo: the signature proves that we have sent the link to this address.
        env = request.env(su=True)
        try:
            company_id, email = verify_hash_signed(env, OPT_OUT, token) or (None, None)
        except (ValueError, binascii.Error, UnicodeError):
            company_id, email = None, None
        company = env["res.company"].browse(company_id).exists()
        if not company:
            return None, None
        partner = env["res.partner"].search(
            [("email_normalized", "=", email), ("lang", "!=", False)], limit=1
        )
        return company.with_context(lang=partner.lang or env.lang), email

    # ------------------------------------------------------------------
    # Pages
    # ------------------------------------------------------------------

    def _get_refusal(self, record):
        """:return: the page that says why a link does not work, or None"""
        if not record:
            return self._show_invalid()
        if record.answer_state == "answered":
            return self._show_message(
                record,
                record.env._("Thank you"),
                record.env._("Your answer has been received already."),
            )
        if not record._is_open_for_answer():
            return self._show_message(
                record,
                record.env._("The time is over"),
                record.env._("It is too late to answer. Thank you all the same."),
                status=410,
            )
        return None

    def _show_invalid(self):
        env = request.env
        return self._show_message(
            env["sales.answer.mixin"],
            env._("This link does not work"),
            env._("It is incomplete, or what it was about is closed."),
            status=404,
        )

    def _show_busy(self, record):
        return self._render_questions(
            record, error=record.env._("Please send your answer again."), status=409
        )

    def _show_message(self, records, title, message, company=None, status=200):
        company = company or (records and records.company_id)
        return self._render(
            records,
            "sales_efficiency_base.sales_answer_message",
            {"title": title, "message": message, "company": company},
            status=status,
        )

    def _render_questions(self, record, error=None, status=200):
        # What was sent stays in the form when something is missing.
        sent = request.httprequest.form if error else {}
        return self._render(
            record,
            "sales_efficiency_base.sales_answer_page",
            {
                **record._get_answer_values(),
                "title": record._get_answer_title(),
                "template": record._answer_template,
                "company": record.company_id,
                "record": record,
                "error": error,
                "sent": sent,
            },
            status=status,
        )

    def _render(self, records, template, values, status=200):
        lang = records.env.lang or "en_US"
        html = records.env["ir.qweb"]._render(
            template,
            {
                **values,
                "language": lang.replace("_", "-"),
                "url": request.httprequest.path,
                "csrf_token": request.csrf_token(),
            },
        )
        return request.make_response(
            html,
            {"Content-Type": "text/html; charset=utf-8", **HEADERS}.items(),
            status=status,
        )
