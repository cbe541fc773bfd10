# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from operator import methodcaller

from odoo import api, fields, models

from odoo.addons.sales_efficiency_base.tools import attempt, each_alone, take_free

from ..engine import MartExport, WriterFailed
from .sales_mart_export import WAITING

# A worker that is killed at it leaves an export to the next one, but not forever.
MOST_ATTEMPTS = 3


class SalesMartExport(models.Model):
    """The queue: exports are written one by one, each in transactions of its own.

    A lock on the export keeps other workers away, and goes with the worker.
    """

    # pylint: disable-next=consider-merging-classes-inherited
    _inherit = "sales.mart.export"

    @api.model
    def _cron_export(self):
        """Write what is due this night, and what somebody waits for."""
        self._queue_due()
        waiting = self.search([("state", "in", WAITING)], order="id")
        waiting._write_or_leave()

    @api.model
    def _queue_due(self):
        """Queue the nightly exports that have not been written today."""
        due = self.search(
            [
                ("is_nightly", "=", True),
                ("state", "in", ("done", "failed")),
                "|",
                ("done_at", "=", False),
                ("done_at", "<", fields.Date.today()),
            ]
        )
        due.write({"state": "queued", "attempts": 0, "error": False})

    def _write_or_leave(self):
        """Write exports, unless another worker does: first say that one is being
        written, then write it."""
        each_alone(
            self.env,
            self,
            methodcaller("_start"),
            methodcaller("_finish"),
            take=methodcaller("_take"),
        )

    def _take(self):
        """:return: whether the export waits and nobody else is at it"""
        return take_free(self) and self.state in WAITING

    def _start(self):
        self.write({"state": "running", "attempts": self.attempts + 1})

    def _finish(self):
        """Write the files, or keep in words why they could not be written."""
        if self.attempts > MOST_ATTEMPTS:
            self._fail(
                self.env._(
                    "The server has stopped the export %(count)s times. Ask your"
                    " administrator for a longer time limit of scheduled jobs.",
                    count=MOST_ATTEMPTS,
                )
            )
            return
        if error := attempt(self.env, self._export, [WriterFailed]):
            self._fail(error)

    def _export(self):
        self.write(
            {
                **MartExport(self).run(),
                "state": "done",
                "done_at": fields.Datetime.now(),
                "error": False,
            }
        )

    def _fail(self, reason):
        self.write(
            {"state": "failed", "error": reason, "done_at": fields.Datetime.now()}
        )
