# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.sales_efficiency_base.tools import open_records


class CrmLead(models.Model):
    """Visits about a lead or an opportunity (policy 3.1.3)."""

    # pylint: disable-next=consider-merging-classes-inherited
    _inherit = "crm.lead"

    sales_visit_ids = fields.One2many(
        comodel_name="sales.visit",
        inverse_name="lead_id",
        string="Visits",
        copy=False,
        groups="sales_efficiency_base.group_sales_person",
    )
    sales_visit_count = fields.Integer(
        string="Number of Visits",
        compute="_compute_sales_visit_count",
        groups="sales_efficiency_base.group_sales_person",
    )

    @api.depends("sales_visit_ids.state")
    @api.depends_context("uid")
    def _compute_sales_visit_count(self):
        counts = dict(
            self.env["sales.visit"]._read_group(
                [("lead_id", "in", self.ids), ("state", "!=", "cancelled")],
                ["lead_id"],
                ["__count"],
            )
        )
        for lead in self:
            lead.sales_visit_count = counts.get(lead._origin, 0)

    def _merge_dependences(self, opportunities):
        """Visits stay with the opportunity that is left."""
        res = super()._merge_dependences(opportunities)
        # sudo: those of the merged opportunities, which the user may merge
        customer = self.sudo().partner_id.commercial_partner_id
        visits = (opportunities - self).sudo().sales_visit_ids
        kept = visits.filtered(lambda v: not customer or v.partner_id == customer)
        kept.lead_id = self
        (visits - kept).lead_id = False
        return res

    def action_plan_visit(self):
        """Plan a visit; a lead that is no customer yet becomes one."""
        self.ensure_one()
        self.check_access("write")
        if not self.partner_id:
            if not (self.partner_name or self.contact_name):
                raise UserError(
                    self.env._("Enter the customer of the lead, then plan the visit.")
                )
            self._handle_partner_assignment(create_missing=True)
        person = self.partner_id
        customer = person.commercial_partner_id
        company = self.company_id or self.env.company
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Visit %s", customer.display_name),
            "res_model": "sales.visit",
            "view_mode": "form",
            "views": [(False, "form")],
            "context": {
                "default_partner_id": customer.id,
                "default_contact_ids": (person - customer).ids,
                "default_lead_id": self.id,
                "default_company_id": company.id,
            },
        }

    @api.readonly
    def action_open_sales_visits(self):
        self.ensure_one()
        self.check_access("read")
        return open_records(
            self.env,
            "sales_efficiency_process.sales_visit_action",
            [("lead_id", "=", self.id)],
            name=self.display_name,
            context={
                "default_partner_id": self.partner_id.commercial_partner_id.id,
                "default_lead_id": self.id,
            },
        )
