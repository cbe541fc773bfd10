# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ..engine import ADJUSTMENT, EntryText
from .sales_incentive_period import DECIDERS


class SalesIncentiveEntry(models.Model):
    """The ledger: each entry moves a balance of somebody's pay (policy 4.4.1).

    The computation writes entries, and replaces them while their month is open. From
    the lock of the month they never change: a trigger refuses it to everybody.

    Documents, customers and products are kept by the key and the text of that day,
    without foreign keys. So whatever becomes of them changes no entry.
    """

    _name = "sales.incentive.entry"
    _inherit = "sales.mart.table"
    _auto = False
    _log_access = False
    _description = "Incentive Entry"
    _order = "month desc, assignment_id, id"

    company_id = fields.Many2one(comodel_name="res.company")
    currency_id = fields.Many2one(comodel_name="res.currency")
    period_id = fields.Many2one(comodel_name="sales.incentive.period", string="Month")
    state = fields.Selection(
        selection=[("provisional", "Provisional"), ("locked", "Locked")],
        help="Provisional entries follow the figures. Locked ones never change.",
    )
    month = fields.Date(string="Booked In", help="First day of the month.")
    origin = fields.Date(
        string="Sold In", help="First day of the month whose sales it concerns."
    )
    plan_id = fields.Many2one(comodel_name="sales.incentive.plan")
    assignment_id = fields.Many2one(comodel_name="sales.incentive.assignment")
    user_id = fields.Many2one(comodel_name="res.users", string="Person")
    payee = fields.Char(string="Paid To")
    version_id = fields.Many2one(comodel_name="sales.incentive.version")
    rule_id = fields.Many2one(comodel_name="sales.incentive.rule")
    root_id = fields.Integer(string="First Rule", aggregator=None)

    kind = fields.Selection(
        selection=[
            ("earning", "Earning"),
            ("true_up", "True-up"),
            ("clawback", "Clawback"),
            ("cap", "Cap or minimum"),
            ("holdback", "Held back"),
            ("release", "Release"),
            ("draw", "Draw"),
            ("recovery", "Draw repaid"),
            ("adjustment", "Adjustment"),
            ("carried", "Carried on"),
            ("payout", "Payout"),
        ],
    )
    balance = fields.Selection(
        selection=[
            ("payable", "Payable"),
            ("waiting", "Waiting"),
            ("capped", "Capped"),
            ("owed", "Owed"),
        ],
        help="The balance that the entry changes. All balances add up to everything"
        " earned less everything paid.",
    )
    amount = fields.Monetary()
    limit_level = fields.Selection(
        selection=[
            ("document", "Document"),
            ("month", "Month"),
            ("interval", "Interval"),
            ("plan_month", "Month of the plan"),
            ("plan_interval", "Interval of the plan"),
            ("lapse", "After the end"),
            ("letter", "Plan letter"),
        ],
        string="Limit",
    )
    interval = fields.Selection(selection=lambda self: self._selection_interval())
    interval_start = fields.Date()

    # How it was computed
    base = fields.Float(digits=0, help="Change of the booked base.")
    cumulated_before = fields.Float(digits=0, aggregator=None)
    cumulated_after = fields.Float(digits=0, aggregator=None)
    tier = fields.Integer(aggregator=None)
    rate = fields.Float(digits=0, aggregator=None)
    target = fields.Float(digits=0, aggregator=None)
    actual = fields.Float(digits=0, aggregator=None)
    reason = fields.Char(string="Reason Code")
    explanation = fields.Char(
        string="Reason",
        compute="_compute_explanation",
    )
    is_changed = fields.Boolean(
        string="Changed after Publishing",
        help="The entry came after the month was published.",
    )

    # What was sold, by the key of its figure and the text of the day
    date = fields.Date(string="Sold On")
    source = fields.Char()
    event = fields.Char()
    res_id = fields.Integer(string="Document ID", aggregator=None)
    line_id = fields.Integer(string="Line ID", aggregator=None)
    match_id = fields.Integer(string="Reconciliation ID", aggregator=None)
    credit_id = fields.Integer(string="Credit ID", aggregator=None)
    document_name = fields.Char(string="Document")
    document = fields.Reference(
        selection="_selection_document",
        string="Open Document",
        compute="_compute_document",
    )
    adjustment_id = fields.Many2one(
        comodel_name="sales.incentive.adjustment", compute="_compute_adjustment_id"
    )
    can_dispute = fields.Boolean(compute="_compute_can_dispute")
    seller_id = fields.Integer(string="Salesperson ID", aggregator=None)
    seller_team_id = fields.Integer(string="Sales Team ID", aggregator=None)
    customer_id = fields.Integer(string="Customer ID", aggregator=None)
    customer = fields.Char()
    product_id = fields.Integer(string="Product ID", aggregator=None)
    product = fields.Char()

    payout_id = fields.Many2one(
        comodel_name="sales.incentive.payout",
        groups=DECIDERS,
        help="Run that has paid it out, or undone this.",
    )

    _payout_once = models.UniqueIndex(
        "(payout_id, assignment_id, reason) WHERE payout_id IS NOT NULL",
        "This is paid out already.",
    )
    _period = models.Index("(period_id, assignment_id)")
    _assignment_month = models.Index("(assignment_id, month)")
    _document = models.Index("(res_id, source) WHERE res_id IS NOT NULL")

    def init(self):
        """Have the database refuse changes of locked months, whoever makes them.

        It lets in what a payout of the month pays, and what undoes this: once each.
        """
        res = super().init()
        self.env.cr.execute("""
            CREATE OR REPLACE FUNCTION sales_incentive_entry_refuse()
            RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                RAISE EXCEPTION 'A locked month of incentives never changes.'
                      USING ERRCODE = 'restrict_violation';
            END $$;

            CREATE OR REPLACE FUNCTION sales_incentive_entry_check()
            RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                IF EXISTS (
                    SELECT FROM new_rows e
                      JOIN sales_incentive_period p ON p.id = e.period_id
                      LEFT JOIN sales_incentive_payout o
                        ON o.id = e.payout_id AND o.period_id = p.id
                      LEFT JOIN sales_incentive_payout_line l
                        ON l.payout_id = o.id AND l.assignment_id = e.assignment_id
                     WHERE p.state IN ('locked', 'paid')
                       AND NOT COALESCE(
                           e.kind = 'payout' AND e.balance = 'payable'
                           AND e.state = 'locked' AND e.month = p.month
                           AND (e.reason, o.state, e.amount) IN (
                               ('paid', 'paid', -l.amount),
                               ('reversed', 'reversed', l.amount)),
                           FALSE)
                ) THEN
                    RAISE EXCEPTION 'A locked month of incentives never changes.'
                          USING ERRCODE = 'restrict_violation';
                END IF;
                RETURN NULL;
            END $$;

            CREATE OR REPLACE TRIGGER sales_incentive_entry_locked
                BEFORE UPDATE OR DELETE ON sales_incentive_entry
                FOR EACH ROW WHEN (OLD.state = 'locked')
                EXECUTE FUNCTION sales_incentive_entry_refuse();
            CREATE OR REPLACE TRIGGER sales_incentive_entry_kept
                BEFORE TRUNCATE ON sales_incentive_entry
                FOR EACH STATEMENT EXECUTE FUNCTION sales_incentive_entry_refuse();
            CREATE OR REPLACE TRIGGER sales_incentive_entry_moved
                AFTER UPDATE ON sales_incentive_entry
                REFERENCING NEW TABLE AS new_rows
                FOR EACH STATEMENT EXECUTE FUNCTION sales_incentive_entry_check();
            CREATE OR REPLACE TRIGGER sales_incentive_entry_added
                AFTER INSERT ON sales_incentive_entry
                REFERENCING NEW TABLE AS new_rows
                FOR EACH STATEMENT EXECUTE FUNCTION sales_incentive_entry_check();
        """)
        return res

    # ------------------------------------------------------------------
    # Computed fields
    # ------------------------------------------------------------------

    @api.model
    def _get_document_models(self):
        """:return: dict source → name of the model of its documents"""
        models_ = self.env["sales.fact"]._get_document_models()
        return models_ | {ADJUSTMENT: "sales.incentive.adjustment"}

    @api.model
    def _selection_interval(self):
        rules = self.env["sales.incentive.rule"]
        return rules._fields["interval"]._description_selection(self.env)

    @api.model
    def _selection_document(self):
        adjustments = self.env["sales.incentive.adjustment"]
        return [
            *self.env["sales.fact"]._selection_document(),
            (adjustments._name, self.env._("Adjustment")),
        ]

    @api.depends("source", "res_id")
    @api.depends_context("uid")
    def _compute_document(self):
        names = self._get_document_models()
        for model, entries in self.grouped(lambda e: names.get(e.source)).items():
            documents = self.env[model or "sale.order"].browse(
                {entry.res_id for entry in entries if model}
            )
            # What was deleted since, or may not be read, cannot be opened.
            readable = set(documents.exists()._filtered_access("read").ids)
            for entry in entries:
                # A record: of a text, Odoo looks whether it is there, one by one.
                is_open = entry.res_id in readable
                entry.document = is_open and documents.browse(entry.res_id)

    @api.depends("source", "res_id")
    def _compute_adjustment_id(self):
        for entry in self:
            entry.adjustment_id = entry.source == ADJUSTMENT and entry.res_id

    @api.depends("period_id", "assignment_id")
    @api.depends_context("uid")
    def _compute_can_dispute(self):
        disputes = self.env["sales.incentive.dispute"]
        disputed = self.period_id.filtered("can_dispute")
        # sudo: whether plans are confidential, whoever may read them.
        closed = self.sudo().plan_id.filtered("is_confidential").ids
        for entry in self:
            entry.can_dispute = (
                entry.period_id in disputed
                and entry.plan_id.id not in closed
                and disputes._may_open(entry.user_id)
            )

    @api.depends_context("lang")
    def _compute_explanation(self):
        text = EntryText(self.env)
        for entry in self:
            entry.explanation = text.explain(entry)

    @api.depends("kind", "document_name", "month")
    def _compute_display_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for entry in self:
            names = (kinds.get(entry.kind), entry.document_name)
            entry.display_name = " ".join(filter(None, names))

    # ------------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------------

    def write(self, vals):
        self._check_is_provisional()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_locked(self):
        self._check_is_provisional()

    @api.model
    def _forget_changes(self, periods):
        """Mark no more what came after months were published."""
        self.env.cr.execute(
            SQL(
                "UPDATE sales_incentive_entry SET is_changed = FALSE"
                " WHERE period_id = ANY(%s) AND is_changed",
                periods.ids,
            )
        )
        self.invalidate_model(["is_changed"])
        periods.invalidate_recordset(["changed_count"])

    def _check_is_provisional(self):
        """Tell users why, before the database refuses it."""
        if any(entry.state == "locked" for entry in self):
            raise UserError(
                self.env._(
                    "A locked month never changes. Correct the documents or the terms:"
                    " the difference is booked in the open month."
                )
            )

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    @api.readonly
    def action_open_statement(self):
        """Open the statement of the person and the month."""
        self.ensure_one()
        statement = self.env["sales.incentive.statement"].search(
            [
                ("assignment_id", "=", self.assignment_id.id),
                ("period_id", "=", self.period_id.id),
            ]
        )
        return statement.get_formview_action()

    @api.readonly
    def action_open_document(self):
        self.ensure_one()
        if not self.document:
            raise UserError(
                self.env._(
                    "%s was deleted, or you have no access to it.",
                    self.document_name or self.display_name,
                )
            )
        return self.document.get_formview_action()

    @api.readonly
    def action_dispute(self):
        """Ask what is wrong with the line."""
        self.ensure_one()
        return self.env["sales.incentive.dispute.request"]._open_for(self)
