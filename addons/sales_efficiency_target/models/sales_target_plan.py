# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import SQL

from odoo.addons.sales_efficiency_base.tools import Period, take_turns

from ..engine import PlanCalendar, PlanChanges, PlanEdit, PlanFigures


class SalesTargetPlan(models.Model):
    """The targets of a company's fiscal year (policy 2.1.1)."""

    _name = "sales.target.plan"
    _inherit = [
        "sales.guard.mixin",
        "sales.state.mixin",
        "sales.approval.mixin",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _description = "Sales Target Plan"
    _order = "date_from desc, id desc"
    _check_company_auto = True
    _state_from = ["submitted"]
    _state_to = ["running"]
    _cancel_state = "draft"

    name = fields.Char(
        compute="_compute_name",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
        copy=False,
    )
    company_id = fields.Many2one(
        comodel_name="res.company",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    # Add-ons plan other things than sales: expense budgets
    purpose = fields.Selection(
        selection=[("sales", "Sales Targets")],
        required=True,
        default="sales",
        index=True,
    )
    branch_names = fields.Char(
        compute="_compute_branch_names", export_string_translation=False
    )
    other_names = fields.Char(
        compute="_compute_other_names", export_string_translation=False
    )
    date_from = fields.Date(
        string="Start",
        required=True,
        default=lambda self: self._default_date_from(),
        help="First day of the plan's year.",
    )
    date_to = fields.Date(
        string="End", compute="_compute_date_to", store=True, precompute=True
    )
    user_id = fields.Many2one(
        comodel_name="res.users",
        string="Responsible",
        default=lambda self: self.env.user,
        tracking=True,
    )
    state = fields.Selection(
        selection=[
            ("draft", "Draft"),
            ("submitted", "Submitted"),
            ("running", "Running"),
            ("closed", "Closed"),
        ],
        default="draft",
        required=True,
        readonly=True,
        copy=False,
        tracking=True,
    )
    base_percent = fields.Float(
        string="Base Level (%)",
        default=80.0,
        help="Minimum level, in percent of the target.",
    )
    challenge_percent = fields.Float(
        string="Challenge Level (%)",
        default=120.0,
        help="Stretch level, in percent of the target.",
    )
    note = fields.Html(help="Strategy behind the targets.")
    forecast_ids = fields.One2many(
        comodel_name="sales.target.forecast",
        inverse_name="plan_id",
        string="Market Forecast",
        help="Expected growth of the markets: proposed when targets are taken over from"
        " the year before.",
    )
    target_ids = fields.One2many(
        comodel_name="sales.target", inverse_name="plan_id", string="Targets"
    )
    target_count = fields.Integer(
        string="Number of Targets", compute="_compute_target_counts"
    )
    measured_at = fields.Datetime(
        string="Measured",
        readonly=True,
        copy=False,
        help="Last update of the results.",
    )
    measured_date = fields.Date(
        readonly=True, copy=False, help="Results are expected up to this day."
    )
    date_started = fields.Date(
        string="Running Since",
        readonly=True,
        copy=False,
        help="Nobody is warned about the time before.",
    )
    open_gap_count = fields.Integer(
        string="Open Gaps",
        compute="_compute_target_counts",
        help="Targets with unexplained gaps above the tolerance.",
    )

    _levels = models.Constraint(
        "CHECK (base_percent BETWEEN 0 AND 100"
        " AND challenge_percent BETWEEN 100 AND 1000)",
        "The base level must be at most 100 % of the target, and the challenge level"
        " 100 to 1,000 %.",
    )
    _first_of_month = models.Constraint(
        "CHECK (EXTRACT(day FROM date_from) = 1)",
        "A plan starts on the first day of a month.",
    )

    @api.model
    def _default_date_from(self):
        """:return: first day of the first month of the current fiscal year"""
        today = self.env.company._get_sales_today()
        return Period.year(today, self.env.company).start.replace(day=1)

    @api.depends("date_from")
    def _compute_date_to(self):
        for plan in self:
            plan.date_to = plan.date_from and plan.date_from + relativedelta(
                years=1, days=-1
            )

    @api.depends("date_from", "date_to", "purpose")
    def _compute_name(self):
        for plan in self:
            years = {day.year for day in (plan.date_from, plan.date_to) if day}
            plan.name = plan._get_proposed_name("/".join(map(str, sorted(years))))

    def _get_proposed_name(self, years):
        """:return: the usual name of the plan of a year"""
        return self.env._("Sales Targets %(years)s", years=years)

    @api.depends("company_id")
    def _compute_branch_names(self):
        for plan in self:
            # sudo: planners may know the branches of their company.
            branches = plan.company_id.sudo().child_ids
            plan.branch_names = ", ".join(branches.mapped("name"))

    @api.depends("target_ids.is_gap_open")
    @api.depends_context("uid", "allowed_company_ids")
    def _compute_target_counts(self):
        counts = {
            (plan, is_gap_open): count
            for plan, is_gap_open, count in self.env["sales.target"]._read_group(
                [("plan_id", "in", self.ids)], ["plan_id", "is_gap_open"], ["__count"]
            )
        }
        for plan in self:
            plan.open_gap_count = counts.get((plan._origin, True), 0)
            plan.target_count = plan.open_gap_count + counts.get(
                (plan._origin, False), 0
            )

    @api.depends("date_from", "company_id", "purpose")
    def _compute_other_names(self):
        for plan in self:
            others = self._find_others(plan.company_id, plan.date_from, plan.purpose)
            plan.other_names = ", ".join((others - plan._origin).mapped("name"))

    @api.model
    def _find_others(self, company, date_from, purpose):
        """:return: the plans of a company and a purpose with months of the year from a
        day on"""
        if not date_from:
            return self.browse()
        year = relativedelta(years=1)
        return self.search(
            [
                ("company_id", "=", company.id),
                ("purpose", "=", purpose),
                ("date_from", "<", date_from + year),
                ("date_from", ">", date_from - year),
            ]
        )

    @api.constrains("date_from", "company_id", "purpose", "state")
    def _check_overlap(self):
        for plan in self.filtered(lambda plan: plan.state in ("running", "closed")):
            other = self.search(
                [
                    ("id", "!=", plan.id),
                    ("company_id", "=", plan.company_id.id),
                    ("purpose", "=", plan.purpose),
                    ("state", "in", ("running", "closed")),
                    ("date_from", "<=", plan.date_to),
                    ("date_to", ">=", plan.date_from),
                ],
                limit=1,
            )
            if other:
                raise ValidationError(
                    self.env._(
                        "%(company)s already has a plan for these months: %(other)s."
                        " Choose another year.",
                        company=plan.company_id.name,
                        other=other.name,
                    )
                )

    @api.constrains("date_from", "company_id", "purpose")
    def _check_months(self):
        if any(plan.target_ids for plan in self):
            raise ValidationError(
                self.env._(
                    "A plan with targets keeps its company and its year. Copy it to"
                    " another year."
                )
            )

    @api.constrains("base_percent", "challenge_percent")
    def _check_levels(self):
        self.filtered("target_ids")._check_targets_can_change()

    @api.ondelete(at_uninstall=False)
    def _unlink_except_in_use(self):
        if any(plan.state != "draft" for plan in self):
            raise UserError(self.env._("Only draft plans can be deleted."))

    @api.model
    @api.readonly
    def action_make_plan(self):
        """Open the plan of this year or a later one; where there is none, make it from
        the last plan, or anew."""
        plans = self.search(
            [("company_id", "=", self.env.company.id), ("purpose", "=", "sales")]
        )
        current = plans.filtered(lambda plan: plan.date_to >= plan._get_today())
        last = plans.filtered("target_ids")[:1]
        if current or not last:
            return current[:1]._get_records_action()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "sales_efficiency_target.sales_target_plan_copy_action"
        )
        return action | {
            "context": {"default_plan_id": last.id, "dialog_size": "large"},
        }

    def action_submit(self):
        """Submit complete plans for approval (policy 2.1.1)."""
        for plan in self:
            plan._check_can_submit()
            self.env["sales.target.plan.version"]._take(plan)
        self._set_state("submitted")
        return self.request_validation()

    def action_start(self):
        """Put the approved targets into effect."""
        self._check_state_is("submitted")
        self._set_state("running")
        self.target_ids._keep_original()
        # sudo: only the measurement dates itself; here it starts anew.
        for plan in self.sudo():
            plan.write({"measured_date": False, "date_started": plan._get_today()})
        self.env.ref("sales_efficiency_target.ir_cron_results")._trigger()

    def action_close(self):
        self._check_state_is("running")
        self._set_state("closed")

    def action_draft(self):
        """Reset a submitted plan to draft, to change it."""
        self._check_state_is("submitted")
        self._set_state("draft")

    @api.readonly
    def action_open_targets(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "sales_efficiency_target.sales_target_action"
        )
        return action | {
            "domain": [("plan_id.purpose", "=", self.purpose)],
            "context": {"default_plan_id": self.id, "search_default_plan_id": self.id},
        }

    @api.readonly
    def action_open_gaps(self):
        """Show the targets with unexplained gaps."""
        action = self.action_open_targets()
        action["context"]["search_default_open_gap"] = 1
        return action

    def action_export(self):
        """Download the plan as a workbook, to be edited and imported again."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_url",
            "url": f"/sales_efficiency_target/plan/{self.id}/xlsx",
            "target": "download",
        }

    def _get_workbook_name(self):
        """:return: file name of the exported plan"""
        self.ensure_one()
        return f"{self.name.replace('/', '-')}.xlsx"

    # ------------------------------------------------------------------
    # Page
    # ------------------------------------------------------------------

    @api.readonly
    def get_figures(self, metric_id=None):
        """Read the page of the plan, see :class:`.PlanFigures`."""
        self.ensure_one()
        self.check_access("read")
        return PlanFigures(self).get(metric_id)

    @api.readonly
    def spread_figures(self, edits, figures, passes_down=False):
        """Spread figures that are not saved yet, see :class:`.PlanEdit`.

        :param dict figures: id of a target, as text -> its months on the page
        """
        self.ensure_one()
        return PlanEdit(self, edits, figures).spread(bool(passes_down))

    def set_figures(self, edits):
        """Save all figures of the page, or none, see :class:`.PlanEdit`."""
        self.ensure_one()
        return PlanEdit(self, edits).save()

    @api.readonly
    def get_changes(self, before_id=None, after_id=None):
        """Compare versions of the plan, see :class:`.PlanChanges`."""
        self.ensure_one()
        self.check_access("read")
        return PlanChanges(self).compare(before_id, after_id)

    def _is_reviewer(self):
        """:return: whether the plan waits for the approval of the user"""
        self.ensure_one()
        # sudo: whose turn it is depends on reviews of others.
        return self.env.user in self.sudo().reviewer_ids

    # ------------------------------------------------------------------
    # Calendar
    # ------------------------------------------------------------------

    def _get_months(self):
        """:return: the first days of the 12 months of the plan"""
        self.ensure_one()
        return Period(self.date_from, self.date_to).months()

    def _get_today(self):
        """:return: today in the time zone in which the company's figures are dated"""
        self.ensure_one()
        return self.company_id._get_sales_today()

    def _get_periods(self):
        """Return the periods in which targets are measured (policy 2.2.2).

        :return: list of (kind, :class:`Period` of the target, :class:`Period` of the
            actual): 12 months, 4 quarters, the year, and the year to date, whose target
            covers whole months but whose actual ends today
        """
        return PlanCalendar(self).get_periods()

    def _get_span_to_date(self):
        """:return: the :class:`Period` from the start of the plan up to today; None
        before it starts"""
        return PlanCalendar(self).get_span_to_date()

    def _get_elapsed_shares(self, day=None):
        """Return the elapsed share of each month, by working days before a day.

        :param date day: today by default
        :return: dict first day of the month -> share from 0 to 1
        """
        return PlanCalendar(self).get_elapsed_shares(day or self._get_today())

    def _get_first_day(self):
        """:return: the first day on which the plan is, or was, in effect"""
        self.ensure_one()
        return max(self.date_started or self.date_from, self.date_from)

    def _get_first_closing(self):
        """Return the first day on which a period of the plan can close.

        What is entered later about the time before the plan was in effect, or before
        the first sales that the company has recorded, is no change of closed figures.

        :return: date, or None if no sales have been recorded yet
        """
        self.ensure_one()
        first, _last = self.company_id._get_sales_months()
        return first and max(self._get_first_day(), first)

    def _get_remaining_days(self, periods):
        """:return: list of the working days left in each period, including today"""
        return PlanCalendar(self).get_remaining_days(periods)

    # ------------------------------------------------------------------
    # People and measurement
    # ------------------------------------------------------------------

    def _get_director(self, requester=None):
        """Return the person responsible for the plan, else a director of the company.

        :param requester: user to avoid if somebody else can decide
        """
        self.ensure_one()
        directors = self.user_id.filtered("active")
        directors |= self.company_id._get_sales_directors()
        others = directors - requester if requester else directors
        return (others or directors)[:1]

    def _get_followed_events(self):
        """Return the events that affect the targets of the plans, and how.

        :return: see ``_find_targets`` of ``sales.target.change``
        """
        groups = self.env["sales.target"]._read_group(
            [("plan_id", "in", self.ids)], ["metric_id"]
        )
        return [
            follow for [metric] in groups for follow in metric._get_followed_events()
        ]

    def _is_outdated(self):
        """:return: whether results must be refreshed because the day has changed; for
        a closed plan, only up to the first day after its end"""
        self.ensure_one()
        today = self._get_today()
        if self.state == "closed":
            today = min(today, self.date_to + timedelta(days=1))
            return not self.measured_date or self.measured_date < today
        return self.measured_date != today

    def _set_measured(self, is_complete=True):
        """Record that the results are up to date. Bypass ``write``, so that the plan
        does not appear to have been edited by a user.

        :param bool is_complete: whether all targets have been measured for today
        """
        self.ensure_one()
        self.env.cr.execute(
            SQL(
                "UPDATE sales_target_plan SET measured_at = %s, measured_date = %s"
                " WHERE id = %s",
                fields.Datetime.now(),
                self._get_today() if is_complete else self.measured_date or None,
                self.id,
            )
        )
        self.invalidate_recordset(["measured_at", "measured_date"], flush=False)

    def _check_targets_can_change(self):
        """Also have whoever submits the plan at the same time wait for the change."""
        if any(plan.state != "draft" for plan in self):
            raise UserError(
                self.env._(
                    "Targets of a submitted or running plan cannot change. Reset the"
                    " plan to draft if it is not approved yet."
                )
            )
        take_turns(self)

    def _check_can_submit(self):
        self.ensure_one()
        self._check_state_is("draft")
        if not self.target_ids:
            raise UserError(
                self.env._("%(plan)s has no targets yet. Add some.", plan=self.name)
            )
        if self.open_gap_count:
            gaps = self.target_ids.filtered("is_gap_open")
            raise UserError(
                self.env._(
                    "Some targets differ from the sum of their parts. Break them"
                    " down again, or explain each gap: %(targets)s",
                    targets=", ".join(gaps[:5].mapped("display_name")),
                )
            )
