# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from odoo.addons.sales_efficiency_base.tools import Period

from .sales_appraisal_cycle import MEASURED, STATES
from .sales_appraisal_template import RHYTHMS

DIRECTOR = "sales_efficiency_base.group_sales_director"
CORRECTORS = f"{DIRECTOR},hr.group_hr_user"
CLOSED = """
    CREATE OR REPLACE FUNCTION sales_appraisal_refuse()
    RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        RAISE EXCEPTION 'A closed appraisal never changes.'
              USING ERRCODE = 'restrict_violation';
    END $$;

    CREATE OR REPLACE FUNCTION sales_appraisal_line_check()
    RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF EXISTS (
            SELECT FROM sales_appraisal
             WHERE id IN (OLD.appraisal_id, NEW.appraisal_id) AND state = 'closed'
        ) THEN
            RAISE EXCEPTION 'A closed appraisal never changes.'
                  USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN COALESCE(NEW, OLD);
    END $$;

    CREATE OR REPLACE TRIGGER sales_appraisal_closed
        BEFORE UPDATE OF state, cycle_id, company_id, rhythm, date_from, date_to,
               user_id, user_name, team_name, job_name, superior_name, template_name,
               score, points, is_scored, grade_id, grade_name, grade_reason, version,
               corrects_id, reason, told_at
        ON sales_appraisal
        FOR EACH ROW WHEN (OLD.state = 'closed')
        EXECUTE FUNCTION sales_appraisal_refuse();
    CREATE OR REPLACE TRIGGER sales_appraisal_kept
        BEFORE DELETE ON sales_appraisal
        FOR EACH ROW WHEN (OLD.state = 'closed')
        EXECUTE FUNCTION sales_appraisal_refuse();
"""


class SalesAppraisal(models.Model):
    """The appraisal of a person for a period (policy 4.3.2).

    Only its cycle and its buttons write it. Those whom it names it keeps by key and by
    their names of the day. Once closed it never changes: a correction is a new version.
    """

    _name = "sales.appraisal"
    _inherit = ["sales.guard.mixin", "sales.state.mixin"]
    _description = "Appraisal"
    _order = "date_from desc, rhythm, score desc, user_name, version desc"
    _rec_name = "user_name"
    _check_company_auto = True

    cycle_id = fields.Many2one(
        comodel_name="sales.appraisal.cycle",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(related="cycle_id.company_id", store=True, index=True)
    rhythm = fields.Selection(selection=RHYTHMS, required=True, readonly=True)
    date_from = fields.Date(string="From", required=True, readonly=True)
    date_to = fields.Date(string="To", required=True, readonly=True)
    state = fields.Selection(
        selection=STATES, default="open", required=True, readonly=True, copy=False
    )

    # Whom it names
    user_id = fields.Many2one(
        comodel_name="res.users",
        string="Person",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    user_name = fields.Char(string="Name", required=True, readonly=True)
    team_id = fields.Many2one(
        comodel_name="crm.team",
        string="Sales Team",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )
    team_name = fields.Char(readonly=True, translate=True)
    job_id = fields.Many2one(comodel_name="hr.job", readonly=True, ondelete="set null")
    job_name = fields.Char(string="Job Title", readonly=True, translate=True)
    superior_id = fields.Many2one(
        comodel_name="res.users",
        string="Superior",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )
    superior_name = fields.Char(readonly=True)
    template_id = fields.Many2one(
        comodel_name="sales.appraisal.template",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )
    template_name = fields.Char(readonly=True, translate=True)
    template_version = fields.Integer(readonly=True, aggregator=None)
    min_raters = fields.Integer(readonly=True, aggregator=None)
    is_outdated = fields.Boolean(
        string="Template Changed", compute="_compute_is_outdated"
    )

    # Result
    kpi_ids = fields.One2many(
        comodel_name="sales.appraisal.kpi",
        inverse_name="appraisal_id",
        string="KPIs",
        readonly=True,
        copy=True,
    )
    part_ids = fields.One2many(
        comodel_name="sales.appraisal.part",
        inverse_name="appraisal_id",
        string="Parts",
        readonly=True,
        copy=True,
    )
    mark_ids = fields.One2many(
        comodel_name="sales.appraisal.mark",
        inverse_name="appraisal_id",
        string="Ratings",
        readonly=True,
        copy=True,
    )
    is_scored = fields.Boolean(string="Scored", readonly=True)
    points = fields.Float(
        string="Points off",
        digits=(6, 2),
        readonly=True,
        help="Taken off for conduct.",
    )
    score = fields.Float(digits=(6, 2), readonly=True, aggregator="avg")
    gap = fields.Float(
        string="KPIs − Ratings",
        compute="_compute_gap",
        digits=(6, 2),
        help="Score of the KPIs less that of the superior. Where it is far from 0,"
        " people are judged more mildly or more strictly than by their figures.",
    )
    can_tell = fields.Boolean(compute="_compute_can_tell")
    told_at = fields.Datetime(string="Told On", readonly=True)
    told_by_id = fields.Many2one(
        comodel_name="res.users", string="Told By", readonly=True, ondelete="set null"
    )

    # ------------------------------------------------------------------
    # Computed fields
    # ------------------------------------------------------------------

    @api.depends("user_name", "rhythm", "date_from", "version")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for appraisal in self:
            appraisal.display_name = appraisal.user_name

    @api.depends("template_id.version", "template_version", "state")
    def _compute_is_outdated(self):
        for appraisal in self:
            appraisal.is_outdated = (
                appraisal.state in MEASURED
                and appraisal.template_id
                and appraisal.template_id.version != appraisal.template_version
            )

    @api.depends("part_ids.score", "part_ids.is_counted")
    def _compute_gap(self):
        for appraisal in self:
            counted = appraisal.part_ids.filtered("is_counted")
            scores = {part.kind: part.score for part in counted}
            has_both = {"kpi", "superior"} <= scores.keys()
            appraisal.gap = has_both and scores["kpi"] - scores["superior"]

    @api.depends("state", "cycle_id.state", "corrects_id")
    @api.depends_context("uid")
    def _compute_can_tell(self):
        for appraisal in self:
            appraisal.can_tell = (
                appraisal.state == "calibration"
                and appraisal.user_id != self.env.user
                and appraisal._can_be_told()
            )

    # ------------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------------

    def init(self):
        """Have the database refuse changes of closed appraisals, whoever makes them.

        Keys of records that are deleted may still be emptied: their names stay.
        """
        res = super().init()
        self.env.cr.execute(CLOSED)
        return res

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_tell(self):
        """Note that people have been told, so that they see their appraisal."""
        for appraisal in self:
            appraisal._check_may_tell()
            # sudo: superiors do not write appraisals; that they may tell is checked.
            appraisal.sudo().write(
                {
                    # Nothing closes a correction later.
                    "state": "closed" if appraisal.corrects_id else "told",
                    "told_at": fields.Datetime.now(),
                    "told_by_id": self.env.uid,
                    "grade_name": appraisal.grade_id.name,
                }
            )

    # ------------------------------------------------------------------
    # Checks
    # ------------------------------------------------------------------

    def _check_is_other(self):
        """Nobody appraises themselves."""
        if not self.env.su and self.env.user in self.user_id:
            raise AccessError(
                self.env._("Nobody appraises themselves: this is for your superior.")
            )

    def _check_may_tell(self):
        """Whoever reads the appraisals of others may tell them: superiors and HR."""
        self.check_access("read")
        self._check_is_other()
        self._check_state_is("calibration")
        if not self._can_be_told():
            raise UserError(
                self.env._(
                    "%s is still in calibration. People are told afterwards.",
                    self.user_name,
                )
            )

    # ------------------------------------------------------------------
    # Business methods
    # ------------------------------------------------------------------

    def _get_period(self):
        return Period(self.date_from, self.date_to)

    def _get_kpi_subject(self):
        """:return: whose figures of which time all KPIs of the appraisal ask for"""
        return {
            "user": self.user_id,
            "company": self.company_id,
            "period": self._get_period(),
        }

    def _is_in_calibration(self):
        """:return: whether the grade can change; a correction has its own time"""
        self.ensure_one()
        is_open = self.corrects_id or self.cycle_id.state == "calibration"
        return self.state == "calibration" and bool(is_open)

    def _can_be_told(self):
        """:return: whether the calibration is over"""
        self.ensure_one()
        return bool(self.corrects_id) or self.cycle_id.state == "told"

    def _get_ratings(self):
        """Return what those who rate have given, as soon as it may be known.

        :return: dict appraisal id → part → criterion id → marks from 1 to 5
        """
        return {}

    @api.model
    def _find_outdated(self, templates):
        """:return: the open appraisals made before the latest change of templates"""
        appraisals = self.search(
            [("template_id", "in", templates.ids), ("state", "in", MEASURED)]
        )
        return appraisals.filtered("is_outdated")
