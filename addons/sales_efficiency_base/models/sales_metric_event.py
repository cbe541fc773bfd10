# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models


class SalesMetricEvent(models.Model):
    """An event of the sales facts that a metric can count.

    There is one record for each value of ``sales.fact.event``. The add-on that brings
    a source creates the records of its events.
    """

    _name = "sales.metric.event"
    _description = "Event of Sales Figures"
    _order = "sequence, id"

    event = fields.Selection(selection="_selection_event", required=True, readonly=True)
    sequence = fields.Integer(default=100)

    _event_uniq = models.Constraint(
        "UNIQUE (event)", "Each event can have only one record."
    )

    @api.model
    def _selection_event(self):
        return self.env["sales.fact"]._fields["event"]._description_selection(self.env)

    @api.depends_context("lang")
    @api.depends("event")
    def _compute_display_name(self):
        labels = dict(self._selection_event())
        for event in self:
            event.display_name = labels.get(event.event)
