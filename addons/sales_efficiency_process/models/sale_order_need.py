# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models

from odoo.addons.sales_efficiency_base.tools import open_records

PERSON = "sales_efficiency_base.group_sales_person"
# Solutions that are not proposed any more
PAST = ("declined", "replaced")


class SaleOrder(models.Model):
    """The solution goes out with the quotation that was made of it (policy 3.2.3)."""

    # pylint: disable-next=consider-merging-classes-inherited
    _inherit = "sale.order"

    # Customers read their orders: the fields are for those who sell.
    sales_solution_ids = fields.Many2many(
        comodel_name="sales.solution",
        relation="sales_solution_order_rel",
        column1="order_id",
        column2="solution_id",
        string="Solutions",
        readonly=True,
        copy=False,
        groups=PERSON,
    )
    sales_solution_count = fields.Integer(
        string="Number of Solutions",
        compute="_compute_sales_solution_count",
        groups=PERSON,
    )

    @api.depends("sales_solution_ids")
    @api.depends_context("uid")
    def _compute_sales_solution_count(self):
        counts = dict(
            self.env["sales.solution"]._read_group(
                [("order_ids", "in", self.ids)], ["order_ids"], ["__count"]
            )
        )
        for order in self:
            order.sales_solution_count = counts.get(order._origin, 0)

    @api.readonly
    def action_open_sales_solutions(self):
        self.ensure_one()
        self.check_access("read")
        return open_records(
            self.env,
            "sales_efficiency_process.sales_solution_action",
            [("order_ids", "in", self.ids)],
            name=self.display_name,
        )

    def _process_attachments_for_template_post(self, mail_template):
        """Attach the document of the solution to a quotation that is sent."""
        res = super()._process_attachments_for_template_post(mail_template)
        payment = "sale.mail_template_sale_payment_executed"
        if mail_template == self.env.ref(payment, raise_if_not_found=False):
            return res  # The customer has paid a part: nothing new is proposed.
        for order in self.filtered(lambda one: one.state in ("draft", "sent")):
            # sudo: it is for the customer; who sends it need not read it otherwise.
            solutions_sudo = order.sudo().sales_solution_ids
            if solutions_sudo := solutions_sudo.filtered(lambda s: s.state not in PAST):
                found = res.setdefault(order.id, {}).setdefault("attachments", [])
                found += [one._render_pdf() for one in solutions_sudo]
        return res

    def message_post(self, **kwargs):
        is_sent = self.env.context.get("mark_so_as_sent")
        if is_sent and not self._acts_for_company():
            # Customers write messages, too, and their browsers send the context.
            orders = self.with_context(mark_so_as_sent=False)
            return super(SaleOrder, orders).message_post(**kwargs)
        message = super().message_post(**kwargs)
        if is_sent:
            self._note_solutions_sent(message)
        return message

    def _note_solutions_sent(self, message):
        """The version that the customer has got does not change any more."""
        # sudo: see above
        names = set(message.sudo().attachment_ids.mapped("name"))
        self.sudo().sales_solution_ids.filtered(
            lambda one: one.state == "draft" and f"{one._get_pdf_name()}.pdf" in names
        )._present()
