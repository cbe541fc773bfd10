# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from collections import defaultdict

from odoo import models


class SalesIncentiveStatement(models.Model):
    """A statement also says why somebody gets no award."""

    _inherit = "sales.incentive.statement"

    def _read_notes(self):
        notes = defaultdict(list, super()._read_notes())
        lines = self.env["sales.incentive.award.line"].search(
            [
                ("assignment_id", "in", self.assignment_id.ids),
                ("period_id", "in", self.period_id.ids),
                ("state", "=", "approved"),
                ("amount", "=", 0),
            ]
        )
        found = lines.grouped(lambda line: (line.assignment_id, line.period_id))
        for statement in self:
            of_person = found.get((statement.assignment_id, statement.period_id), ())
            notes[statement] += [
                self.env._(
                    "%(award)s: %(amount)s. %(reason)s.",
                    award=line.display_name,
                    amount=line._write_money(line.amount),
                    reason=line.explanation,
                )
                for line in of_person
            ]
        return notes
