# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Show what methods found: charts and tables, one class a method.

A chart is plain JSON, drawn by the client and, for paper, by ``ChartDrawing``::

    {
        "name": "pareto", "title": text,
        "labels": [text, ...] or None if x is a number,
        "x": axis, "y": axis, "y2": axis or None,
        "series": [series, ...],
    }

Both axes are by ratio if ``is_log`` is given as well.

An axis is ``{"title": text, "digits": number, "before": text, "after": text}``, a
series ``{"kind": "line", "bar", "band" or "points", "label": text, ...}`` with
``values`` (bands: ``low`` and ``high``) in the order of the labels, or ``points``
(``{"x": number, "y": number, "label": text}``).
"""

from .answer import Answer
from .chart_drawing import ChartDrawing
from .cluster import ClusterPresentation
from .correlation import CorrelationPresentation
from .descriptive import DescriptivePresentation
from .forecast import ForecastPresentation
from .presentation import Column, Presentation, Table
from .regression import RegressionPresentation
from .study_workbook import StudyWorkbook
from .trend import TrendPresentation
