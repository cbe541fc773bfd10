# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from base64 import b64encode

from odoo import Command, api, models
from odoo.exceptions import UserError

from odoo.addons.sales_efficiency_base.tools import open_records, take_turns

REPORT = "sales_efficiency_process.sales_solution_report"


class SalesSolution(models.Model):
    """From needs to a solution, its versions and its quotation (policy 3.2.3)."""

    _inherit = "sales.solution"  # pylint: disable=consider-merging-classes-inherited

    # ------------------------------------------------------------------
    # States
    # ------------------------------------------------------------------

    def action_present(self):
        """Note that the customer has the version: it does not change any more."""
        self.check_access("write")
        take_turns(self)
        self._check_state_is("draft")
        for solution in self:
            solution._check_presentable()
        self._present()

    def _present(self):
        self._set_state("presented")
        for solution in self.sudo():  # sudo: users cannot write the day.
            solution.date_presented = solution.company_id._get_sales_today()

    def _check_presentable(self):
        """Refuse a version that tells the customer nothing.

        :raise UserError: saying what is missing
        """
        self.ensure_one()
        if not self.answer_ids:
            raise UserError(
                self.env._(
                    "%s answers no need so far. Enter what it answers, and how.",
                    self.display_name,
                )
            )

    def action_accept(self):
        self._check_state_is("presented")
        self._set_state("accepted")

    def action_decline(self):
        self._check_state_is("presented")
        self._set_state("declined")

    def action_new_version(self):
        """Make the next version, as a draft to change."""
        self.ensure_one()
        self.check_access("write")
        take_turns(self)
        if self.state in ("draft", "replaced"):
            raise UserError(
                self.env._(
                    "%s is a draft or has been replaced. Change the latest version.",
                    self.display_name,
                )
            )
        # sudo: users cannot write numbers, nor which orders a solution was turned into;
        # they may write the version it is made of.
        solution = self.sudo()
        version = solution.copy({"number": self.number, "version": self.version + 1})
        # What is not sent yet goes out with the new version.
        drafts = solution.order_ids.filtered(lambda order: order.state == "draft")
        version.order_ids = drafts
        solution.order_ids -= drafts
        self._set_state("replaced")
        return version.sudo(False)._get_records_action()

    @api.model
    def _create_from(self, needs, lead=None):
        """Begin a solution that answers needs, with the products that do.

        :param lead: the opportunity; by default that of the needs
        :raise UserError: if the needs are those of several customers
        """
        lead = lead if lead is not None else needs.lead_id
        customer = needs.partner_id or lead.partner_id.commercial_partner_id
        if len(customer) != 1 or len(needs.company_id) > 1:
            raise UserError(
                self.env._(
                    "A solution is for one customer: choose needs of one customer, or"
                    " enter the customer of the opportunity."
                )
            )
        lead = lead[:1] if len(lead) == 1 else lead.browse()
        company = needs.company_id or lead.company_id or self.env.company
        title = lead.name or needs[:1].display_name or customer.name
        return self.create(
            {
                "name": title,
                "partner_id": customer.id,
                "lead_id": lead.id,
                "company_id": company.id,
                "contact_id": (lead.partner_id - customer).id,
                "answer_ids": [
                    Command.create({"need_id": need.id, "name": need.display_name})
                    for need in needs
                ],
                "line_ids": [
                    Command.create({"product_id": product.id})
                    for product in needs.product_ids
                ],
            }
        )

    # ------------------------------------------------------------------
    # Quotation
    # ------------------------------------------------------------------

    def action_create_quotation(self):
        """Turn the solution into a quotation with its products."""
        self.ensure_one()
        self.check_access("write")
        take_turns(self)
        if self.state in ("declined", "replaced"):
            raise UserError(
                self.env._(
                    "%s was declined or replaced. Quote the latest version.",
                    self.display_name,
                )
            )
        if not self.line_ids:
            raise UserError(
                self.env._("Enter the products of the solution, then quote them.")
            )
        order = self.env["sale.order"].create(self._prepare_order())
        order.order_line = [
            Command.create(line._prepare_order_line(order)) for line in self.line_ids
        ]
        # sudo: users cannot write which orders a solution was turned into.
        self.sudo().order_ids = [Command.link(order.id)]
        return order._get_records_action()

    def _prepare_order(self):
        """:return: values of the quotation, without lines"""
        self.ensure_one()
        values = {}
        if self.lead_id:
            defaults = self.lead_id._prepare_opportunity_quotation_context()
            values = {
                name.removeprefix("default_"): value
                for name, value in defaults.items()
                if name.startswith("default_")
            }
        return {
            **values,
            "partner_id": (self.contact_id or self.partner_id).id,
            "company_id": self.company_id.id,
            "user_id": self.user_id.id,
            "origin": self._get_label(),
        }

    # ------------------------------------------------------------------
    # Document
    # ------------------------------------------------------------------

    def _get_pdf_name(self):
        """:return: name of the document, in the customer's language"""
        self.ensure_one()
        lang = self.partner_id.lang or self.env.lang
        solution = self.with_context(lang=lang)
        return solution.env._("Solution %s", solution._get_label())

    def _render_pdf(self):
        """:return: name and content of the document, as attachments of mails are"""
        self.ensure_one()
        reports = self.env["ir.actions.report"]
        content, _type = reports._render_qweb_pdf(REPORT, self.ids)
        return f"{self._get_pdf_name()}.pdf", b64encode(content)

    @api.readonly
    def action_print(self):
        self.check_access("read")
        return self.env.ref(REPORT).report_action(self)

    # ------------------------------------------------------------------
    # Screens
    # ------------------------------------------------------------------

    @api.readonly
    def action_open_orders(self):
        self.ensure_one()
        self.check_access("read")
        return open_records(
            self.env,
            "sale.action_quotations_with_onboarding",
            [("id", "in", self.order_ids.ids)],
            name=self.display_name,
        )

    @api.readonly
    def action_open_versions(self):
        self.ensure_one()
        self.check_access("read")
        return open_records(
            self.env,
            "sales_efficiency_process.sales_solution_action",
            [("number", "=", self.number), ("company_id", "=", self.company_id.id)],
            name=self.env._("Versions of %s", self.number),
            context={"create": False},
        )
