# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import tempfile
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from odoo.tools import SQL

from .changes import ExportChanges
from .manifest import Manifest
from .relations import MartRelations
from .writer_process import WriterProcess

EXTENSIONS = {"parquet": "parquet", "csv": "csv.gz"}


@dataclass(frozen=True, slots=True)
class Part:
    """A file of an export: a relation, or a month of it."""

    relation: str
    source: str | None = None
    month: date | None = None

    def get_path(self, format_):
        """Return its path in the archive, in the way that other engines look for parts.

        >>> Part("facts", "order", date(2026, 9, 1)).get_path("parquet")
        'facts/source=order/in_month=2026-09/facts.parquet'
        >>> Part("users").get_path("csv")
        'users/users.csv.gz'
        """
        folders = [self.relation]
        if self.source:
            folders.append(f"source={self.source}")
        if self.month:
            # Not "month": engines would take it for the column of that name.
            folders.append(f"in_month={self.month:%Y-%m}")
        return "/".join([*folders, f"{self.relation}.{EXTENSIONS[format_]}"])


class MartExport:
    """Brings the files of an export up to date.

    Figures and cells of a month are written anew if the mart has noted a change of that
    month, or if their sums are others than those of the monthly totals. All other files
    are small or change every day: they are read anew, and replaced if they differ.

    One transaction does it all: its snapshot is that of every file, and until it
    commits, the files from before are what there is. A process that is killed leaves
    nothing behind but content in the filestore that nobody names, which Odoo collects.

    :param export: a ``sales.mart.export`` record, with the rights of the superuser
    """

    # Bytes of files that are kept at a time: one by one takes longer than writing them
    batch_size = 16 * 1024**2

    def __init__(self, export):
        self._export = export
        self.env = export.env
        self.peak = 0  # bytes of the writing process
        self._written, self._written_size = [], 0
        company = export.company_id
        self._relations = MartRelations(
            self.env, SQL("ARRAY[%s]", company.id), SQL("%s", export.lang)
        ).get_all()
        self._kept = {
            Part(file.relation, file.source or None, file.month or None): file
            for file in export.file_ids
        }

    def run(self):
        """Write what has changed.

        :return: values of the export
        :raise WriterFailed: if files cannot be written
        """
        self.env["sales.mart"]._tune()
        self.env.flush_all()
        changes = ExportChanges(self._export.company_id)
        known_until = self.env["sales.mart"]._get_known_until()
        totals = self._read_totals()
        wanted = self._get_parts(totals)
        gone = [self._kept.pop(part) for part in self._kept.keys() - wanted]
        self.env["sales.mart.export.file"].union(*gone).unlink()
        with (
            tempfile.TemporaryDirectory(prefix="sales_mart_export_") as folder,
            WriterProcess(self.env) as writer,
        ):
            format_ = writer.formats[0]
            written = 0
            for part in wanted:
                if self._is_outdated(part, format_, changes, totals):
                    path = Path(folder, "part")
                    written += self._write(writer, part, format_, path)
                    path.unlink()
            self._keep()
            self.peak = writer.peak
        changes.delete()
        return self._finish(format_, written, known_until)

    def _get_parts(self, totals):
        """Return the files of which the export consists, in the order of its tables."""
        parts = []
        for name, relation in self._relations.items():
            found = []
            if relation.has_sources:
                found = [Part(name, source, month) for source, month in sorted(totals)]
            elif relation.day:
                found = [Part(name, None, month) for month in self._read_months(name)]
            # A table without rows has a file, too: it says what its columns are.
            parts += found or [Part(name)]
        return dict.fromkeys(parts)

    def _read_totals(self):
        """Return what the monthly totals say: dict (source, month) -> sums by name."""
        # Other decimals are rounded in files.
        names = [
            column.name
            for column in self._relations["cells"].columns
            if column.is_summed and column.type != "decimal"
        ]
        rows = self.env.execute_query(
            SQL(
                "SELECT source, month, %s FROM sales_fact_total"
                " WHERE company_id = %s GROUP BY source, month HAVING SUM(facts) > 0",
                SQL(", ").join(
                    SQL("trim_scale(SUM(%s)::numeric)::text", SQL.identifier(name))
                    for name in names
                ),
                self._export.company_id.id,
            )
        )
        return {
            (source, month): dict(zip(names, sums, strict=True))
            for source, month, *sums in rows
        }

    def _read_months(self, name):
        relation = self._relations[name]
        day = relation.get_value(relation.day)
        rows = self.env.execute_query(
            SQL(
                "SELECT DISTINCT date_trunc('month', %s::timestamp)::date FROM %s"
                " WHERE %s AND %s IS NOT NULL ORDER BY 1",
                day,
                relation.source,
                relation.condition,
                day,
            )
        )
        return [month for (month,) in rows]

    def _is_outdated(self, part, format_, changes, totals):
        relation, file = self._relations[part.relation], self._kept.get(part)
        return (
            not file
            or not relation.has_sources
            or not part.month
            or file.layout != relation.get_layout()
            or file.name != part.get_path(format_)
            or changes.concern(part.source, part.month)
            or not self._agrees(file, totals[part.source, part.month])
        )

    @staticmethod
    def _agrees(file, totals):
        """Return whether a file has the sums of the monthly totals."""
        return file.sums.get("facts", str(file.row_count)) == totals["facts"] and all(
            totals.get(name, value) == value for name, value in file.sums.items()
        )

    def _write(self, writer, part, format_, path):
        """Write a file, and keep it if its content is new.

        :return: whether it is
        """
        relation, file = self._relations[part.relation], self._kept.get(part)
        select = relation.sql_file(part.source, part.month)
        told = writer.write_file(path, format_, relation.columns, select)
        layout = relation.get_layout()
        if file and (file.sha256, file.layout) == (told["sha256"], layout):
            return False
        values = {
            "name": part.get_path(format_),
            "relation": part.relation,
            "source": part.source,
            "month": part.month,
            "layout": layout,
            "row_count": told["rows"],
            "sums": told["sums"],
            "size": told["size"],
            "sha256": told["sha256"],
        }
        self._written.append((file, values, path.read_bytes()))
        self._written_size += told["size"]
        if self._written_size >= self.batch_size:
            self._keep()
        return True

    def _keep(self):
        """Keep what has been written since the last time."""
        if self._written:
            self._export._keep_files(self._written)
        self._written, self._written_size = [], 0

    def _finish(self, format_, written, known_until):
        export = self._export
        export.format = format_
        export.invalidate_recordset(["file_ids"])
        files = export.file_ids
        export._keep_manifest(Manifest(export, self._relations).get_text(known_until))
        return {
            "known_until": known_until,
            "file_count": len(files),
            "written_count": written,
            "size": sum(files.mapped("size")),
            "row_count": sum(
                file.row_count for file in files if file.relation == "facts"
            ),
        }
