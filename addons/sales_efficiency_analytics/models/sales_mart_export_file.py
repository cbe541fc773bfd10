# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.tools import human_size


class SalesMartExportFile(models.Model):
    """A file of an export: a table, or a month of it."""

    _name = "sales.mart.export.file"
    _description = "File of an Export of Sales Figures"
    _order = "relation, source, month desc, id"
    _log_access = False

    export_id = fields.Many2one(
        comodel_name="sales.mart.export",
        required=True,
        index=True,
        ondelete="cascade",
        readonly=True,
    )
    company_id = fields.Many2one(related="export_id.company_id")
    name = fields.Char(string="Path", required=True, readonly=True)
    relation = fields.Char(string="Data Table", required=True, readonly=True)
    source = fields.Char(readonly=True)
    month = fields.Date(readonly=True)
    row_count = fields.Integer(string="Rows", readonly=True)
    # Name of a column -> its sum as text, for it is exact
    sums = fields.Json(readonly=True)
    size = fields.Integer(string="Bytes", readonly=True)
    size_text = fields.Char(string="Size", compute="_compute_size_text")
    sha256 = fields.Char(string="SHA-256", readonly=True)
    layout = fields.Char(
        readonly=True, export_string_translation=False
    )  # see ``get_layout`` of ``Relation``
    attachment_id = fields.Many2one(
        comodel_name="ir.attachment",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )

    _name_uniq = models.Constraint(
        "UNIQUE (export_id, name)", "Each file of an export has a path of its own."
    )

    @api.depends("size")
    def _compute_size_text(self):
        for file in self:
            file.size_text = self._format_size(file.size)

    @api.model
    def _format_size(self, size):
        return human_size(int(size)) if size else False

    @api.readonly
    def action_open_file(self):
        """Download the file."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{self.attachment_id.id}?download=true",
            "target": "download",
        }

    def _get_content(self):
        """:return: bytes"""
        self.ensure_one()
        return self.attachment_id.raw or b""
