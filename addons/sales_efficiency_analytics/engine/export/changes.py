# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tools import SQL


class ExportChanges:
    """The changes of figures since a company's last export, see
    ``sales.mart.export.change``.

    :param company: a ``res.company`` record
    """

    def __init__(self, company):
        self.env = company.env
        rows = self.env.execute_query(
            SQL(
                "SELECT id, source, month FROM sales_mart_export_change"
                " WHERE company_id = %s",
                company.id,
            )
        )
        self._ids = [id_ for id_, _source, _month in rows]
        self._months = {(source, month) for _id, source, month in rows}

    def concern(self, source, month):
        """Return whether figures of a source may have changed in a month."""
        return (source, month) in self._months or (None, None) in self._months

    def delete(self):
        """Forget these changes; those that came meanwhile stay."""
        self.env.cr.execute(
            SQL("DELETE FROM sales_mart_export_change WHERE id = ANY(%s)", self._ids)
        )
