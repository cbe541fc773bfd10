# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import json

from odoo import fields, release

from .metric_statement import MetricStatement

# Another number: programs that read exports may have to change. Further columns and
# relations do not change it.
SCHEMA_VERSION = 1


class Manifest:
    """Tells programs what an export consists of, and how its metrics are computed.

    :param export: a ``sales.mart.export`` record
    :param dict relations: :class:`Relation` objects by name
    """

    def __init__(self, export, relations):
        self._export = export
        self._relations = relations
        self.env = export.env

    def get_text(self, known_until):
        """:param datetime known_until: the figures know all changes until then"""
        company = self._export.company_id
        return json.dumps(
            {
                "schema_version": SCHEMA_VERSION,
                "odoo": release.version,
                "company": {
                    "id": company.id,
                    "name": company.name,
                    "currency": company.currency_id.name,
                },
                "language": self._export.lang,
                "format": self._export.format,
                "written_at": self._format(fields.Datetime.now()),
                "known_until": self._format(known_until),
                "tables": self._get_tables(),
                "metrics": self._get_metrics(),
            },
            ensure_ascii=False,
            indent=1,
        )

    @staticmethod
    def _format(moment):
        return f"{moment.isoformat(timespec='seconds')}Z"

    def _get_tables(self):
        files = self._export.file_ids.grouped("relation")
        return {
            name: {
                "columns": [self._get_column(column) for column in relation.columns],
                "files": [
                    self._get_file(file)
                    for file in files.get(name, self._export.file_ids.browse())
                ],
            }
            for name, relation in self._relations.items()
        }

    @staticmethod
    def _get_column(column):
        told = {"name": column.name, "type": TOLD.get(column.type, column.type)}
        if column.refers_to:
            told["refers_to"] = column.refers_to
        return told

    @staticmethod
    def _get_file(file):
        told = {
            "path": file.name,
            "source": file.source,
            "month": file.month and file.month.strftime("%Y-%m"),
            "rows": file.row_count,
            "sums": file.sums,
            "size": file.size,
            "sha256": file.sha256,
        }
        return {key: value for key, value in told.items() if value not in (False, None)}

    def _get_metrics(self):
        metrics = self.env["sales.metric"].search(
            [("company_id", "in", [False, self._export.company_id.id])]
        )
        return [
            {
                "code": metric.code,
                "name": metric.name,
                "unit": metric.unit,
                "table": "facts",
                "sql": statement,
            }
            for metric in metrics
            if metric.code and (statement := MetricStatement(metric).get_text())
        ]


# Types of columns as programs know them
TOLD = {"decimal": "decimal(38,10)", "money": "decimal(38,6)"}
