# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..engine.price import PriceEffect

# What is approved
CONTENT = {"order_id", "reason"}
OPEN = ("draft", "submitted")


class SalesPriceRequest(models.Model):
    """Asks to sell below the floor: with a reason, and what it does to the margin
    (policy 3.3.1).

    It is a document of its own, because customers read their quotations, and keeps what
    was asked: an approval covers no worse prices. See
    ``sales_price_request_approval.py`` for its approval.
    """

    _name = "sales.price.request"
    _inherit = [
        "sales.guard.mixin",
        "sales.told.mixin",
        "sales.house.thread.mixin",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _description = "Price Request"
    _order = "id desc"
    _check_company_auto = True
    _fixed_fields = ("order_id",)
    _state_from = ["submitted"]
    _state_to = ["approved"]
    _cancel_state = "draft"

    order_id = fields.Many2one(
        comodel_name="sale.order",
        string="Quotation",
        required=True,
        index=True,
        ondelete="cascade",
        check_company=True,
        domain="[('state', 'in', ('draft', 'sent'))]",
    )
    company_id = fields.Many2one(related="order_id.company_id", store=True, index=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    partner_id = fields.Many2one(related="order_id.partner_id", string="Customer")
    user_id = fields.Many2one(related="order_id.user_id", string="Salesperson")
    team_id = fields.Many2one(related="order_id.team_id", string="Sales Team")
    opportunity_id = fields.Many2one(related="order_id.opportunity_id")
    reason = fields.Text(
        tracking=True, help="What we get for the price, such as volume or a reference."
    )
    state = fields.Selection(
        selection=[
            ("draft", "Draft"),
            ("submitted", "To Approve"),
            ("approved", "Approved"),
            ("rejected", "Rejected"),
            ("cancelled", "Cancelled"),
        ],
        default="draft",
        required=True,
        readonly=True,
        index=True,
        copy=False,
        tracking=True,
    )
    superior_id = fields.Many2one(
        comodel_name="res.users",
        string="Approver",
        readonly=True,
        copy=False,
        index="btree_not_null",
        help="The leader of the sales team, or a sales director if that is the"
        " requester.",
    )
    submitted_on = fields.Datetime(readonly=True, copy=False)
    decided_on = fields.Datetime(readonly=True, copy=False)
    is_own = fields.Boolean(
        string="Within Own Limit",
        readonly=True,
        copy=False,
        help="Who sent the quotation may go so far below the floor without asking.",
    )
    order_currency_id = fields.Many2one(
        comodel_name="res.currency",
        string="Currency of the Quotation",
        readonly=True,
        copy=False,
    )
    rate = fields.Float(
        string="Currency Rate",
        digits=0,
        readonly=True,
        copy=False,
        aggregator=None,
        help="Units of the currency of the quotation for one of that of the company.",
    )
    line_ids = fields.One2many(
        comodel_name="sales.price.request.line",
        inverse_name="request_id",
        string="Lines below the Floor",
        readonly=True,
    )
    depth = fields.Float(
        string="Below the Floor (%)",
        digits=(7, 4),
        readonly=True,
        copy=False,
        aggregator="max",
        help="Of the line that is furthest below its floor. Approval rules go by it.",
    )
    amount = fields.Monetary(
        string="Untaxed Amount",
        readonly=True,
        copy=False,
        help="Of the quotation, in the currency of the company.",
    )
    given_amount = fields.Monetary(
        string="Given Away",
        readonly=True,
        copy=False,
        help="What the prices at the floor would bring more.",
    )
    margin = fields.Monetary(readonly=True, copy=False)
    margin_percent = fields.Float(
        string="Margin (%)", digits=(7, 4), readonly=True, copy=False, aggregator=None
    )
    floor_margin = fields.Monetary(
        string="Margin at the Floor", readonly=True, copy=False
    )
    floor_margin_percent = fields.Float(
        string="Margin at the Floor (%)",
        digits=(7, 4),
        readonly=True,
        copy=False,
        aggregator=None,
    )

    _order_open_uniq = models.UniqueIndex(
        "(order_id) WHERE state IN ('draft', 'submitted')",
        "This quotation has an open price request already.",
    )

    # ------------------------------------------------------------------
    # Computed fields
    # ------------------------------------------------------------------

    @api.depends("order_id.name", "partner_id.name")
    def _compute_display_name(self):
        for request in self:
            # sudo: the name of the quotation is that of the request.
            order = request.sudo().order_id
            parts = (order.name, order.partner_id.name)
            request.display_name = ": ".join(filter(None, parts))

    # ------------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        requests = super().create(vals_list)
        for request in requests:
            request.order_id.check_access("write")
        drafts = requests.filtered(lambda request: request.state == "draft")
        drafts._take_prices()
        return requests

    def write(self, vals):
        if not CONTENT.isdisjoint(vals):
            self._check_is_draft()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_submitted(self):
        self._check_is_draft()

    def _take_prices(self):
        """Keep the prices of the quotation as they are now."""
        for request in self:
            order = request.order_id
            # sudo: users cannot write figures; they follow from the quotation.
            request.sudo().write(
                {
                    "superior_id": request._find_superior().id,
                    **PriceEffect(order).prepare_request(),
                }
            )

    def _find_superior(self):
        """:return: the nearest leader of the order's team, or a director, but not the
        requester"""
        # sudo: who leads a team is no secret.
        order = self.sudo().order_id
        team = order.team_id or order.user_id.sale_team_id
        people = team._get_sales_leaders()
        people |= order.company_id._get_sales_directors()
        return people.filtered(
            lambda user: user != self.env.user and user._works_in(order.company_id)
        )[:1]

    # ------------------------------------------------------------------
    # Business methods
    # ------------------------------------------------------------------

    @api.model
    def _record_own(self, order, user):
        """Keep that a user goes below the floor within the limit of their role.

        :return: the approved request
        """
        self._withdraw(order)
        limit = user._get_price_limit(order.company_id)
        now = fields.Datetime.now()
        # sudo: the limit of the user has been checked.
        request = self.sudo().create(
            {
                "order_id": order.id,
                "state": "approved",
                "is_own": True,
                "submitted_by_id": user.id,
                "submitted_on": now,
                "decided_on": now,
                "reason": self.env._(
                    "Within the negotiation limit of %(person)s: %(limit)s %%",
                    person=user.name,
                    limit=f"{limit:g}",
                ),
            }
        )
        request._take_prices()
        return request

    @api.model
    def _get_open(self, orders):
        """:return: the requests for orders that nobody has decided"""
        domain = Domain("order_id", "in", orders.ids) & Domain("state", "in", OPEN)
        # sudo: what is to be done with them does not depend on who asks.
        return self.sudo().search(domain)

    @api.model
    def _withdraw(self, orders):
        """Withdraw the open requests for orders that need no approval any more."""
        for request in self._get_open(orders):
            request.state = "draft"  # which ends the approval
            request.state = "cancelled"

    @api.model
    def _end_for_customer(self, orders):
        """What was approved for one customer is not for another, and who asked asks
        again.

        :return: the orders that had an approval
        """
        domain = Domain("order_id", "in", orders.ids)
        domain &= Domain("state", "in", ("approved", "submitted"))
        # sudo: see ``_get_open``
        requests = self.sudo().with_context(skip_validation_check=True).search(domain)
        approved = requests.filtered(lambda request: request.state == "approved")
        for request in requests:
            request.state = "cancelled" if request in approved else "draft"
        return orders & approved.order_id

    @api.readonly
    def action_open_order(self):
        """Open the quotation."""
        self.ensure_one()
        self.check_access("read")
        return self.order_id._get_records_action()

    def _check_order_is_open(self):
        """:raise UserError: if there is nothing any more to be approved"""
        for request in self:
            # sudo: reviewers need not read the quotation.
            order = request.sudo().order_id
            if order.state not in ("draft", "sent"):
                raise UserError(
                    self.env._(
                        "%(order)s is no open quotation any more. There is nothing to"
                        " approve.",
                        order=order.name,
                    )
                )
