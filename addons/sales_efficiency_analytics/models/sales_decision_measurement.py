# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta
from operator import methodcaller

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import format_date

from odoo.addons.sales_efficiency_base.tools import attempt, each_alone, take_free

from ..engine.child_process import ChildFailed
from ..engine.decision import DecisionMeasurement, KnownFloat, aggregate_known

JOB = "sales_efficiency_analytics.ir_cron_decisions"
TO_DO = "mail.mail_activity_data_todo"
# Then one that somebody was editing is tried again.
RETRY_AFTER = timedelta(minutes=5)
# States in which a decision whose end is over can be measured
MEASURABLE = ("running", "measured", "closed")


class SalesDecision(models.Model):
    """Starts decisions, and measures them once their days are over.

    Each is measured as its owner, in a transaction of its own.
    """

    # pylint: disable-next=consider-merging-classes-inherited
    _inherit = "sales.decision"

    effect_ids = fields.One2many(
        comodel_name="sales.decision.effect",
        inverse_name="decision_id",
        string="Measurements",
        readonly=True,
    )
    effect_id = fields.Many2one(
        comodel_name="sales.decision.effect",
        string="Effect",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
    )
    verdict = fields.Selection(related="effect_id.verdict", store=True)
    headline = fields.Char(related="effect_id.headline")
    explanation = fields.Text(related="effect_id.explanation", string="In Words")
    value_before = fields.Float(related="effect_id.value_before")
    value_after = fields.Float(related="effect_id.value_after")
    change = fields.Float(related="effect_id.change")
    compared_change = fields.Float(related="effect_id.compared_change")
    effect = KnownFloat(
        known_by="has_effect", related="effect_id.effect", store=True, aggregator=None
    )
    effect_percent = KnownFloat(
        known_by="has_percent",
        related="effect_id.effect_percent",
        store=True,
        aggregator="avg",
    )
    effect_low = KnownFloat(known_by="has_interval", related="effect_id.effect_low")
    effect_high = KnownFloat(known_by="has_interval", related="effect_id.effect_high")
    p_percent = KnownFloat(known_by="has_interval", related="effect_id.p_percent")
    check = fields.Selection(related="effect_id.check")
    has_effect = fields.Boolean(
        related="effect_id.has_effect", export_string_translation=False
    )
    has_percent = fields.Boolean(
        related="effect_id.has_percent", store=True, export_string_translation=False
    )
    has_interval = fields.Boolean(
        related="effect_id.has_interval", export_string_translation=False
    )
    margin = fields.Monetary(related="effect_id.margin", store=True)
    has_margin = fields.Boolean(
        related="effect_id.has_margin", export_string_translation=False
    )
    roi = KnownFloat(
        known_by="has_roi", related="effect_id.roi", store=True, aggregator="avg"
    )
    has_roi = fields.Boolean(
        related="effect_id.has_roi", store=True, export_string_translation=False
    )
    is_queued = fields.Boolean(
        string="Being Measured", readonly=True, copy=False, index=True
    )
    is_over = fields.Boolean(
        compute="_compute_is_over", export_string_translation=False
    )
    date_measured = fields.Date(string="Measured On", readonly=True, copy=False)
    problem = fields.Text(string="Why It Was Not Measured", readonly=True, copy=False)

    @api.depends("date_end", "company_id")
    def _compute_is_over(self):
        for decision in self:
            today = decision.company_id._get_sales_today()
            decision.is_over = bool(decision.date_end) and decision.date_end < today

    def _read_group_select(self, aggregate_spec, query):
        aggregate = super()._read_group_select(aggregate_spec, query)
        return aggregate_known(self, aggregate_spec, query, aggregate)

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_measure(self):
        """Measure the effect in the background, also once more."""
        self.check_access("write")
        for decision in self:
            if decision.state not in MEASURABLE:
                decision._check_state_is("running")
            if not decision.is_over:
                raise UserError(
                    self.env._(
                        "%(decision)s runs until %(day)s. Its effect can be measured"
                        " from the next day on.",
                        decision=decision.name,
                        day=format_date(self.env, decision.date_end),
                    )
                )
        # sudo: users cannot write the queue, nor start the job.
        self.sudo().write({"is_queued": True, "problem": False})
        self.env.ref(JOB).sudo()._trigger()

    # ------------------------------------------------------------------
    # Job
    # ------------------------------------------------------------------

    @api.model
    def _cron_follow(self):
        """Start and measure what is due, each in a transaction of its own."""
        # Also what was archived by an earlier version: nobody hides how it went.
        decisions = self.with_context(active_test=False)
        due = decisions.search(decisions._get_due_domain(), order="date_end, id")
        due._follow()

    @api.model
    def _get_due_domain(self):
        """:return: the domain of what starts or is over, by the clock of its company"""
        domains = [Domain("is_queued", "=", True)]
        waiting = Domain("state", "in", ("approved", "running"))
        for [company] in self._read_group(waiting, ["company_id"]):
            today = company._get_sales_today()
            start = Domain("state", "=", "approved") & Domain("date_start", "<=", today)
            end = Domain("state", "=", "running") & Domain("date_end", "<", today)
            domains.append(Domain("company_id", "=", company.id) & (start | end))
        return Domain.OR(domains)

    def _follow(self, commit=None):
        """Start or measure decisions, unless another worker is at them; leave those for
        later that somebody else changes meanwhile.

        What is started is kept before it is measured, so that nobody who edits it waits
        for the answer.

        :param commit: see ``each_alone``
        """
        each_alone(
            self.env,
            self,
            methodcaller("_start"),
            methodcaller("_try_to_measure"),
            later=lambda _decision: self._follow_later(),
            commit=commit,
        )

    @api.model
    def _follow_later(self):
        self.env.ref(JOB)._trigger(fields.Datetime.now() + RETRY_AFTER)

    def _start(self):
        """Start the decision if its day has come.

        :return: whether it is to be measured
        """
        if not take_free(self):
            return False
        today = self.company_id._get_sales_today()
        if self.state == "approved" and self.date_start <= today:
            self._set_state("running")
        if self.state == "running" and self.is_over:
            return True
        was_queued, self.is_queued = self.is_queued, False
        return was_queued and self.state in MEASURABLE

    def _try_to_measure(self):
        """Measure it, or note why not."""
        decision = self._as_owner()
        if problem := attempt(decision.env, decision._measure, [ChildFailed]):
            self._note_problem(problem)
        self.is_queued = False

    def _as_owner(self):
        """:return: the decision in the environment of its owner, in their language"""
        owner, company = self.responsible_id, self.company_id
        return self.with_user(owner).with_context(
            lang=owner.lang, tz=owner.tz, allowed_company_ids=company.ids
        )

    def _measure(self):
        """Measure the effect with the rights of the user."""
        self.check_access("read")
        self._check_owner_may_see()
        effect = DecisionMeasurement(self).measure()
        # sudo: nobody writes what was measured.
        decision = self.sudo()
        values = {
            "date_measured": self.company_id._get_sales_today(),
            "problem": False,
        }
        if effect:
            values["effect_id"] = effect.id
        if self.state == "running":
            values["state"] = "measured"
        decision.write(values)
        if effect:
            decision._tell(effect)

    def _tell(self, effect):
        """Tell the followers what was found, and have the owner conclude from it."""
        self.message_post(
            body=self.env._(
                "%(hypothesis)s. %(verdict)s",
                hypothesis=self.hypothesis,
                verdict=effect.headline,
            )
        )
        if self.state == "measured":
            self._complete_to_dos()
            self.activity_schedule(
                TO_DO,
                summary=self.env._("Read the effect, note what we learn, and close it"),
                user_id=self.responsible_id.id,
            )

    def _complete_to_dos(self):
        # sudo: of the owner, whoever closes the decision
        self.sudo().activity_feedback([TO_DO], only_automated=True)

    def _note_problem(self, problem):
        """Note why it was not measured; the owner is told once."""
        if self.problem != problem:
            self.message_post(
                body=problem, partner_ids=self.responsible_id.partner_id.ids
            )
        self.problem = problem
