# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import SUPERUSER_ID, api, fields, models

from odoo.addons.sales_efficiency_base.tools import open_records, take_turns

from ..engine.deal import OfferContent

PDF = "application/pdf"


class SaleOrder(models.Model):
    """Keeps each version of a quotation that its customer was sent (policy 3.3.2).

    The quotation itself stays the same record, so the link of the customer shows the
    newest version. Whatever is not sent costs no query.
    """

    # pylint: disable-next=consider-merging-classes-inherited
    _inherit = "sale.order"

    # Customers read their orders: the fields are for those who sell.
    sales_version_ids = fields.One2many(
        comodel_name="sales.quotation.version",
        inverse_name="order_id",
        string="Sent Versions",
        copy=False,
        groups="sales_efficiency_base.group_sales_person",
    )
    sales_version_count = fields.Integer(
        string="Number of Sent Versions",
        compute="_compute_sales_version_count",
        groups="sales_efficiency_base.group_sales_person",
    )
    is_changed_since_sent = fields.Boolean(
        string="Changed since Sent",
        compute="_compute_is_changed_since_sent",
        groups="sales_efficiency_base.group_sales_person",
    )

    @api.depends("sales_version_ids")
    @api.depends_context("uid")
    def _compute_sales_version_count(self):
        counts = dict(
            self.env["sales.quotation.version"]._read_group(
                [("order_id", "in", self._origin.ids)], ["order_id"], ["__count"]
            )
        )
        for order in self:
            order.sales_version_count = counts.get(order._origin, 0)

    @api.depends(
        "commitment_date",
        "order_line.discount",
        "order_line.display_type",
        "order_line.name",
        "order_line.price_unit",
        "order_line.product_id",
        "order_line.product_uom_id",
        "order_line.product_uom_qty",
        "order_line.sequence",
        "order_line.tax_ids",
        "partner_id",
        "payment_term_id",
        "sales_version_ids",
        "state",
        "validity_date",
    )
    def _compute_is_changed_since_sent(self):
        for order in self:
            newest = order.state == "sent" and order._get_newest_version()
            order.is_changed_since_sent = bool(newest) and not order._is_as_sent(newest)

    # ------------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        orders = super().create(vals_list)
        orders.filtered(lambda order: order.state == "sent")._keep_versions()
        return orders

    def write(self, vals):
        if vals.get("state") == "sale" and self._acts_for_customer():
            self._keep_accepted()
        if vals.get("state") != "sent":
            return super().write(vals)
        sent = self.filtered(lambda order: order.state != "sent")
        res = super().write(vals)
        sent._keep_versions()
        return res

    def unlink(self):
        self.check_access("unlink")
        # sudo: nobody may delete versions; they go with the quotation, PDFs included.
        self.sudo().sales_version_ids.unlink()
        return super().unlink()

    # ------------------------------------------------------------------
    # Mails
    # ------------------------------------------------------------------

    def message_post(self, **kwargs):
        drafts = self.filtered(lambda order: order.state == "draft")
        message = super().message_post(**kwargs)
        if self.env.context.get("mark_so_as_sent") and self._acts_for_company():
            for order in self.filtered(lambda order: order.state == "sent"):
                # sudo: the PDF that the customer has just been sent
                document = order._find_document(message.sudo().attachment_ids)
                if order in drafts:
                    order._get_newest_version()._keep_document(document)
                else:
                    order._keep_versions(document)
        return message

    def _message_mail_after_hook(self, mails):
        """Quotations sent to many customers at once are sent, too; a newsletter is no
        quotation."""
        res = super()._message_mail_after_hook(mails)
        # sudo: mails are read by their senders only.
        files = {mail.res_id: mail.attachment_ids for mail in mails.sudo()}
        offers = self.filtered(
            lambda order: order.state in ("draft", "sent") and order.id in files
        )
        for order in offers:
            if document := order._find_own_document(files[order.id]):
                order._keep_versions(document)
        return res

    @api.model
    def _acts_for_customer(self):
        """:return: whether it is a customer who acts: pages of customers go on as
        OdooBot"""
        return self.env.uid == SUPERUSER_ID or not self.env.user._is_internal()

    def _find_document(self, attachments):
        """:return: the PDF of the quotation among the files of a mail, else any PDF"""
        pdfs = attachments.filtered(lambda file: file.mimetype == PDF)
        return self._find_own_document(pdfs) or pdfs[:1]

    def _find_own_document(self, attachments):
        """:return: the PDF whose name has the number of the quotation"""
        self.ensure_one()
        return attachments.filtered(
            lambda file: file.mimetype == PDF and self.name in (file.name or "")
        )[:1]

    # ------------------------------------------------------------------
    # Versions
    # ------------------------------------------------------------------

    def _keep_versions(self, document=None):
        """Keep what has just been sent, once for each offer.

        :param document: attachment with its PDF, if there is one
        """
        if not self:
            return
        take_turns(self)
        # sudo: only code writes versions; customers' calls and jobs send, too.
        versions = self.env["sales.quotation.version"].sudo()
        document = document or self.env["ir.attachment"].sudo()
        for order in self.sudo():
            newest = order._get_newest_version()
            if newest and order._is_as_sent(newest):
                newest._note_sending(document)
                continue
            now = fields.Datetime.now()
            version = versions.create(
                {
                    **OfferContent(order).prepare_version(),
                    "number": newest.number + 1,
                    "sent_on": now,
                    "last_sent_on": now,
                    "sent_by_id": order._get_sender().id,
                }
            )
            version._keep_document(document)

    def _keep_accepted(self):
        """Keep what a customer is signing or paying, too: they may have opened the link
        after a change that nobody has sent."""
        for order in self.filtered(lambda order: order.state == "sent"):
            if not order._is_as_sent(order._get_newest_version()):
                order._keep_versions()

    def _get_sender(self):
        """:return: the user, or the salesperson if a customer acts"""
        return self.user_id if self._acts_for_customer() else self.env.user

    def _get_newest_version(self):
        """:return: the version that was sent last, as superuser, or an empty one"""
        self.ensure_one()
        # sudo: whoever may read the quotation; no more of it is shown than its number.
        versions = self.env["sales.quotation.version"].sudo()
        domain = [("order_id", "=", self._origin.id)]
        return versions.search(domain, order="number desc", limit=1)

    def _is_as_sent(self, version):
        # sudo: the content is compared, not shown.
        return OfferContent(self.sudo()).get_digest() == version.digest

    def _get_shown_version(self):
        """Return the version that the customer sees under their link, or None if the
        quotation has changed since it was sent."""
        self.ensure_one()
        if self.state != "sent":
            return None
        newest = self._get_newest_version()
        return newest if newest and self._is_as_sent(newest) else None

    def _get_printed_version_number(self):
        """:return: the number to print on a quotation, which may be about to be sent;
        0 on the first version"""
        self.ensure_one()
        newest = self.state in ("draft", "sent") and self._get_newest_version()
        if not newest:
            return 0
        number = newest.number + (not self._is_as_sent(newest))
        return number if number > 1 else 0

    @api.readonly
    def action_open_sales_versions(self):
        self.ensure_one()
        self.check_access("read")
        self.env["sales.quotation.version"].check_access("read")
        return open_records(
            self.env,
            "sales_efficiency_process.sales_quotation_version_action",
            [("order_id", "=", self.id)],
            name=self.env._("Sent Versions of %s", self.name),
        )
