# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from contextlib import contextmanager

from odoo import api, fields, models
from odoo.tools import SQL

from ..engine.funnel import MOMENT, StageTriggers, TrackedStays


class SalesStageHistory(models.Model):
    """The stays of opportunities in stages (policy 1.3.2).

    Triggers write them in the transaction that changes an opportunity, see
    :class:`StageTriggers`. One stay of an opportunity ends when the next one begins;
    none is open while it is lost or archived.
    """

    _name = "sales.stage.history"
    _description = "Stay in a Stage"
    _order = "lead_id, entered_at, id"
    _log_access = False
    _rec_name = "stage_id"

    lead_id = fields.Many2one(
        comodel_name="crm.lead",
        string="Opportunity",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    stage_id = fields.Many2one(
        comodel_name="crm.stage",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
        help="Empty if it has been deleted.",
    )
    stage_name = fields.Char(string="Deleted Stage", readonly=True, translate=True)
    stage_sequence = fields.Integer(
        string="Place of the Deleted Stage",
        readonly=True,
        aggregator=None,
        export_string_translation=False,
    )
    entered_at = fields.Datetime(
        string="Since", readonly=True, help="Empty if nobody knows."
    )
    left_at = fields.Datetime(string="Until", readonly=True)
    hand_over_count = fields.Integer(
        string="Changes of Hands",
        readonly=True,
        help="How often it got another salesperson during the stay.",
    )

    _open_uniq = models.UniqueIndex(
        "(lead_id) WHERE left_at IS NULL",
        "An opportunity is in one stage at a time.",
    )
    _in_order = models.Constraint(
        "CHECK (left_at >= entered_at)", "A stay cannot end before it begins."
    )

    def init(self):
        """Create the triggers, and the stays of the opportunities that have none."""
        res = super().init()
        StageTriggers(self.env.cr).install()
        TrackedStays(self.env).fill()
        return res

    @api.model
    @contextmanager
    def _at(self, moment):
        """Date the changes of opportunities within the block, as when they are taken
        over from elsewhere.

        :param datetime moment: in UTC
        """
        self.env.flush_all()
        self._set_moment(fields.Datetime.to_string(moment))
        yield
        self.env.flush_all()
        self._set_moment("")

    @api.model
    def _set_moment(self, value):
        self.env.cr.execute(SQL("SELECT set_config(%s, %s, true)", MOMENT, value))

    @api.model
    def _replace(self, stays):
        """Replace all stays of some opportunities, as they are known from elsewhere.

        :param dict stays: lead -> list of (stage, datetime or None of entry, datetime
            or None of leaving), in order
        """
        self.env.flush_all()
        leads = self.env["crm.lead"].union(*stays)
        self.env.cr.execute(
            SQL("DELETE FROM sales_stage_history WHERE lead_id = ANY(%s)", leads.ids)
        )
        rows = [
            SQL("(%s, %s, %s, %s, 0)", lead.id, stage.id, entered or None, left or None)
            for lead, own in stays.items()
            for stage, entered, left in own
        ]
        if rows:
            self.env.cr.execute(
                SQL(
                    "INSERT INTO sales_stage_history (lead_id, stage_id, entered_at,"
                    " left_at, hand_over_count) VALUES %s",
                    SQL(", ").join(rows),
                )
            )
        self.invalidate_model()

    @api.model
    def _join(self, lead, merged):
        """Let the history of an opportunity begin with that of the oldest one merged
        into it: it was opened then.

        The stays of the merged ones that lie later are those of the same time.

        :param lead: the opportunity that is left
        :param merged: those that are about to be deleted
        """
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                """
                WITH own AS (
                    SELECT MIN(entered_at) AS begun FROM sales_stage_history
                     WHERE lead_id = %(lead)s
                ), first AS (
                    SELECT h.lead_id FROM sales_stage_history h CROSS JOIN own
                     WHERE h.lead_id = ANY(%(merged)s)
                       AND (own.begun IS NULL OR h.entered_at < own.begun)
                     ORDER BY h.entered_at, h.id LIMIT 1
                )
                UPDATE sales_stage_history h
                   SET lead_id = %(lead)s,
                       left_at = LEAST(
                           h.left_at,
                           COALESCE(own.begun, GREATEST(
                               h.entered_at, now() AT TIME ZONE 'UTC')))
                  FROM own, first
                 WHERE h.lead_id = first.lead_id
                   AND (own.begun IS NULL OR h.entered_at IS NULL
                        OR h.entered_at < own.begun)
                """,
                lead=lead.id,
                merged=merged.ids,
            )
        )
        self.invalidate_model()
