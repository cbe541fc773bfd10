# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import Command, api, fields, models


class SalesCustomerFile(models.Model):
    """How a customer works, and who decides there (policy 3.2.1)."""

    # pylint: disable-next=consider-merging-classes-inherited
    _inherit = "sales.customer.file"

    business_process = fields.Text(
        help="How the customer works: what goes in, which steps it takes, what comes"
        " out, and where it hurts.",
    )
    business_process_attachment_ids = fields.Many2many(
        comodel_name="ir.attachment",
        relation="sales_customer_file_attachment_rel",
        column1="file_id",
        column2="attachment_id",
        string="Files on the Process",
        copy=False,
    )
    people_map = fields.Json(
        compute="_compute_people_map", export_string_translation=False
    )
    people_missing = fields.Char(string="Missing People", compute="_compute_people_map")

    @api.depends("partner_id", "company_id")
    @api.depends_context("lang", "uid")
    def _compute_people_map(self):
        for file in self:
            customer = file.partner_id._origin.with_company(file.company_id)
            file.people_map = customer._get_sales_people_map()
            file.people_missing = customer.sales_people_missing

    @api.model_create_multi
    def create(self, vals_list):
        files = super().create(vals_list)
        files._adopt_attachments()
        return files

    def write(self, vals):
        res = super().write(vals)
        if "business_process_attachment_ids" in vals:
            self._adopt_attachments()
        return res

    def _adopt_attachments(self):
        """Let files that were uploaded before the record was saved be read by those
        who may read it."""
        for file in self:
            # sudo: only own uploads, which belong to no record so far
            attachments = file.business_process_attachment_ids.sudo()
            attachments.filtered(
                lambda one: one.res_model == self._name
                and not one.res_id
                and one.create_uid == self.env.user
            ).res_id = file.id

    def _absorb(self, other):
        texts = (self.business_process, other.business_process)
        self.business_process = "\n\n".join(filter(None, texts))
        attachments = other.business_process_attachment_ids
        attachments.filtered(lambda one: one.res_model == self._name).res_id = self.id
        self.business_process_attachment_ids = [
            Command.link(attachment.id) for attachment in attachments
        ]
        return super()._absorb(other)

    @api.readonly
    def action_open_sales_people_chart(self):
        self.ensure_one()
        return self.partner_id.action_open_sales_people_chart()

    @api.readonly
    def action_open_sales_stakeholders(self):
        self.ensure_one()
        return self.partner_id.action_open_sales_stakeholders()

    @api.readonly
    def action_open_sales_buying_steps(self):
        self.ensure_one()
        return self.partner_id.action_open_sales_buying_steps()
