# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import io
from base64 import b64encode
from datetime import timedelta
from textwrap import wrap

from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.pdfmetrics import registerFont
from reportlab.pdfgen import canvas

from odoo import Command, api, fields, models
from odoo.tools import LazyTranslate, html2plaintext

from odoo.addons.sales_efficiency_base.demo import enter_demo
from odoo.addons.sales_efficiency_base.demo.demo_company import COMPANY

# Constants have no environment: their language is that of whoever asks.
# pylint: disable=prefer-env-translation
_lt = LazyTranslate(__name__)

# Pages of demo documents, in points; a font of PDF readers, with Chinese letters
FONT, SIZE = "MSung-Light", 11
LEFT, TOP, BOTTOM = 72, 770, 72
# Who, products with quantities, discounts of the versions sent, what becomes of it
NEGOTIATIONS = (
    ("amy", (("sd_10", 24), ("sm_04", 30)), (0, 4), "open"),
    ("jason", (("us_25", 80), ("px_10", 120)), (0, 3, 5), "agreed"),
)
# Days ago, how, their demand, our offer, what we got for it
ROUNDS = (
    (
        9,
        "meeting",
        _lt("Ten percent less, as their present supplier offers."),
        _lt("A better price for a larger order."),
        _lt("Thirty pieces instead of twenty."),
    ),
    (
        4,
        "video",
        _lt("Delivery before their fair, and a longer warranty."),
        _lt("Delivery in two lots; the warranty stays as it is."),
        _lt("Payment within ten days, and a visit of their partners as a reference."),
    ),
)
# Kind, concern, answer, whether it is settled
CONCERNS = (
    (
        "service",
        _lt("Who comes when a line stands still at night?"),
        _lt("The service contract has a technician on site within 24 hours."),
        True,
    ),
    (
        "price",
        _lt("The sensors of the other supplier are cheaper."),
        _lt("Three failures less a year pay for the difference."),
        False,
    ),
)
WE_WANT = _lt("A term of three years, and the plant as a reference.")
THEY_WANT = _lt("Delivery before the fair, and one contact for everything.")
ALTERNATIVE = _lt("They keep their supplier for a year; we equip the next customer.")
LESSON = _lt("The reference was worth more to them than the last percent.")
# The contract that follows what was agreed
AGREED = _lt("Supply of sensors")
# Who, subject, days from today to the end, step
CONTRACTS = (
    ("amy", _lt("Supply of drives"), 320, "draft"),
    ("emily", _lt("Machine vision with service"), 365, "to_sign"),
    ("amy", _lt("Service of the packing line"), 45, "notice"),
    ("jason", _lt("Framework for spare parts"), 200, "signed"),
)
NOT_APPLICABLE = _lt("No personal data is exchanged.")


class SalesDealDemo(models.AbstractModel):
    """Negotiations of the demo company, and contracts in each step (3.3.2, 3.3.3)."""

    _name = "sales.deal.demo"
    _description = "Demo Data of Deals"

    @api.model
    def _load(self):
        if not self.env.ref(COMPANY, raise_if_not_found=False):
            return  # A database of an earlier version, in whose demo people work
        demo = enter_demo(
            self,
            tracking_disable=True,
            mail_create_nolog=True,
            mail_create_nosubscribe=True,
            mail_notrack=True,
            mail_activity_quick_update=True,
        )
        if demo.env["sales.negotiation"].search_count([], limit=1):
            return  # Odoo can load demo data repeatedly
        type_ = demo.env["agreement.type"]._create_ready_type()
        for values in NEGOTIATIONS:
            demo._create_negotiation(*values)
        for values in CONTRACTS:
            demo._create_contract(type_, *values)

    # ------------------------------------------------------------------
    # Negotiations
    # ------------------------------------------------------------------

    def _create_negotiation(self, login, products, discounts, state):
        user = self._get(f"user_{login}")
        lead = self._find_lead(user)
        if not lead:
            return
        order = self._create_quotation(user, lead, products)
        versions = self._send_versions(order, discounts)
        amount = versions[0].amount_untaxed
        negotiation = self.env["sales.negotiation"].create(
            {
                "lead_id": lead.id,
                "currency_id": order.currency_id.id,
                "goal_amount": round(amount * 0.97, -3),
                "bottom_amount": round(amount * 0.92, -3),
                "their_goal_amount": round(amount * 0.88, -3),
                "their_limit_amount": round(amount * 0.96, -3),
                "goal": self.env._(WE_WANT),
                "their_goal": self.env._(THEY_WANT),
                "alternative": self.env._(ALTERNATIVE),
            }
        )
        rounds = self._create_rounds(negotiation, versions[1:], user)
        self._create_concerns(negotiation, rounds[:1])
        if state == "agreed":
            negotiation.lesson = self.env._(LESSON)
            negotiation.concern_ids.is_settled = True
            negotiation.action_agree()
            self._make_contract(order)

    def _make_contract(self, order):
        """It is being reviewed."""
        order.action_make_contract()
        contract = order.sales_contract_id
        contract.write(
            {
                "name": self.env._(AGREED),
                "end_date": contract.start_date + timedelta(days=364),
            }
        )
        self._bring_to_review(contract)

    def _create_quotation(self, user, lead, products):
        today = self.env.company._get_sales_today()
        return self.env["sale.order"].create(
            {
                "partner_id": lead.partner_id.id,
                "opportunity_id": lead.id,
                "company_id": self.env.company.id,
                "user_id": user.id,
                "team_id": lead.team_id.id,
                "validity_date": today + timedelta(days=30),
                "order_line": [
                    Command.create(
                        {
                            "product_id": self._get(f"product_{name}").id,
                            "product_uom_qty": quantity,
                        }
                    )
                    for name, quantity in products
                ],
            }
        )

    def _send_versions(self, order, discounts):
        """:return: list of the versions, each sent some days after the one before"""
        now = fields.Datetime.now()
        days = 14
        for discount in discounts:
            order.order_line.discount = discount
            if order.state == "sent":
                order._keep_versions()
            else:
                order.action_quotation_sent()
            moment = now - timedelta(days=days)
            version = order._get_newest_version()
            version.write(
                {
                    "sent_on": moment,
                    "last_sent_on": moment,
                    "sent_by_id": order.user_id.id,
                    "document": b64encode(self._draw(self._list_offer(version))),
                    "document_name": f"{order.name}.pdf",
                }
            )
            days -= 5
        return list(order.sales_version_ids.sorted("number"))

    def _create_rounds(self, negotiation, versions, user):
        today = self.env.company._get_sales_today()
        people = negotiation.partner_id.commercial_partner_id.child_ids[:2]
        rounds = self.env["sales.negotiation.round"]
        for (days, kind, *texts), version in zip(ROUNDS, versions, strict=False):
            demand, offer, counterpart = (self.env._(text) for text in texts)
            rounds |= rounds.create(
                {
                    "negotiation_id": negotiation.id,
                    "date": today - timedelta(days=days),
                    "kind": kind,
                    "contact_ids": people.ids,
                    "user_ids": user.ids,
                    "demand": demand,
                    "demand_amount": negotiation.their_goal_amount,
                    "offer": offer,
                    "version_id": version.id,
                    "counterpart": counterpart,
                }
            )
        return rounds

    def _create_concerns(self, negotiation, round_):
        self.env["sales.negotiation.concern"].create(
            [
                {
                    "negotiation_id": negotiation.id,
                    "round_id": round_.id,
                    "kind": kind,
                    "name": self.env._(name),
                    "answer": self.env._(answer),
                    "is_settled": is_settled,
                }
                for kind, name, answer, is_settled in CONCERNS
            ]
        )

    # ------------------------------------------------------------------
    # Contracts
    # ------------------------------------------------------------------

    def _create_contract(self, type_, login, name, days, step):
        user = self._get(f"user_{login}")
        today = self.env.company._get_sales_today()
        end = today + timedelta(days=days)
        contract = self.env["agreement"].create(
            {
                "name": self.env._(name),
                "agreement_type_id": type_.id,
                "partner_id": self._find_customer(user, days).id,
                "company_id": self.env.company.id,
                "user_id": user.id,
                "start_date": end - timedelta(days=364),
                "end_date": end,
                "contract_amount": 1000 * (days + 100),
                "notice_mail": step == "notice",
            }
        )
        if step == "draft":
            contract.with_user(user).check_ids[:4].action_done()
        else:
            getattr(self, f"_bring_to_{step}")(contract)

    def _bring_to_review(self, contract):
        checks = contract.with_user(contract.user_id).check_ids
        last = checks.filtered(lambda check: check.sequence == 80)
        last.write({"state": "not_applicable", "reason": self.env._(NOT_APPLICABLE)})
        (checks - last).action_done()
        contract.contract_file = b64encode(self._draw(self._list_text(contract)))
        contract.contract_file_name = f"{contract.code}.pdf"
        contract.with_user(contract.user_id).action_submit()
        self.env.flush_all()

    def _bring_to_to_sign(self, contract):
        """Agreed twelve days ago, and not signed yet."""
        self._approve(contract)
        contract._mark_sent()
        today = self.env.company._get_sales_today()
        contract.agreed_on = today - timedelta(days=12)
        contract._tell_of_unsigned()

    def _bring_to_signed(self, contract):
        self._approve(contract)
        contract._mark_sent()
        director = self.env.company._get_sales_directors()[:1]
        people = contract.partner_id.child_ids
        signed_on = fields.Datetime.to_datetime(contract.start_date)
        contract.sudo().write(
            {
                "customer_signed_by": (people or contract.partner_id)[:1].name,
                "customer_signed_on": signed_on,
                "own_signed_by_id": director.id,
                "own_signed_on": signed_on,
                "agreed_on": contract.start_date,
            }
        )
        names = contract.customer_signed_by, director.name
        content = self._draw([*self._list_text(contract), "", *names])
        contract._keep_signed(content, contract.start_date)

    def _bring_to_notice(self, contract):
        """It ends soon: the salesperson has a to-do, the customer no mail."""
        self._bring_to_signed(contract)
        contract.sudo().notice_mail = False
        contract._tell_of_notice()

    def _approve(self, contract):
        self._bring_to_review(contract)
        self.env.invalidate_all()
        contract.with_user(contract.reviewer_id)._validate_tier()
        contract.invalidate_recordset()

    # ------------------------------------------------------------------
    # Helpers
    # ------------------------------------------------------------------

    def _find_lead(self, user):
        """:return: the largest opportunity of the person that is open"""
        return self.env["crm.lead"].search(
            [
                ("user_id", "=", user.id),
                ("won_status", "=", "pending"),
                ("type", "=", "opportunity"),
                ("partner_id", "!=", False),
            ],
            order="expected_revenue desc, id",
            limit=1,
        )

    def _find_customer(self, user, number):
        """:return: one of the customers of the person"""
        customers = self.env["res.partner"].search(
            [("user_id", "=", user.id), ("is_company", "=", True)], order="id"
        )
        customers = customers or self.env["res.partner"].search(
            [("is_company", "=", True), ("customer_rank", ">", 0)], order="id", limit=9
        )
        return customers[number % len(customers)]

    @api.model
    def _list_offer(self, version):
        """:return: lines of the PDF of a sent version"""
        return [
            version.display_name,
            version.partner_id.name,
            "",
            *(
                f"{line.quantity:g} × {line.name}: {line.subtotal:,.0f}"
                for line in version.line_ids
            ),
            f"{version.currency_id.name} {version.amount_untaxed:,.0f}",
        ]

    @api.model
    def _list_text(self, contract):
        """:return: lines of the document of a contract"""
        return [
            contract.name,
            contract.code,
            f"{contract.company_id.name} – {contract.partner_id.name}",
            f"{contract.start_date} – {contract.end_date}",
            "",
            *html2plaintext(contract.body).splitlines(),
        ]

    @api.model
    def _draw(self, lines):
        """:return: a PDF with lines of text, which needs no program to be rendered"""
        registerFont(UnicodeCIDFont(FONT))
        with io.BytesIO() as stream:
            page = canvas.Canvas(stream)
            left = TOP
            for line in lines:
                # Wide letters take twice the room.
                for part in wrap(line, 80 if line.isascii() else 40) or [""]:
                    if left < BOTTOM:
                        page.showPage()
                        left = TOP
                    page.setFont(FONT, SIZE)
                    page.drawString(LEFT, left, part)
                    left -= 1.5 * SIZE
            page.save()
            return stream.getvalue()

    def _get(self, name):
        return self.env.ref(f"sales_efficiency_base.{name}_demo")
