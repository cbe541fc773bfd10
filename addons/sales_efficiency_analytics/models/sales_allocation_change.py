# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import UserError


class SalesAllocationChange(models.Model):
    """A customer, opportunity or to-do that a scenario gave to somebody else.

    Only code writes it, see ``HandOver``: it says what to undo.
    """

    _name = "sales.allocation.change"
    _inherit = "sales.guard.mixin"
    _description = "Change by a Scenario"
    _order = "id"

    allocation_id = fields.Many2one(
        comodel_name="sales.allocation",
        string="Scenario",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(
        related="allocation_id.company_id", store=True, precompute=True, index=True
    )
    res_model = fields.Char(string="Model", required=True, readonly=True)
    res_id = fields.Many2oneReference(
        string="Record", model_field="res_model", required=True, readonly=True
    )
    kind = fields.Char(compute="_compute_kind")
    record_name = fields.Char(string="What", compute="_compute_record_name")
    old_user_id = fields.Many2one(
        comodel_name="res.users",
        string="Before",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )
    new_user_id = fields.Many2one(
        comodel_name="res.users",
        string="After",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    old_team_id = fields.Many2one(
        comodel_name="crm.team",
        string="Team Before",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )
    is_undone = fields.Boolean(string="Undone", readonly=True)

    @api.depends("res_model")
    @api.depends_context("lang")
    def _compute_kind(self):
        # sudo: names of models only
        names = self.env["ir.model"].sudo()
        for change in self:
            change.kind = names._get(change.res_model).name

    @api.depends("res_model", "res_id")
    @api.depends_context("lang", "uid")
    def _compute_record_name(self):
        for model, changes in self.grouped("res_model").items():
            records = self.env[model].browse(changes.mapped("res_id")).exists()
            names = {
                record.id: record.display_name
                for record in records._filtered_access("read")
            }
            for change in changes:
                change.record_name = names.get(change.res_id)

    @api.readonly
    def action_open_record(self):
        self.ensure_one()
        self.check_access("read")
        record = self.env[self.res_model].browse(self.res_id).exists()
        if not record:
            raise UserError(self.env._("The record has been deleted."))
        record.check_access("read")
        return record._get_records_action()
