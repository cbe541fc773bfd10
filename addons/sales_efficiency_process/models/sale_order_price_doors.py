# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models

ACTIVITY = "sales_efficiency_process.mail_activity_type_price"


class SaleOrder(models.Model):
    """The doors by which a quotation reaches its customer (policy 3.3.1).

    Somebody of the company who opens one meets an error that says what to do. A
    customer meets none: nothing happens, and the salesperson gets a to-do.
    """

    _inherit = "sale.order"  # pylint: disable=consider-merging-classes-inherited

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_request_price(self):
        """Open the price request for the quotation, a new one if there is none."""
        self.ensure_one()
        requests = self.env["sales.price.request"]
        found = requests.search([("order_id", "=", self.id)])
        request = found.filtered(lambda r: r.state in ("draft", "submitted"))[:1]
        if not request:
            request = requests.create({"order_id": self.id})
        return request._get_records_action(name=self.env._("Price Request"))

    @api.readonly
    def action_open_price_requests(self):
        self.ensure_one()
        self.check_access("read")
        self.env["sales.price.request"].check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "sales_efficiency_process.sales_price_request_action"
        )
        return action | {"domain": [("order_id", "=", self.id)], "context": {}}

    def action_quotation_send(self):
        self._filter_price_shown()._pass_price_gate()
        return super().action_quotation_send()

    def _check_may_be_printed(self):
        """:raise UserError: if a quotation may not reach its customer yet"""
        self._check_quotation_complete()
        self._filter_price_shown()._pass_price_gate()

    def _prepare_invoice(self):
        """A down payment would let the customer pay a quotation that is held."""
        self._filter_price_shown()._pass_price_gate()
        return super()._prepare_invoice()

    def action_quotation_sent(self):
        orders = self._leave_out_held()
        return super(SaleOrder, orders).action_quotation_sent() if orders else None

    def action_confirm(self):
        orders = self._leave_out_held()
        return super(SaleOrder, orders).action_confirm() if orders else True

    def _action_cancel(self):
        res = super()._action_cancel()
        self.env["sales.price.request"]._withdraw(self)
        return res

    # ------------------------------------------------------------------
    # Customers
    # ------------------------------------------------------------------

    def _leave_out_held(self):
        """Leave out what must not go on, where a customer would meet an error: somebody
        of the company sees to it instead.

        :return: the orders to go on with
        """
        if self._acts_for_company():
            return self  # The change of the status raises the error.
        held = self._filter_price_held()
        held._tell_held()
        return self - held

    def _leave_customer(self, partner_id):
        """Prices that others have, or that were approved for them, are another offer to
        another customer."""
        floors = self.env["sales.price.floor"]
        # sudo: only whether it is the same customer
        customer = self.env["res.partner"].sudo().browse(partner_id)
        moved = self.sudo().filtered(
            lambda order: floors._get_index(order.company_id.id)
            and order.partner_id.commercial_partner_id != customer.commercial_partner_id
        )
        if not moved:
            return
        # sudo: users cannot write when it was sent; it was not, to this customer.
        if sent := moved.filtered(lambda o: o.state != "sale" and o.sales_sent_on):
            sent.sales_sent_on = False
        ended = self.env["sales.price.request"]._end_for_customer(moved)
        ended = ended.with_env(self.env)
        ended.filtered(lambda order: order.state == "sale")._pass_price_gate()

    @api.model
    def _acts_for_company(self):
        """:return: whether an error would reach somebody of the company"""
        is_quiet = self.env.su and self.env.context.get("sales_price_quiet")
        return self.env.user._is_internal() and not is_quiet

    def _tell_held(self):
        """Give the salespeople a to-do, once."""
        for order in self.sudo():  # sudo: customers cannot create to-dos.
            user = order.user_id or order.team_id.user_id
            if not user or order.activity_search([ACTIVITY]):
                continue
            env = order.with_context(lang=user.lang).env
            to_dos = env["mail.activity"].with_context(mail_activity_quick_update=True)
            to_dos.create(
                to_dos._prepare_sales_to_do(
                    order,
                    user,
                    ACTIVITY,
                    summary=env._("The customer accepts, but a price is not approved"),
                    date_deadline=user._get_sales_today(),
                )
            )

    # ------------------------------------------------------------------
    # Mails
    # ------------------------------------------------------------------

    def message_post(self, **kwargs):
        # Customers write messages, too, and their browsers send the context.
        if self.env.context.get("mark_so_as_sent") and self._acts_for_company():
            self.filtered(lambda order: order.state == "sent")._send_again()
        return super().message_post(**kwargs)

    def _send_again(self):
        """A quotation sent again is a new offer: the floors of today count."""
        # sudo: users cannot write when it was sent; it is now.
        self.sudo().sales_sent_on = fields.Datetime.now()
        self._pass_price_gate()

    def _send_order_notification_mail(self, mail_template, allow_deferred_sending=True):
        if self._filter_price_held():
            return None  # Somebody of the company sees to it, see ``_tell_held``.
        return super()._send_order_notification_mail(
            mail_template, allow_deferred_sending=allow_deferred_sending
        )

    def _notify_by_email_prepare_rendering_context(
        self,
        message,
        msg_vals=False,
        model_description=False,
        force_email_company=False,
        force_email_lang=False,
        force_record_name=False,
    ):
        """Messages about a quotation show its total, but not as long as it is held."""
        context = super()._notify_by_email_prepare_rendering_context(
            message,
            msg_vals=msg_vals,
            model_description=model_description,
            force_email_company=force_email_company,
            force_email_lang=force_email_lang,
            force_record_name=force_record_name,
        )
        if self._filter_price_held():
            context["subtitles"] = context["subtitles"][:1]
        return context

    # ------------------------------------------------------------------
    # Portal
    # ------------------------------------------------------------------

    def _has_to_be_signed(self):
        return super()._has_to_be_signed() and not self._filter_price_held()

    def _has_to_be_paid(self):
        return super()._has_to_be_paid() and not self._filter_price_held()
