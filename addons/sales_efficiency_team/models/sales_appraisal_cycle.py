# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL, format_date, format_list

from odoo.addons.sales_efficiency_base.tools import name_period, open_records

from ..engine import AppraisalBatch, AppraisalMeasurement

# Whoever sold for fewer days in the period is not appraised for it.
LEAST_DAYS = {"month": 15, "quarter": 30, "year": 90}
MEASURED = ("open", "rating")
# What a cycle runs through; its appraisals are in the same states.
STATES = [
    ("open", "Open"),
    ("rating", "Rating"),
    ("calibration", "Calibration"),
    ("told", "Told"),
    ("closed", "Closed"),
]
# Those who see how a cycle proceeds
STAFF = "sales_efficiency_base.group_sales_leader,hr.group_hr_user"


class SalesAppraisalCycle(models.Model):
    """The appraisals of a month, a quarter or a year (policy 4.3.2).

    A cycle makes the appraisals, measures their KPIs, has people rate, proposes grades
    for calibration, and is closed once everybody has been told.
    """

    _name = "sales.appraisal.cycle"
    _inherit = ["sales.guard.mixin", "sales.state.mixin"]
    _description = "Appraisal Cycle"
    _order = "date_from desc, rhythm, id desc"
    _fixed_fields = ("company_id", "rhythm", "date_from")

    company_id = fields.Many2one(
        comodel_name="res.company",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )
    state = fields.Selection(
        selection=STATES, default="open", required=True, readonly=True, copy=False
    )
    least_days = fields.Integer(
        string="Fewest Days of Selling",
        compute="_compute_least_days",
        store=True,
        readonly=False,
        precompute=True,
        help="Whoever began to sell later is not appraised for this period.",
    )
    rating_deadline = fields.Date(
        string="Ratings Until",
        help="Last day on which people rate. Empty: two weeks from the start.",
    )
    tell_days = fields.Integer(
        string="Days to Tell",
        compute="_compute_tell_days",
        store=True,
        readonly=False,
        precompute=True,
        help="Days in which everybody is told.",
    )
    tell_deadline = fields.Date(string="Tell Until", readonly=True, copy=False)
    measured_at = fields.Datetime(string="Measured On", readonly=True, copy=False)
    appraisal_ids = fields.One2many(
        comodel_name="sales.appraisal",
        inverse_name="cycle_id",
        string="Appraisals",
        readonly=True,
    )
    _days_range = models.Constraint(
        "CHECK (tell_days BETWEEN 1 AND 365 AND least_days BETWEEN 0 AND 366)",
        "Days are between 0 and 365, and at least 1 to tell people.",
    )

    # ------------------------------------------------------------------
    # Computed fields
    # ------------------------------------------------------------------

    @api.depends("rhythm", "date_from")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for cycle in self:
            cycle.display_name = name_period(self.env, cycle.rhythm, cycle.date_from)

    @api.depends("rhythm")
    def _compute_least_days(self):
        for cycle in self:
            cycle.least_days = LEAST_DAYS.get(cycle.rhythm, 0)

    @api.depends("company_id")
    def _compute_tell_days(self):
        for cycle in self:
            # sudo: the setting of the company
            cycle.tell_days = cycle.company_id.sudo().sales_tell_days

    # ------------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------------

    @api.ondelete(at_uninstall=False)
    def _unlink_except_rated(self):
        if any(cycle.state != "open" for cycle in self):
            raise UserError(
                self.env._("A cycle can only be deleted before people rate.")
            )

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_make(self):
        """Make the appraisals of those who have none yet."""
        self.check_access("write")
        for cycle in self:
            cycle._hold(*MEASURED)
            cycle._make()

    def action_measure(self):
        """Measure the KPIs by today's figures."""
        self.check_access("write")
        for cycle in self:
            cycle._hold(*MEASURED)
            cycle._measure()

    def action_start_rating(self):
        """Have people rate."""
        self.check_access("write")
        for cycle in self:
            cycle._hold("open")
            cycle._make()
            cycle._check_has_appraisals()
            cycle._plan_rating()
            cycle._proceed("rating")
            cycle._open_rating()

    def action_calibrate(self):
        """End the ratings, compute the scores for the last time, propose grades."""
        self.check_access("write")
        for cycle in self:
            cycle._hold("rating")
            cycle._check_is_over()
            cycle._close_rating()
            cycle._measure()
            cycle._proceed("calibration")
            cycle._get_current()._propose_grades()

    def action_propose(self):
        """Grade anew by bands and shares; what somebody has changed stays."""
        self._check_may_calibrate()
        for cycle in self:
            cycle._hold("calibration")
            cycle._get_current()._propose_grades()

    def action_tell(self):
        """End the calibration: from now on superiors tell their people."""
        self._check_may_calibrate()
        for cycle in self:
            cycle._hold("calibration")
            today = cycle.company_id._get_sales_today()
            # sudo: users do not write it, it is they.
            cycle.sudo().tell_deadline = today + timedelta(days=cycle.tell_days)
            cycle._proceed("told")

    def action_close(self):
        """Close the cycle for good, once everybody has been told."""
        self.check_access("write")
        for cycle in self:
            cycle._hold("told")
            cycle._check_all_told()
            cycle._proceed("closed")
            cycle._tell_pools()

    def action_take_templates(self):
        """Appraise by the templates as they are now; what is rated is kept."""
        self.check_access("write")
        for cycle in self:
            cycle._hold(*MEASURED)
            outdated = cycle._get_current().filtered("is_outdated")
            AppraisalBatch.take_templates(outdated)
            cycle._measure()

    def action_keep_templates(self):
        """Stay with the templates as they were when the appraisals were made."""
        self.check_access("write")
        for cycle in self:
            cycle._hold(*MEASURED)
            AppraisalBatch.keep_templates(cycle._get_current().filtered("is_outdated"))

    @api.readonly
    def action_open_appraisals(self):
        self.ensure_one()
        return open_records(
            self.env,
            "sales_efficiency_team.sales_appraisal_action",
            [("cycle_id", "=", self.id)],
            name=self.display_name,
        )

    # ------------------------------------------------------------------
    # Checks
    # ------------------------------------------------------------------

    def _check_may_calibrate(self):
        self.check_access("write")
        director = "sales_efficiency_base.group_sales_director"
        if not self.env.su and not self.env.user.has_group(director):
            raise AccessError(self.env._("Only a sales director calibrates grades."))

    def _check_has_appraisals(self):
        if not self._get_current():
            raise UserError(
                self.env._(
                    "Nobody would be appraised in %s. Make a template for the jobs of"
                    " your people, or one without jobs for everybody.",
                    self.display_name,
                )
            )

    def _check_is_over(self):
        if self.company_id._get_sales_today() <= self.date_to:
            raise UserError(
                self.env._(
                    "%(cycle)s runs until %(day)s. Calibrate it when its figures are"
                    " complete.",
                    cycle=self.display_name,
                    day=format_date(self.env, self.date_to),
                )
            )

    def _check_all_told(self):
        waiting = self._get_current().filtered(
            # Whoever has left cannot be told.
            lambda appraisal: not appraisal.told_at and appraisal.user_id.active
        )
        if waiting:
            raise UserError(
                self.env._(
                    "%(cycle)s cannot be closed yet. Tell these people first:"
                    " %(names)s.",
                    cycle=self.display_name,
                    names=format_list(self.env, waiting[:5].mapped("user_name")),
                )
            )

    # ------------------------------------------------------------------
    # Business methods
    # ------------------------------------------------------------------

    def _get_latest_start(self):
        """:return: the last day on which people must have begun to sell"""
        return self.date_to - timedelta(days=max(self.least_days - 1, 0))

    def _get_current(self):
        """:return: the appraisals that no other corrects, of everybody"""
        # sudo: the steps of a cycle concern everybody. Not by its one2many field: what
        # that has in the cache would be shown to whoever may read less.
        return (
            self.env["sales.appraisal"]
            .sudo()
            .search([("cycle_id", "in", self.ids), ("is_current", "=", True)])
        )

    def _make(self):
        self._measure(AppraisalBatch(self).make())

    def _measure(self, appraisals=None):
        """Measure some appraisals, by default all."""
        self.ensure_one()
        if appraisals is None:
            AppraisalBatch(self).follow_people()
            appraisals = self._get_current()
        AppraisalMeasurement(appraisals).measure()
        # sudo: users do not write it, it is they.
        self.sudo().measured_at = fields.Datetime.now()

    def _plan_rating(self):
        if not self.rating_deadline:
            today = self.company_id._get_sales_today()
            self.rating_deadline = today + timedelta(days=14)

    def _hold(self, *states):
        """Let nobody else take a step of this cycle meanwhile.

        Whoever waits sees a serialization failure, is tried again, and is then told
        that the cycle is in another state.
        """
        self.ensure_one()
        self.env.cr.execute(
            SQL(
                "SELECT id FROM sales_appraisal_cycle WHERE id = %s FOR UPDATE", self.id
            )
        )
        self.invalidate_recordset(["state"])
        if self.state not in states:
            self._check_state_is(states[0])

    def _proceed(self, state):
        """Bring the cycle and its appraisals into the next state."""
        self._set_state(state)
        self.flush_recordset()
        appraisals = self._get_current()
        appraisals.flush_recordset()
        self.env.cr.execute(
            SQL(
                "UPDATE sales_appraisal a SET state = %s, grade_name ="
                " (SELECT name FROM sales_appraisal_grade g WHERE g.id = a.grade_id)"
                " WHERE id = ANY(%s) AND state <> 'closed'",
                # Each is told on its own.
                "calibration" if state == "told" else state,
                appraisals.ids,
            )
        )
        appraisals.invalidate_recordset(["state", "grade_name"])

    def _tell_pools(self):
        """Have team pools computed anew that are shared by score."""
        # sudo: whoever closes appraisals need not see incentives.
        rules = self.env["sales.incentive.rule"].sudo()
        pools = rules.search(
            [
                ("company_id", "=", self.company_id.id),
                ("kind", "=", "pool"),
                ("pool_split", "=", "score"),
                ("version_id.state", "=", "approved"),
            ]
        )
        plans = pools.version_id.plan_id
        self.env["sales.incentive.change"]._note_plans(plans)

    # ------------------------------------------------------------------
    # Hooks
    # ------------------------------------------------------------------

    def _open_rating(self):
        """Hook: ask those who rate, after the state has become *rating*."""

    def _close_rating(self):
        """Hook: end the ratings, before they are counted for the last time."""
