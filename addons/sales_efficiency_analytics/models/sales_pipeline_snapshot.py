# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL


class SalesPipelineSnapshot(models.Model):
    """The open opportunities of each week, as they were in it (policy 6.1.1).

    Only with them can one tell later what slipped, and how good forecasts were. They
    are of the people and teams of then, and stay when their opportunity is deleted:
    nobody improves what was promised afterwards. What is merged counts where it is.
    """

    _name = "sales.pipeline.snapshot"
    _inherit = "sales.scope.mixin"
    _description = "Weekly Snapshot of the Pipeline"
    _log_access = False  # only plain SQL writes
    _order = "week desc, amount desc, id desc"
    _rec_name = "lead_id"

    week = fields.Date(readonly=True, required=True, help="Monday of the week.")
    date = fields.Date(string="Taken On", readonly=True, required=True)
    company_id = fields.Many2one(
        comodel_name="res.company", readonly=True, required=True, ondelete="cascade"
    )
    currency_id = fields.Many2one(comodel_name="res.currency", readonly=True)
    lead_id = fields.Many2one(
        comodel_name="crm.lead",
        string="Opportunity",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )
    res_id = fields.Integer(
        string="Number of the Opportunity",
        readonly=True,
        required=True,
        aggregator=None,
        help="Of then: it may have been deleted or merged since.",
    )
    stage_id = fields.Many2one(
        comodel_name="crm.stage", readonly=True, ondelete="set null"
    )
    amount = fields.Monetary(string="Expected Revenue", readonly=True)
    probability = fields.Float(readonly=True, aggregator="avg")
    weighted_amount = fields.Monetary(
        string="Weighted Revenue",
        readonly=True,
        help="Expected revenue × probability.",
    )
    date_deadline = fields.Date(string="Expected Closing", readonly=True)
    opened_date = fields.Date(string="Opened on", readonly=True)
    won_status = fields.Selection(
        related="lead_id.won_status", string="Outcome", readonly=True
    )

    _lead_week_uniq = models.UniqueIndex(
        "(company_id, week, res_id)",
        "Each opportunity has only one snapshot a week.",
    )
    _week_deadline = models.Index("(week, date_deadline)")

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    @api.readonly
    def action_open_lead(self):
        """Open the opportunity as it is today."""
        self.ensure_one()
        self.check_access("read")
        if not self.lead_id:
            raise UserError(self.env._("The record has been deleted."))
        self.lead_id.check_access("read")
        return self.lead_id._get_records_action(context={})

    # ------------------------------------------------------------------
    # Cron
    # ------------------------------------------------------------------

    @api.model
    def _cron_take(self):
        """Keep the pipeline of the week. It runs daily, so that no week is left out."""
        self._take()
        self.env["ir.cron"]._commit_progress(1)

    @api.model
    def _take(self):
        """Keep the open opportunities of the companies that have no snapshot of the
        current week yet.

        It is one statement, so it happens as a whole or not at all; two at once write
        each opportunity once. Where opportunities lie is taken from their figures.
        """
        self.env.flush_all()
        dimensions = self._get_dimensions()
        columns = {
            "week": SQL("here.week"),
            "date": SQL("here.day"),
            "company_id": SQL("fact.company_id"),
            "currency_id": SQL("company.currency_id"),
            "lead_id": SQL("lead.id"),
            "res_id": SQL("lead.id"),
            "stage_id": SQL("lead.stage_id"),
            "amount": SQL("fact.amount"),
            "probability": SQL("lead.probability"),
            "weighted_amount": SQL(
                "ROUND((fact.amount * lead.probability / 100)::numeric,"
                " currency.decimal_places)"
            ),
            "date_deadline": SQL("lead.date_deadline"),
            "opened_date": SQL("fact.date"),
            **{name: SQL.identifier("fact", name) for name in dimensions},
        }
        self.env.cr.execute(
            SQL(
                "INSERT INTO sales_pipeline_snapshot (%s) SELECT %s FROM %s"
                " ON CONFLICT DO NOTHING",
                SQL(", ").join(map(SQL.identifier, columns)),
                SQL(", ").join(columns.values()),
                self._sql_open(),
            )
        )
        self.invalidate_model()

    @api.model
    def _sql_open(self):
        """Return FROM and WHERE of the opportunities that are to be kept."""
        return SQL(
            """
            crm_lead AS lead
            JOIN sales_fact AS fact ON fact.source = 'opportunity'
             AND fact.res_id = lead.id AND fact.event = 'created'
            JOIN res_company AS company ON company.id = fact.company_id
            JOIN res_currency AS currency ON currency.id = company.currency_id
            CROSS JOIN LATERAL (
                SELECT day, date_trunc('week', day)::date AS week
                  FROM (SELECT (%s::timestamp AT TIME ZONE 'UTC'
                                AT TIME ZONE company.sales_tz)::date AS day) AS today
            ) AS here
            WHERE lead.active AND lead.won_status = 'pending'
              AND NOT EXISTS (
                  SELECT FROM sales_pipeline_snapshot AS taken
                   WHERE taken.company_id = fact.company_id AND taken.week = here.week)
            """,
            fields.Datetime.now(),
        )
