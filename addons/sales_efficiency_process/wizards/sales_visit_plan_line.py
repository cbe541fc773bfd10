# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models
from odoo.fields import Command


class SalesVisitPlanLine(models.TransientModel):
    """A customer whom to visit, as proposed."""

    _name = "sales.visit.plan.line"
    _inherit = "sales.guard.mixin"
    _description = "Customer to Visit"
    _order = "weight desc, id"

    plan_id = fields.Many2one(
        comodel_name="sales.visit.plan", required=True, index=True, ondelete="cascade"
    )
    is_accepted = fields.Boolean(string="Accept")
    partner_id = fields.Many2one(
        comodel_name="res.partner", string="Customer", required=True, ondelete="cascade"
    )
    reasons = fields.Char(string="Why")
    money = fields.Char(string="About")
    weight = fields.Float(digits=(16, 0))
    last_date = fields.Date(string="Last Contact")
    lead_id = fields.Many2one(
        comodel_name="crm.lead", string="Opportunity", ondelete="cascade"
    )

    def _get_place(self):
        """:return: latitude and longitude of the customer, or None"""
        self.ensure_one()
        # sudo: a place only puts neighbours on the same day.
        return self.partner_id.sudo()._get_sales_place()

    def _prepare_visit(self, start):
        """:return: values of the visit"""
        self.ensure_one()
        plan, customer = self.plan_id, self.partner_id
        person = self.lead_id.partner_id - customer
        return {
            "user_id": plan.user_id.id,
            "company_id": plan.company_id.id,
            "partner_id": customer.id,
            "contact_ids": [Command.set(person.ids)],
            "lead_id": self.lead_id.id,
            "start": start.replace(tzinfo=None),
            "duration": plan.company_id.sales_visit_minutes / 60,
        }
