# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from pathlib import Path

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from odoo.addons.sales_efficiency_base.tools import open_records

WAITING = ("queued", "running")
ROUTE = "/sales_efficiency_analytics/export"
MIMETYPES = {
    ".gz": "application/gzip",
    ".parquet": "application/vnd.apache.parquet",
}


class SalesMartExport(models.Model):
    """The figures of a company as files for other programs (policy 6.1.1).

    Files are attachments, so they are backed up, shared between servers and replaced in
    one transaction like everything else.
    """

    _name = "sales.mart.export"
    _inherit = "sales.guard.mixin"
    _description = "Export of Sales Figures"
    _order = "company_id, id"
    _rec_name = "company_id"
    _fixed_fields = ("company_id",)

    company_id = fields.Many2one(
        comodel_name="res.company",
        required=True,
        index=True,
        ondelete="cascade",
        default=lambda self: self.env.company,
    )
    lang = fields.Selection(
        selection="_selection_lang",
        string="Language of Names",
        required=True,
        default=lambda self: self.env.lang or self.env.user.lang,
    )
    is_nightly = fields.Boolean(string="Every Night", default=True)
    state = fields.Selection(
        selection=[
            ("new", "Not Written Yet"),
            ("queued", "Queued"),
            ("running", "Being Written"),
            ("done", "Written"),
            ("failed", "Failed"),
        ],
        string="Status",
        required=True,
        readonly=True,
        copy=False,
        default="new",
    )
    format = fields.Selection(
        selection=[("parquet", "Parquet"), ("csv", "CSV (gzip)")],
        readonly=True,
        copy=False,
        help="CSV where the server lacks the Python library pyarrow.",
    )
    attempts = fields.Integer(readonly=True, copy=False)
    done_at = fields.Datetime(string="Written On", readonly=True, copy=False)
    known_until = fields.Datetime(
        string="Figures As Of",
        readonly=True,
        copy=False,
        help="The figures know all changes of documents until then.",
    )
    row_count = fields.Integer(string="Figures", readonly=True, copy=False)
    size = fields.Float(
        string="Bytes", digits=(16, 0), readonly=True, copy=False, aggregator="sum"
    )
    size_text = fields.Char(string="Size", compute="_compute_size_text")
    file_count = fields.Integer(string="Files", readonly=True, copy=False)
    written_count = fields.Integer(
        string="Files Written Anew",
        readonly=True,
        copy=False,
        help="By the last run. Months that have not changed keep their files.",
    )
    error = fields.Text(string="Reason", readonly=True, copy=False)
    file_ids = fields.One2many(
        comodel_name="sales.mart.export.file", inverse_name="export_id", readonly=True
    )
    manifest_id = fields.Many2one(
        comodel_name="ir.attachment", readonly=True, copy=False, ondelete="set null"
    )

    _company_uniq = models.Constraint(
        "UNIQUE (company_id)",
        "This company has an export already: open it instead.",
    )

    @api.model
    def _selection_lang(self):
        return self.env["res.lang"].get_installed()

    @api.depends("size")
    def _compute_size_text(self):
        for export in self:
            export.size_text = self.env["sales.mart.export.file"]._format_size(
                export.size
            )

    # ------------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------------

    def unlink(self):
        """Delete the contents of the files, too."""
        self.check_access("unlink")
        # sudo: the user may delete the export; its files only code deletes.
        self.sudo().file_ids.unlink()
        return super().unlink()

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_export(self):
        """Have the files brought up to date in the background."""
        self.check_access("write")
        # One that is being written is locked by the job, maybe for minutes.
        waiting = self.filtered(lambda export: export.state in WAITING)
        (self - waiting)._queue()
        return self._notify(
            self.env._("The files are being written in the background.")
        )

    def action_export_all(self):
        """Have all files written anew in the background."""
        self.check_access("write")
        # The files of the others are locked by the job, as in ``action_export``.
        self.filtered(lambda export: export.state not in WAITING)._forget_layouts()
        return self.action_export()

    @api.readonly
    def action_download(self):
        """Download all files in one archive."""
        self.ensure_one()
        self._check_written()
        return {
            "type": "ir.actions.act_url",
            "url": f"{ROUTE}/{self.id}/archive",
            "target": "download",
        }

    @api.readonly
    def action_download_manifest(self):
        """Download the description of the files."""
        self.ensure_one()
        self._check_written()
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{self.manifest_id.id}?download=true",
            "target": "download",
        }

    @api.readonly
    def action_open_files(self):
        """Open the list of the files."""
        self.ensure_one()
        return open_records(
            self.env,
            "sales_efficiency_analytics.sales_mart_export_file_action",
            [("export_id", "=", self.id)],
            context={"search_default_group_relation": 1},
        )

    # ------------------------------------------------------------------
    # Helpers
    # ------------------------------------------------------------------

    def _check_written(self):
        self.check_access("read")
        if not self.manifest_id:
            raise UserError(
                self.env._("There are no files yet: press Export Now first.")
            )

    def _queue(self):
        # sudo: the user may write the export; only code sets these fields.
        self.sudo().write({"state": "queued", "attempts": 0, "error": False})
        # sudo: jobs are nobody's to start but ours
        self.sudo().env.ref("sales_efficiency_analytics.ir_cron_mart_export")._trigger()

    def _forget_layouts(self):
        """Make all files outdated, whatever the mart says of changes."""
        # sudo: the user may write the export; only code writes files.
        self.sudo().file_ids.write({"layout": False})

    def _keep_files(self, written):
        """Keep the contents of files in place of what they were.

        :param list written: for each file, the ``sales.mart.export.file`` from before
            or None, its values, and its content
        """
        self.ensure_one()
        files = self.env["sales.mart.export.file"]
        before = files.union(*(file for file, _values, _content in written if file))
        before.attachment_id.unlink()
        for file, values, _content in written:
            if file:
                file.write(values)
        new = files.create(
            [
                {**values, "export_id": self.id}
                for file, values, _content in written
                if not file
            ]
        )
        rest = iter(new)
        kept = [file or next(rest) for file, _values, _content in written]
        contents = self.env["ir.attachment"].create(
            [
                {
                    "name": file.name.replace("/", "-"),
                    "raw": content,
                    "mimetype": MIMETYPES[Path(file.name).suffix],
                    "res_model": file._name,
                    "res_id": file.id,
                }
                for file, (_before, _values, content) in zip(kept, written, strict=True)
            ]
        )
        for file, content in zip(kept, contents, strict=True):
            file.attachment_id = content

    def _keep_manifest(self, text):
        self.ensure_one()
        self.manifest_id.unlink()
        self.manifest_id = self.env["ir.attachment"].create(
            {
                "name": "manifest.json",
                "raw": text.encode(),
                "mimetype": "application/json",
                "res_model": self._name,
                "res_id": self.id,
            }
        )

    def _get_manifest(self):
        """:return: bytes"""
        self.ensure_one()
        return self.manifest_id.raw

    def _find_content(self, path):
        """Return the content of one of the files, or of the manifest.

        :param str path: as the manifest names it; it is looked up, never opened
        :return: bytes and their type; None if there is no such file
        """
        self.ensure_one()
        if "\0" in path:
            return None  # PostgreSQL knows no such text
        if path == "manifest.json":
            return self.manifest_id and (self.manifest_id.raw, "application/json")
        file = self.env["sales.mart.export.file"].search(
            [("export_id", "=", self.id), ("name", "=", path)], limit=1
        )
        return file and (file._get_content(), file.attachment_id.mimetype)

    def _notify(self, message):
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": message,
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }

    @api.model
    def _note_everything(self):
        """Have every company's next export write all months anew."""
        self.env.cr.execute(
            SQL(
                "INSERT INTO sales_mart_export_change (company_id)"
                " SELECT company_id FROM sales_mart_export"
            )
        )
