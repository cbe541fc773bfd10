# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

from odoo.addons.sales_efficiency_base.tools import (
    Period,
    open_records,
    take_turns,
)
from odoo.addons.sales_efficiency_base.tools.period import DAY

from ..engine.study import MONTH, Question, StudyReach
from .sales_study_result import WAITING

ASKED_BY_DEFAULT = "sales_efficiency_base.sales_metric_ordered_amount"
# Whom a study is shared with → role that the owner needs for it
SHARING_ROLES = {"team": "leader", "company": "director"}
# Questions of one owner that may wait at a time
MOST_WAITING = 20


class SalesStudy(models.Model):
    """A question about sales figures, asked once or every month (policy 6.2.1).

    Each answer is a version of its own, see ``sales.study.result``. It shows what the
    owner of the study may see, whoever reads it and whenever it is made.
    """

    _name = "sales.study"
    _inherit = [
        "sales.study.mixin",
        "sales.scope.mixin",
        "sales.guard.mixin",
        "sales.decision.origin.mixin",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _description = "Study"
    _order = "id desc"
    _check_company_auto = True
    _fixed_fields = ("company_id",)

    name = fields.Char(string="Question", required=True, tracking=True)
    active = fields.Boolean(default=True)
    template_id = fields.Many2one(
        comodel_name="sales.study.template",
        string="Ready Question",
        index="btree_not_null",
        ondelete="set null",
        check_company=True,
    )
    owner_id = fields.Many2one(
        comodel_name="res.users",
        required=True,
        readonly=True,
        index=True,
        copy=False,
        default=lambda self: self.env.user,
        help="The answer is made of the figures that the owner may see.",
    )
    company_id = fields.Many2one(
        comodel_name="res.company",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )
    metric_id = fields.Many2one(
        default=lambda self: self.env.ref(ASKED_BY_DEFAULT, raise_if_not_found=False)
    )
    period_kind = fields.Selection(
        selection=[("rolling", "Last Months"), ("fixed", "From a Day to Another")],
        string="Period",
        required=True,
        default="rolling",
    )
    date_from = fields.Date(string="From")
    date_to = fields.Date(string="To")
    # What of the filter of a screen does not become part of the question
    left_out = fields.Char(string="Not Taken Over", store=False)
    sharing = fields.Selection(
        selection=[
            ("none", "Nobody"),
            ("team", "My Team"),
            ("company", "The Company"),
        ],
        string="Shared With",
        required=True,
        default="none",
        tracking=True,
        help="They read the answers as you see them: leaders share the figures of the"
        " teams they lead, directors those of the company.",
    )
    is_shared_with_me = fields.Boolean(
        compute="_compute_is_shared_with_me",
        search="_search_is_shared_with_me",
        export_string_translation=False,
    )
    is_monthly = fields.Boolean(
        string="Every Month",
        copy=False,
        tracking=True,
        help="At the beginning of each month the question is asked again, and its owner"
        " gets the answer by e-mail.",
    )
    subscribed_month = fields.Date(
        readonly=True, copy=False, export_string_translation=False
    )
    result_ids = fields.One2many(
        comodel_name="sales.study.result",
        inverse_name="study_id",
        string="Answers",
        readonly=True,
    )
    latest_id = fields.Many2one(
        comodel_name="sales.study.result",
        string="Last Asked",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
    )
    can_edit = fields.Boolean(
        compute="_compute_can_edit", export_string_translation=False
    )

    _days_in_order = models.Constraint(
        "CHECK (date_to >= date_from)", "The period cannot end before it starts."
    )

    # ------------------------------------------------------------------
    # Defaults
    # ------------------------------------------------------------------

    @api.model
    def default_get(self, fields):
        """Take over a ready question, and the filter of the screen one comes from."""
        values = super().default_get(fields)
        template = self.env["sales.study.template"].browse(values.get("template_id"))
        taken = {**template._get_question_values(), **self._read_screen()}
        asked = {
            name: value
            for name, value in taken.items()
            if name in fields and f"default_{name}" not in self.env.context
        }
        self._check_references([asked])
        return {**values, **asked}

    @api.model
    def _read_screen(self):
        """:return: values from the filter of a screen of figures, if one is given"""
        domain = self.env.context.get("study_domain")
        return self.env["sales.fact"]._read_study_scope(domain) if domain else {}

    @api.onchange("template_id")
    def _onchange_template_id(self):
        self.update(self.template_id._get_question_values())

    # ------------------------------------------------------------------
    # Computed fields
    # ------------------------------------------------------------------

    @api.depends_context("uid")
    @api.depends("sharing", "owner_id")
    def _compute_is_shared_with_me(self):
        # sudo: roles of owners are read, not shown.
        shared = self._origin.sudo().filtered_domain(self._get_shared_domain())
        for study in self:
            study.is_shared_with_me = study._origin in shared

    @api.model
    def _search_is_shared_with_me(self, operator, _value):
        if operator != "in":
            return NotImplemented
        return self._get_shared_domain()

    @api.model
    def _get_shared_domain(self):
        """:return: studies for everybody, or by those who lead the user, as far as the
        role of the owner still lets them share"""
        # sudo: only whom the user works for
        teams = self.env.user.sudo().crm_team_ids
        by_company = Domain("sharing", "=", "company")
        by_team = Domain("sharing", "=", "team") & Domain(
            "owner_id.sales_led_team_ids", "parent_of", teams.ids
        )
        return (by_company & self._get_role_domain("director")) | (
            by_team & self._get_role_domain("leader")
        )

    @api.model
    def _get_role_domain(self, role):
        """:return: studies whose owner has a role now"""
        # sudo: roles of owners are read, not shown.
        group = self.env.ref(f"sales_efficiency_base.group_sales_{role}").sudo()
        return Domain("owner_id.all_group_ids", "in", group.ids)

    @api.depends_context("uid")
    def _compute_can_edit(self):
        editable = self._origin._filtered_access("write")
        for study in self:
            study.can_edit = not study._origin or study._origin in editable

    # ------------------------------------------------------------------
    # Constraints
    # ------------------------------------------------------------------

    @api.constrains("period_kind", "date_from", "date_to")
    def _check_period(self):
        for study in self:
            if study.period_kind == "fixed" and not (study.date_from and study.date_to):
                raise ValidationError(
                    self.env._("Enter the first and the last day of the period.")
                )

    @api.constrains("sharing")
    def _check_sharing(self):
        """Leaders share with those they lead, directors with the company: whoever reads
        an answer sees figures that only its owner has the right to."""
        if not all(study._may_be_shared() for study in self):
            raise ValidationError(
                self.env._(
                    "Team leaders share studies with their teams, sales directors"
                    " also with the company. Others keep them to themselves."
                )
            )

    def _may_be_shared(self):
        """:return: whether the role of the owner lets them share it as it is shared"""
        self.ensure_one()
        role = SHARING_ROLES.get(self.sharing)
        return not role or self.owner_id.has_group(
            f"sales_efficiency_base.group_sales_{role}"
        )

    @api.constrains(lambda self: ["owner_id", *self._get_dimensions()])
    def _check_scope(self):
        for study in self:
            reach = StudyReach(study.owner_id, study.company_id)
            try:
                reach.narrow(study._get_scope_ids())
            except UserError as error:
                raise ValidationError(str(error)) from error

    # ------------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([self._complete(vals) for vals in vals_list])

    @api.model
    def _complete(self, vals):
        """:return: values with those of the ready question that are not given"""
        template = self.env["sales.study.template"].browse(vals.get("template_id"))
        return {**template._get_question_values(), **vals}

    def copy_data(self, default=None):
        return [
            {**vals, "name": self.env._("%s (copy)", study.name), **(default or {})}
            for study, vals in zip(self, super().copy_data(default), strict=True)
        ]

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_answer(self):
        """Have the question answered right after this request."""
        self.check_access("write")
        for study in self:
            study._ask()
        return True

    @api.readonly
    def action_open_results(self):
        """Open all answers of the study."""
        self.ensure_one()
        return open_records(
            self.env,
            "sales_efficiency_analytics.sales_study_result_action",
            [("study_id", "=", self.id)],
            name=self.name,
        )

    # ------------------------------------------------------------------
    # Business methods
    # ------------------------------------------------------------------

    def _ask(self, is_subscribed=False):
        """Put the question, as it is now, into the queue."""
        self.ensure_one()
        take_turns(self)
        # sudo: only the program writes answers.
        results = self.env["sales.study.result"].sudo()
        last = results.search([("study_id", "=", self.id)], limit=1)
        if last.state in WAITING:
            raise UserError(
                self.env._("%s is being answered already. Wait a moment.", self.name)
            )
        if not is_subscribed:
            self._check_queue()
        if not self._may_be_shared():
            # sudo: the program takes back what the owner's role no longer allows.
            self.sudo().sharing = "none"
        # sudo: only the program writes which answer is the latest.
        self.sudo().latest_id = results.create(
            results._prepare(self, last.version + 1, is_subscribed)
        )
        cron = self.env.ref("sales_efficiency_analytics.ir_cron_sales_study")
        # sudo: only wakes a job that may run at any time
        cron.sudo()._trigger()

    def _check_queue(self):
        """Refuse a question of somebody who has many waiting already.

        :raise UserError: if they have
        """
        # sudo: only the program reads the queue.
        waiting = self.env["sales.study.result"].sudo()
        of_owner = Domain("study_id.owner_id", "=", self.owner_id.id)
        count = waiting.search_count(of_owner & Domain("state", "in", WAITING))
        if count >= MOST_WAITING:
            raise UserError(
                self.env._(
                    "%(count)s questions of %(owner)s wait for their answers. Ask"
                    " again when they are answered.",
                    count=count,
                    owner=self.owner_id.sudo().name,
                )
            )

    def _get_question(self):
        """:return: :class:`Question`"""
        self.ensure_one()
        return Question(
            self.method,
            self._get_metrics().ids,
            self._get_rows(),
            {name: id_ for name, id_ in self._get_scope_ids().items() if id_},
            self._get_period(),
            self._get_options(),
        )

    def _get_period(self):
        """:return: :class:`Period` that the question is about"""
        self.ensure_one()
        if self.period_kind == "fixed":
            return Period(self.date_from, self.date_to)
        today = self.company_id._get_sales_today()
        first = today.replace(day=1)
        start = first - relativedelta(months=self.month_count)
        # The month that runs is shown apart where rows are months.
        is_monthly = self._get_rows() == MONTH
        return Period(start, Period.month(today).end if is_monthly else first - DAY)

    def _get_values(self):
        """Return the data of the question, as its owner sees them.

        :return: :class:`Figures`, and names and units by column
        """
        self.ensure_one()
        metrics = self._get_metrics()
        figures = self.env["sales.study.result"]._read_figures(
            self.owner_id, self.company_id, self._get_question()
        )
        names = {metric._get_column(): metric.name for metric in metrics}
        units = {metric._get_column(): metric.unit for metric in metrics}
        return figures, names, units
