# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import tempfile

from odoo.http import Controller, Response, content_disposition, request, route

from ..engine import write_archive

CHUNK = 256 * 1024


class SalesMartExportController(Controller):
    @route(
        "/sales_efficiency_analytics/export/<int:export_id>/archive",
        auth="user",
        readonly=True,
    )
    def download(self, export_id):
        """Download all files of an export in one archive."""
        export = self._find(export_id)
        # Without a name, and gone with the answer; too large to be kept in memory.
        archive = tempfile.TemporaryFile()  # noqa: SIM115
        write_archive(export, archive)
        size = archive.tell()
        archive.seek(0)
        name = f"{export.company_id.name} {export.done_at:%Y-%m-%d}".replace("/", "-")
        return Response(
            self._read(archive),
            direct_passthrough=True,
            headers=[
                ("Content-Type", "application/zip"),
                ("Content-Length", size),
                ("Content-Disposition", content_disposition(f"{name}.zip")),
            ],
        )

    @route(
        "/sales_efficiency_analytics/export/<int:export_id>/files/<path:path>",
        auth="bearer",
        readonly=True,
        save_session=False,
    )
    def download_file(self, export_id, path):
        """Give one file to a program that knows an API key: the manifest first, then
        what differs from what it has."""
        found = self._find(export_id)._find_content(path)
        if not found:
            raise request.not_found()
        content, mimetype = found
        return request.make_response(
            content,
            [
                ("Content-Type", mimetype),
                ("Content-Length", len(content)),
                ("Content-Disposition", content_disposition(path.split("/")[-1])),
            ],
        )

    @staticmethod
    def _read(file):
        """Yield the content of a file, and close it."""
        with file:
            while chunk := file.read(CHUNK):
                yield chunk

    @staticmethod
    def _find(export_id):
        export = request.env["sales.mart.export"].browse(export_id).exists()
        # The same answer for what is not there, and what may not be read.
        if not (export and export.has_access("read") and export.manifest_id):
            raise request.not_found()
        return export
