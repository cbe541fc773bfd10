# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models

from ..engine.deal import OfferLine


class SalesQuotationVersion(models.Model):
    """What a customer was sent: a quotation as it was then (policy 3.3.2).

    Only code writes versions, as quotations are sent.
    """

    _name = "sales.quotation.version"
    _inherit = ["sales.default.mixin"]
    _description = "Sent Version of a Quotation"
    _order = "order_id desc, number desc"
    _rec_name = "number"

    order_id = fields.Many2one(
        comodel_name="sale.order",
        string="Quotation",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    number = fields.Integer(string="Version", required=True, readonly=True)
    company_id = fields.Many2one(related="order_id.company_id", store=True, index=True)
    opportunity_id = fields.Many2one(related="order_id.opportunity_id")
    user_id = fields.Many2one(related="order_id.user_id", string="Salesperson")
    team_id = fields.Many2one(related="order_id.team_id", string="Sales Team")
    partner_id = fields.Many2one(
        comodel_name="res.partner",
        string="Customer",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
    )
    sent_on = fields.Datetime(
        string="First Sent", required=True, readonly=True, index=True
    )
    last_sent_on = fields.Datetime(string="Last Sent", readonly=True)
    sent_by_id = fields.Many2one(
        comodel_name="res.users",
        string="Sent By",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
    )
    sent_count = fields.Integer(
        string="Times Sent", default=1, readonly=True, aggregator=None
    )
    currency_id = fields.Many2one(comodel_name="res.currency", readonly=True)
    currency_rate = fields.Float(
        digits=0,
        readonly=True,
        aggregator=None,
        help="Units of the currency of the quotation for one of that of the company.",
    )
    amount_untaxed = fields.Monetary(string="Untaxed Amount", readonly=True)
    amount_total = fields.Monetary(string="Total", readonly=True)
    payment_term_id = fields.Many2one(
        comodel_name="account.payment.term",
        string="Payment Terms",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )
    validity_date = fields.Date(string="Expiration", readonly=True)
    commitment_date = fields.Datetime(string="Delivery Date", readonly=True)
    document = fields.Binary(
        string="PDF", attachment=True, readonly=True, help="The PDF as it was sent."
    )
    document_name = fields.Char(string="File Name", readonly=True)
    digest = fields.Char(
        readonly=True,
        groups=fields.NO_ACCESS,
        export_string_translation=False,
        help="Tells whether the quotation has changed since.",
    )
    line_ids = fields.One2many(
        comodel_name="sales.quotation.version.line",
        inverse_name="version_id",
        string="Lines",
        readonly=True,
    )
    previous_id = fields.Many2one(
        comodel_name="sales.quotation.version",
        string="Previous Version",
        compute="_compute_previous_id",
    )

    _number_uniq = models.UniqueIndex(
        "(order_id, number)", "This quotation has a version with this number already."
    )

    @api.depends("order_id.name", "number")
    def _compute_display_name(self):
        for version in self:
            # sudo: the name of the quotation is that of the version.
            version.display_name = self.env._(
                "%(order)s, version %(number)s",
                order=version.sudo().order_id.name or "",
                number=version.number,
            )

    @api.depends("order_id", "number")
    def _compute_previous_id(self):
        versions = self.search([("order_id", "in", self.order_id.ids)])
        by_number = {(v.order_id.id, v.number): v for v in versions}
        for version in self:
            key = version.order_id.id, version.number - 1
            version.previous_id = by_number.get(key, False)

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_compare(self):
        """Compare two versions that were ticked, or one with the version before it."""
        self.check_access("read")
        newer = self.sorted(lambda v: (v.sent_on, v.id), reverse=True)[:2]
        older = newer[1:] or newer.previous_id
        newer = newer[:1]
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Compare Versions"),
            "res_model": "sales.quotation.compare",
            "view_mode": "form",
            "views": [(False, "form")],
            "target": "new",
            "context": {
                "dialog_size": "extra-large",
                "default_older_id": (older or newer).id,
                "default_newer_id": newer.id,
            },
        }

    @api.readonly
    def action_open_order(self):
        """Open the quotation as it is now."""
        self.ensure_one()
        self.check_access("read")
        return self.order_id._get_records_action()

    # ------------------------------------------------------------------
    # Business methods
    # ------------------------------------------------------------------

    def _get_offer_lines(self):
        """:return: the lines as :class:`OfferLine`, to compute what was given way"""
        self.ensure_one()
        return [
            OfferLine(
                key=line.product_id.id or line.name,
                quantity=line.product_quantity,
                amount=line.subtotal,
                full=line._get_full_amount(),
            )
            for line in self.line_ids
            if not line.display_type
        ]

    def _note_sending(self, document):
        """Note that the same offer was sent again.

        :param document: attachment with its PDF, or an empty one
        """
        self.ensure_one()
        self.last_sent_on = fields.Datetime.now()
        self.sent_count += 1
        self._keep_document(document)

    def _keep_document(self, document):
        if document and not self.document:
            self.write({"document": document.datas, "document_name": document.name})
