# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import logging

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from odoo.addons.sales_efficiency_base.tools import (
    open_records,
    read_domain,
    try_domain,
)

from ..engine.grading import ClassAssignment

_logger = logging.getLogger(__name__)


class SalesCustomerClass(models.Model):
    """A kind of customer that is served in its own way (policy 5.1.1, 5.1.2).

    Customers get the first class whose rule they match, or one by hand.
    """

    _name = "sales.customer.class"
    _inherit = "sales.guard.mixin"
    _description = "Customer Class"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        comodel_name="res.company",
        index=True,
        default=lambda self: self.env.company,
        help="Classes without company are for all companies.",
    )
    is_automatic = fields.Boolean(
        string="By Rule",
        help="Customers who match the filter get this class every night, unless theirs"
        " was set by hand. The first class in the list that matches wins.",
    )
    domain = fields.Char(string="Filter", default="[]")
    customer_count = fields.Integer(
        string="Customers", compute="_compute_customer_count"
    )

    @api.depends_context("company")
    def _compute_customer_count(self):
        counts = dict(
            self.env["res.partner"]._read_group(
                [("sales_class_id", "in", self.ids)], ["sales_class_id"], ["__count"]
            )
        )
        for class_ in self:
            class_.customer_count = counts.get(class_._origin, 0)

    @api.constrains("domain", "is_automatic")
    def _check_domain(self):
        # As the user: a filter must not reveal fields that its author may not read.
        partners = self.env["res.partner"].sudo(False)
        for class_ in self:
            try:
                try_domain(partners, read_domain(class_.domain))
            except ValueError as error:
                raise ValidationError(
                    self.env._(
                        "The filter of %(name)s is not valid for customers: %(error)s",
                        name=class_.name,
                        error=error,
                    )
                ) from error

    def action_assign(self):
        """Assign the classes of the company now."""
        self.check_access("write")
        changed = ClassAssignment(self.env.company).assign()
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.env._("Customers with a new class: %s", changed),
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }

    @api.readonly
    def action_open_customers(self):
        """Open the customers of the class."""
        self.ensure_one()
        return open_records(
            self.env,
            "contacts.action_contacts"
            if self.env.ref("contacts.action_contacts", False)
            else "base.action_partner_form",
            [("sales_class_id", "=", self.id)],
            name=self.name,
        )

    @api.model
    def _cron_assign(self):
        """Assign the classes of all companies, each on its own."""
        companies = self.env["res.company"].search([("active", "=", True)])
        commit = self.env["ir.cron"]._commit_progress
        commit(remaining=len(companies))
        for company in companies:
            try:
                with self.env.cr.savepoint():
                    ClassAssignment(company).assign()
            except ValueError as error:  # e.g. a filter names a field that has gone
                _logger.warning("Customer classes of %s: %s", company.name, error)
            # All of them, however long it takes: the next time begins anew.
            commit(1)
