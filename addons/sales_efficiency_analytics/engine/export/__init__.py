# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from .relation import Column, Relation
from .relations import MartRelations
from .changes import ExportChanges
from .metric_statement import MetricStatement
from .writer_process import WriterFailed, WriterProcess
from .manifest import SCHEMA_VERSION, Manifest
from .mart_export import MartExport
from .archive import write_archive
from .bi_views import SCHEMA, BiViews
