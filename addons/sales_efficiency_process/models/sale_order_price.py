# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from contextlib import contextmanager

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL

from ..engine.price import PriceGate, describe_check

OPEN = ("draft", "sent")
# These could show prices that nobody has approved: a cancelled quotation comes back.
SHOWN = (*OPEN, "cancel")
# With these a quotation reaches its customer.
RELEASED = ("sent", "sale")
# What the gate depends on
GATE = (
    "currency_rate",
    "order_line.discount",
    "order_line.price_subtotal",
    "order_line.price_unit",
    "order_line.product_id",
    "order_line.product_uom_id",
    "order_line.product_uom_qty",
    "order_line.sales_unit_cost",
    "price_request_ids.state",
    "sales_channel_id",
    "sales_region_id",
    "sales_sent_on",
    "state",
)
# Values that change neither prices nor floors
HARMLESS = {
    "date_order",
    "locked",
    "sales_after_sales_terms",
    "sales_sent_on",
    "signature",
    "signed_by",
    "signed_on",
    "state",
}


class SaleOrder(models.Model):
    """Nothing below its floor reaches a customer until it is approved (policy 3.3.1).

    The gate is the change of the status, which every way passes: buttons, calls,
    imports, other add-ons. What reaches a customer without it, such as reports, mails
    and the portal, is in ``sale_order_price_doors.py``.

    An order without a line below its floor costs no query.
    """

    _name = "sale.order"
    _inherit = ["sale.order", "sales.figure.mixin"]
    _figure_fields = (
        "amount_tax",
        "amount_total",
        "amount_untaxed",
        "currency_id",
        "currency_rate",
    )

    price_request_ids = fields.One2many(
        comodel_name="sales.price.request",
        inverse_name="order_id",
        string="Price Requests",
        copy=False,
        groups="sales_efficiency_base.group_sales_person",
    )
    price_request_count = fields.Integer(
        string="Number of Price Requests",
        compute="_compute_price_request_count",
        groups="sales_efficiency_base.group_sales_person",
    )
    price_gate_status = fields.Selection(
        selection=[
            ("below", "Below the Floor"),
            ("waiting", "Waiting for Approval"),
            ("approved", "Approved Price"),
        ],
        string="Price",
        compute="_compute_price_gate",
        groups="sales_efficiency_base.group_sales_person",
    )
    price_gate_message = fields.Text(
        string="Prices below the Floor",
        compute="_compute_price_gate",
        groups="sales_efficiency_base.group_sales_person",
    )
    is_price_held = fields.Boolean(
        string="Price Not Approved",
        compute="_compute_is_price_held",
        search="_search_is_price_held",
        groups="base.group_user",
    )
    sales_sent_on = fields.Datetime(
        string="Sent On",
        readonly=True,
        copy=False,
        groups="base.group_user",
        help="The floors of this day count, until a price gets worse.",
    )

    def _init_column(self, column_name):
        if column_name == "sales_sent_on":
            # What customers have already keeps to the floors of its day.
            self.env.cr.execute(
                "UPDATE sale_order SET sales_sent_on = date_order"
                " WHERE state IN ('sent', 'cancel')"
            )
            return
        super()._init_column(column_name)

    # ------------------------------------------------------------------
    # Computed fields
    # ------------------------------------------------------------------

    @api.depends("price_request_ids")
    def _compute_price_request_count(self):
        groups = self.env["sales.price.request"]._read_group(
            [("order_id", "in", self.ids)], ["order_id"], ["__count"]
        )
        counts = {order.id: count for order, count in groups}
        for order in self:
            order.price_request_count = counts.get(order._origin.id, 0)

    @api.depends(*GATE)
    @api.depends_context("lang")
    def _compute_price_gate(self):
        shortfalls = self._filter_price_open()._get_shortfalls()
        states = self._get_price_request_states()
        for order in self:
            own = states.get(order._origin.id, ())
            checks = shortfalls.get(order)
            if checks:
                is_waiting = "submitted" in own
                order.price_gate_status = "waiting" if is_waiting else "below"
                order.price_gate_message = "\n".join(order._describe_checks(checks))
            else:
                is_approved = "approved" in own and order.state != "cancel"
                order.price_gate_status = is_approved and "approved"
                order.price_gate_message = False

    @api.depends(*GATE)
    def _compute_is_price_held(self):
        held = self._filter_price_held()
        for order in self:
            order.is_price_held = order in held

    @api.model
    def _search_is_price_held(self, operator, value):
        if operator != "in":
            return NotImplemented
        # A record rule asks as superuser, a customer may not.
        self._check_field_access(self._fields["is_price_held"], "read")
        companies, condition = self.env.companies, None
        if not self.env.user._is_internal():
            # sudo: all companies, but only of whom the user buys for
            # pylint: disable-next=no-search-all
            companies = companies.sudo().search([])
            condition = self._sql_of_customer()
        held = PriceGate(self.env).find_held(companies.sudo(), condition)
        found = Domain("id", "in", held)
        return Domain.OR(found if is_held else ~found for is_held in value)

    @api.model
    def _sql_of_customer(self):
        """:return: the condition that an order is of the customer who is the user"""
        customer = self.env.user.commercial_partner_id
        return SQL(
            "o.partner_id IN (SELECT id FROM res_partner"
            " WHERE commercial_partner_id = %s)",
            customer.id,
        )

    def _get_price_request_states(self):
        """:return: dict id of the order -> set of the states of its requests"""
        # sudo: whether a price is approved does not depend on who asks.
        groups = (
            self.env["sales.price.request"]
            .sudo()
            ._read_group(
                [("order_id", "in", self._origin.ids)], ["order_id", "state"], []
            )
        )
        states = {}
        for order, state in groups:
            states.setdefault(order.id, set()).add(state)
        return states

    # ------------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        # Explicitly, because users send defaults, too
        orders = super().create(
            [{**vals, "sales_sent_on": False} for vals in vals_list]
        )
        if sent := orders.filtered(lambda order: order.state == "sent"):
            # sudo: users cannot write when it was sent; it is now.
            sent.sudo().sales_sent_on = fields.Datetime.now()
        orders.filtered(lambda order: order.state in RELEASED)._pass_price_gate()
        return orders

    def write(self, vals):
        if not self.env.su and "sales_sent_on" in vals:
            # It says which floors count.
            vals = {k: value for k, value in vals.items() if k != "sales_sent_on"}
        if "partner_id" in vals:
            self._leave_customer(vals["partner_id"])
        if vals.get("state") == "draft":
            vals = {**vals, "sales_sent_on": False}  # Another offer follows.
        if vals.get("state") == "cancel":
            self._keep_day_of_order()
        if vals.get("state") not in RELEASED:
            return self._write_company(vals)
        released = self.filtered(lambda o: o.state not in ("sale", vals["state"]))
        if not released:
            return self._write_company(vals)
        if cancelled := released.filtered(lambda order: order.state == "cancel"):
            # sudo: users cannot write when it was sent; it comes back as a new offer.
            cancelled.sudo().sales_sent_on = False
        # Before anything else: nothing happens to what is refused.
        released._pass_price_gate()
        if vals["state"] == "sent":
            vals = {**vals, "sales_sent_on": fields.Datetime.now()}
        res = super().write(vals)
        if not HARMLESS.issuperset(vals):
            released._pass_price_gate()
        return res

    def unlink(self):
        # sudo: they go with the quotation, their reviews included.
        self.env["sales.price.request"].sudo().search(
            [("order_id", "in", self.ids)]
        ).unlink()
        return super().unlink()

    def _write_company(self, vals):
        """A confirmed order does not come to a company at prices below its floors."""
        moved = self.browse()
        if "company_id" in vals:
            moved = self.filtered(
                lambda o: o.state == "sale" and o.company_id.id != vals["company_id"]
            )
        res = super().write(vals)
        moved._pass_price_gate()
        return res

    def _keep_day_of_order(self):
        """The customer goes on reading an order that is cancelled, as it was."""
        for order in self.sudo():  # sudo: users cannot write when it was sent.
            if order.state == "sale" and not order.sales_sent_on:
                order.sales_sent_on = order.date_order

    # ------------------------------------------------------------------
    # The gate
    # ------------------------------------------------------------------

    def _get_shortfalls(self):
        """:return: dict order -> list of the checks of its lines that need approval"""
        return PriceGate(self.env).get_shortfalls(self)

    def _filter_price_held(self):
        """:return: the open and cancelled quotations with lines below their floors that
        nobody has approved"""
        return self.browse().union(*self._filter_price_shown()._get_shortfalls())

    def _filter_price_open(self):
        """:return: those that are quotations still"""
        return self.filtered(lambda order: order.state in OPEN)

    def _filter_price_shown(self):
        """:return: those that nobody may show to a customer below their floors"""
        return self.filtered(lambda order: order.state in SHOWN)

    def _filter_price_released(self):
        """:return: those that their customers may have"""
        # sudo: only the status; who may change lines is checked as they are changed.
        return self.filtered(lambda order: order.sudo().state != "draft")

    def _pass_price_gate(self):
        """Refuse orders with lines below their floors that nobody has approved.

        Within the limit of their role the user approves by sending, which is kept.

        :raise UserError: naming the lines
        """
        shortfalls = self._get_shortfalls()
        user = self.env.user
        for order, checks in list(shortfalls.items()):
            # With rights of others, nobody decides.
            if not self.env.su and user._may_sell_below(order.company_id, checks):
                self.env["sales.price.request"]._record_own(order, user)
                del shortfalls[order]
        if shortfalls and user._is_internal():
            raise UserError(self._explain_held(shortfalls))
        if shortfalls:  # Floors are no business of customers.
            raise UserError(self.env._("This quotation is being revised."))

    def _explain_held(self, shortfalls):
        lines = [
            f"{order.name or ''} – {text}"
            for order, checks in shortfalls.items()
            for text in order._describe_checks(checks)
        ]
        return self.env._(
            "These prices are below the floor. The customer gets them once they are"
            " approved:\n%(lines)s\nUse “Request Price” on the quotation.",
            lines="\n".join(lines),
        )

    def _describe_checks(self, checks):
        """:return: list of texts, one a line below its floor"""
        self.ensure_one()
        # sudo: the floors are known to those who sell.
        order = self.sudo()
        currency = order.company_id.currency_id
        products = self.env["product.product"].sudo()
        return [
            describe_check(
                self.env,
                products.browse(check.product_id).display_name,
                check.amount / check.quantity / check.rate,
                check.floor_amount / check.quantity / check.rate,
                currency,
            )
            for check in checks
        ]

    def _get_price_day(self):
        """:return: the day whose floors count: the one on which it was sent as it is,
        else today"""
        self.ensure_one()
        moment = self.state != "draft" and self.sales_sent_on
        if not moment:
            return self.company_id._get_sales_today()
        zone = self.with_context(tz=self.company_id.sales_tz)
        return fields.Datetime.context_timestamp(zone, moment).date()

    @contextmanager
    def _watch_prices(self):
        """Watch the prices of orders that customers have, while lines are changed.

        A quotation that gets worse is another offer: the floors of today count. A
        confirmed order is refused if what gets worse is below its floor.
        """
        gate = PriceGate(self.env)
        before = {check.line_id: check for order in self for check in gate.check(order)}
        yield
        worse = self.filtered(
            lambda order: order._find_worse(before, gate.check(order))
        )
        # sudo: only whether it is with the customer
        quotations = worse.filtered(lambda order: order.sudo().state != "sale")
        if quotations and self._acts_for_company():  # Customers only choose options.
            # sudo: users cannot write when it was sent; it was not, as it is.
            quotations.sudo().sales_sent_on = False
        confirmed = worse - quotations
        shortfalls = confirmed._get_shortfalls()
        confirmed.filtered(
            lambda order: order._find_worse(before, shortfalls.get(order, ()))
        )._pass_price_gate()

    @api.model
    def _find_worse(self, before, checks):
        """:return: list of the checks of lines that cost less than before, or are more

        :param dict before: id of a line -> its check
        """
        return [
            check
            for check in checks
            if not (old := before.get(check.line_id))
            or check.amount / check.quantity < old.amount / old.quantity - 1e-6
            or check.quantity > old.quantity + 1e-6
        ]
