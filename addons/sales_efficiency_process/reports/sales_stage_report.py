# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.tools import SQL

from odoo.addons.sales_efficiency_base.engine import LEADS


class SalesStageReport(models.Model):
    """Analysis of the stays of opportunities in stages (policy 1.3.2).

    It has the dimensions of the figures of opportunities.
    """

    _name = "sales.stage.report"
    _inherit = "sales.scope.mixin"
    _description = "Analysis of Stays in Stages"
    _auto = False
    _log_access = False
    _order = "entered_at desc nulls last, id desc"
    _rec_name = "lead_id"
    _depends = {
        "sales.stage.history": ["lead_id", "stage_id", "entered_at", "left_at"],
        "crm.lead": [
            "active",
            "campaign_id",
            "company_id",
            "expected_revenue",
            "partner_id",
            "sales_categ_id",
            "sales_channel_id",
            "sales_opened_date",
            "sales_region_id",
            "source_id",
            "stage_id",
            "team_id",
            "type",
            "user_id",
            "won_status",
        ],
    }

    lead_id = fields.Many2one(
        comodel_name="crm.lead", string="Opportunity", readonly=True
    )
    stage_id = fields.Many2one(comodel_name="crm.stage", readonly=True)
    stage_label = fields.Char(
        string="In Stage",
        compute="_compute_stage_label",
        help="Also the name of a stage that has been deleted.",
    )
    company_id = fields.Many2one(comodel_name="res.company", readonly=True)
    currency_id = fields.Many2one(comodel_name="res.currency", readonly=True)
    amount = fields.Monetary(
        string="Expected Revenue",
        readonly=True,
        aggregator=None,
        help="That of the opportunity, once for each of its stays.",
    )
    won_status = fields.Selection(
        selection=[("won", "Won"), ("lost", "Lost"), ("pending", "Pending")],
        string="Outcome",
        readonly=True,
    )
    opened_date = fields.Date(string="Opened On", readonly=True)
    entered_at = fields.Datetime(string="Since", readonly=True)
    left_at = fields.Datetime(string="Until", readonly=True)
    days = fields.Integer(
        readonly=True,
        aggregator="avg",
        help="Calendar days of the stay, until today if it is not over.",
    )
    is_open = fields.Boolean(string="Not Over", readonly=True)
    is_return = fields.Boolean(
        string="Turned Back",
        readonly=True,
        help="The opportunity came from a later stage.",
    )
    hand_over_count = fields.Integer(string="Changes of Hands", readonly=True)

    @api.depends("stage_id")
    @api.depends_context("lang")
    def _compute_stage_label(self):
        # sudo: only the names of deleted stages, of stays that the user reads
        history = self.env["sales.stage.history"].sudo()
        for stay in self:
            stay.stage_label = (
                stay.stage_id.name or history.browse(stay._origin.id).stage_name
            )

    @api.readonly
    def action_open_lead(self):
        """Open the opportunity."""
        self.ensure_one()
        self.check_access("read")
        self.lead_id.check_access("read")
        return self.lead_id._get_records_action(context={})

    @property
    def _table_query(self):
        return SQL(
            "SELECT %s FROM %s JOIN sales_stage_history h ON h.lead_id = l.id"
            " LEFT JOIN crm_stage s ON s.id = h.stage_id WHERE l.type = 'opportunity'",
            SQL(", ").join(
                SQL("%s AS %s", column, SQL.identifier(name))
                for name, column in self._get_columns().items()
            ),
            LEADS,
        )

    @api.model
    def _get_columns(self):
        """:return: dict column -> SQL"""
        source = self.env["sales.fact.source.opportunity"]._get_columns()
        dimensions = {
            name: source.get(name, SQL("NULL::int")) for name in self._get_dimensions()
        }
        entered, left = (
            SQL("(%s AT TIME ZONE 'UTC' AT TIME ZONE c.sales_tz)::date", moment)
            for moment in (
                SQL("h.entered_at"),
                SQL("COALESCE(h.left_at, now() AT TIME ZONE 'UTC')"),
            )
        )
        return {
            **dimensions,
            "id": SQL("h.id"),
            "lead_id": SQL("h.lead_id"),
            "stage_id": SQL("h.stage_id"),
            "company_id": SQL("c.id"),
            "currency_id": SQL("c.currency_id"),
            "amount": SQL("l.expected_revenue"),
            "won_status": SQL("l.won_status"),
            "opened_date": SQL("opened.date"),
            "entered_at": SQL("h.entered_at"),
            "left_at": SQL("h.left_at"),
            "days": SQL(
                "CASE WHEN s.is_won IS NOT TRUE THEN %s - %s END", left, entered
            ),
            "is_open": SQL("h.left_at IS NULL AND s.is_won IS NOT TRUE"),
            "is_return": SQL(
                """
                COALESCE(COALESCE(s.sequence, h.stage_sequence)
                    < LAG(COALESCE(s.sequence, h.stage_sequence)) OVER (
                        PARTITION BY h.lead_id ORDER BY h.entered_at NULLS FIRST, h.id
                    ), FALSE)
                """
            ),
            "hand_over_count": SQL("h.hand_over_count"),
        }
