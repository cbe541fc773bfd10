# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta
from functools import partial

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.tools import format_list

from ..engine.market import LeadScoring

PERSON = "sales_efficiency_base.group_sales_person"
CRON = "sales_efficiency_process.ir_cron_lead_scores"
CRON_AGAIN = "sales_efficiency_process.ir_cron_lead_scores_again"
BATCH = 1000
# Changes that no rule is likely to be about: the next run sees them.
MOVES = {
    "stage_id",
    "probability",
    "automated_probability",
    "date_closed",
    "date_last_stage_update",
    "active",
    "lost_reason_id",
    "color",
    "priority",
}


class CrmLead(models.Model):
    """How promising a lead is: points, class and potential value (policy 3.1.2).

    They stand beside the probability, which Odoo predicts, and never change it. They
    are written by SQL: scoring a lead is no change of the lead.
    """

    # pylint: disable-next=consider-merging-classes-inherited
    _inherit = "crm.lead"

    sales_points = fields.Integer(
        string="Points",
        readonly=True,
        copy=False,
        aggregator="avg",
        groups=PERSON,
        prefetch="sales_score",
    )
    sales_class = fields.Selection(
        selection=[("a", "A"), ("b", "B"), ("c", "C")],
        string="Lead Class",
        readonly=True,
        copy=False,
        groups=PERSON,
        help="By points. The limits are in the settings.",
        prefetch="sales_score",
    )
    sales_point_ids = fields.One2many(
        comodel_name="sales.lead.point",
        inverse_name="lead_id",
        string="Why",
        readonly=True,
        copy=False,
        groups=PERSON,
    )
    sales_potential_manual = fields.Monetary(
        string="Potential by Hand",
        currency_field="company_currency",
        copy=False,
        groups=PERSON,
        help="Counts where there is no expected revenue and no similar deal was won.",
        prefetch="sales_score",
    )
    sales_potential = fields.Monetary(
        string="Potential Value",
        currency_field="company_currency",
        readonly=True,
        copy=False,
        groups=PERSON,
        help="Expected revenue, else what deals of this product line and class were"
        " worth in the last 24 months (median of those won), else the value entered by"
        " hand.",
        prefetch="sales_score",
    )
    sales_potential_origin = fields.Selection(
        selection=[
            ("revenue", "Expected revenue"),
            ("similar", "Similar deals"),
            ("manual", "By hand"),
        ],
        string="Potential Known From",
        readonly=True,
        copy=False,
        groups=PERSON,
        prefetch="sales_score",
    )
    sales_priority = fields.Monetary(
        string="Priority Value",
        currency_field="company_currency",
        # Not NULL, which would come first
        default=0,
        readonly=True,
        copy=False,
        groups=PERSON,
        help="Potential value × probability.",
        prefetch="sales_score",
    )
    # The state of the lead that was scored: no change is missed, however long its
    # transaction takes.
    sales_scored_of = fields.Datetime(
        readonly=True,
        copy=False,
        groups=fields.NO_ACCESS,
        export_string_translation=False,
        prefetch="sales_score",
    )

    _sales_potential_positive = models.Constraint(
        "CHECK (sales_potential_manual >= 0)",
        "The potential of a lead cannot be negative.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        self._check_no_sales_scores({name for vals in vals_list for name in vals})
        leads = super().create(vals_list)
        self._wake_sales_job(CRON)
        return leads

    def write(self, vals):
        self._check_no_sales_scores(vals)
        res = super().write(vals)
        if not MOVES.issuperset(vals):
            self._wake_sales_job(CRON)
        return res

    @api.model
    def _check_no_sales_scores(self, names):
        """Nobody makes a lead more promising than the rules do."""
        scores = {*LeadScoring.SCORES, "sales_point_ids"}.intersection(names)
        if scores and not self.env.su:
            labels = (
                self._fields[name]._description_string(self.env) for name in scores
            )
            raise AccessError(
                self.env._(
                    "The system sets these fields, so they cannot be edited: %s.",
                    format_list(self.env, sorted(labels)),
                )
            )

    def action_score_sales(self):
        """Calculate points and potential now."""
        self.check_access("read")
        LeadScoring(self.env).score(self.ids)

    @api.model
    def _wake_sales_job(self, xml_id):
        """Start a job once this transaction commits, once for all its changes."""
        precommit = self.env.cr.precommit
        woken = precommit.data.setdefault("sales_lead_jobs", set())
        if xml_id not in woken:
            woken.add(xml_id)
            precommit.add(partial(self._trigger_sales_job, xml_id))

    @api.model
    def _trigger_sales_job(self, xml_id):
        if cron := self.env.ref(xml_id, raise_if_not_found=False):
            # sudo: users cannot read jobs.
            cron.sudo()._trigger()

    @api.model
    def _score_again(self):
        """Have all open leads scored again, e.g. after a rule has changed."""
        self._wake_sales_job(CRON_AGAIN)

    @api.model
    def _cron_score(self):
        """Score leads that have changed since, a batch at a time."""
        cron, scoring = self.env["ir.cron"], LeadScoring(self.env)
        remaining = scoring.count_due()
        cron._commit_progress(remaining=remaining)
        while ids := scoring.find_due(BATCH):
            scoring.score(ids)
            if not cron._commit_progress(len(ids)):
                break

    @api.model
    def _cron_score_again(self):
        """Forget the scores of open leads, a batch at a time: rules may have changed,
        conditions may depend on the day, and Odoo changes probabilities itself."""
        cron, scoring = self.env["ir.cron"], LeadScoring(self.env)
        job = self.env.ref(CRON, raise_if_not_found=False)
        if job and not job.try_lock_for_update(allow_referencing=True):
            # It is running, maybe by the former rules, so let it end first.
            later = fields.Datetime.now() + timedelta(minutes=1)
            self.env.ref(CRON_AGAIN)._trigger(later)
            return
        ids = scoring.find_scored()
        cron._commit_progress(remaining=len(ids))
        while ids:
            batch, ids = ids[:BATCH], ids[BATCH:]
            scoring.forget(batch)
            if not cron._commit_progress(len(batch), remaining=len(ids)):
                break
        self._wake_sales_job(CRON)

    def _merge_dependences(self, opportunities):
        """The opportunity that is left keeps the highest potential entered by hand."""
        res = super()._merge_dependences(opportunities)
        # sudo: see the competitors
        all_sudo = (self | opportunities).sudo()
        self.sudo().sales_potential_manual = max(
            all_sudo.mapped("sales_potential_manual")
        )
        return res
