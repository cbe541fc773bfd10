# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.tools import SQL

from ..engine.presentations.cluster import SHOWN_POINTS
from ..engine.study import thin
from .sales_study_result import ANSWERED

# A year of monthly answers can be compared row by row; later only what they say counts.
KEPT_VERSIONS = 12
# Charts of points show no more: old answers look as they always did.
KEPT_ROWS = SHOWN_POINTS
# Of 100,000 rows each has some megabytes.
BATCH = 20


class SalesStudyResult(models.Model):
    """Old answers keep what they say, but not all of their data: those of each month of
    100,000 customers would fill the database."""

    # pylint: disable-next=consider-merging-classes-inherited
    _inherit = "sales.study.result"

    is_thinned = fields.Boolean(readonly=True, export_string_translation=False)

    @api.autovacuum
    def _gc_data(self):
        """Thin the data of all but the newest answers of each study.

        :return: how many were thinned, and whether there are more
        """
        ids = self._find_thick()
        for result in self.browse(ids[:BATCH]):
            figures, found = thin(result.figures, result.found, KEPT_ROWS)
            result.write({"figures": figures, "found": found, "is_thinned": True})
            result.flush_recordset()
            result.invalidate_recordset(["figures", "found"])
        return len(ids[:BATCH]), len(ids) > BATCH

    @api.model
    def _find_thick(self):
        """:return: ids of old answers that still have all their data"""
        self.flush_model(["is_thinned", "row_count", "state", "study_id"])
        rows = self.env.execute_query(
            SQL(
                """
                SELECT id
                  FROM (SELECT id, row_count, is_thinned,
                               ROW_NUMBER() OVER (
                                   PARTITION BY study_id ORDER BY id DESC
                               ) AS place
                          FROM sales_study_result
                         WHERE state IN %s) AS answer
                 WHERE place > %s AND row_count > %s AND is_thinned IS NOT TRUE
                 ORDER BY id LIMIT %s
                """,
                ANSWERED,
                KEPT_VERSIONS,
                KEPT_ROWS,
                BATCH + 1,
            )
        )
        return [id_ for [id_] in rows]

    def _has_customer_groups(self):
        return not self.is_thinned and super()._has_customer_groups()
