# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError
from odoo.fields import Domain
from odoo.tools import float_compare, format_date, formatLang

WARNING = "mail.mail_activity_data_warning"


class ProjectMilestone(models.Model):
    """Tracks the sales of a major project by its milestones (policy 2.1.2)."""

    _name = "project.milestone"
    _inherit = ["project.milestone", "mail.activity.mixin"]

    sales_user_id = fields.Many2one(
        comodel_name="res.users",
        string="Responsible",
        index="btree_not_null",
        tracking=True,
        domain="[('share', '=', False)]",
        help="Warned when the milestone is overdue or slips. By default the person"
        " responsible for the project's target.",
        groups="base.group_user",
    )
    sales_weight = fields.Float(
        string="Weight (%)",
        digits=(5, 2),
        help="The milestone's share of the project. The weights total 100 %; if all"
        " are empty, milestones count equally.",
        groups="base.group_user",
    )
    sales_currency_id = fields.Many2one(
        related="project_id.currency_id",
        string="Currency",
        groups="base.group_user",
    )
    sales_value = fields.Monetary(
        string="Planned Value",
        currency_field="sales_currency_id",
        help="Planned sales of this milestone.",
        groups="project.group_project_user,sales_efficiency_base.group_sales_person",
    )
    sales_original_deadline = fields.Date(
        string="Original Deadline",
        readonly=True,
        copy=False,
        help="The deadline when the target plan of the project started.",
        groups="base.group_user",
    )
    sales_delay = fields.Integer(
        string="Delay (Days)",
        compute="_compute_sales_delay",
        store=True,
        aggregator=None,
        help="Days the deadline has slipped since the plan started.",
        groups="base.group_user",
    )
    sales_status = fields.Selection(
        selection=[
            ("planned", "Planned"),
            ("slipped", "Slipped"),
            ("overdue", "Overdue"),
            ("reached", "Reached"),
        ],
        string="Status",
        compute="_compute_sales_status",
        groups="base.group_user",
    )
    sales_overdue_warned = fields.Date(
        copy=False, readonly=True, groups="base.group_user"
    )
    sales_slip_warned = fields.Date(copy=False, readonly=True, groups="base.group_user")

    _sales_weight_range = models.Constraint(
        "CHECK (sales_weight BETWEEN 0 AND 100)",
        "The weight of a milestone must be between 0 and 100 %.",
    )
    _sales_value_positive = models.Constraint(
        "CHECK (sales_value >= 0)", "The planned value cannot be negative."
    )

    @api.depends("deadline", "sales_original_deadline")
    def _compute_sales_delay(self):
        for milestone in self:
            original = milestone.sales_original_deadline
            moved = original and milestone.deadline and milestone.deadline - original
            milestone.sales_delay = max(moved.days, 0) if moved else 0

    @api.depends("is_reached", "deadline", "sales_delay")
    def _compute_sales_status(self):
        for milestone in self:
            # sudo: the company only determines today's date.
            company = milestone.project_id.sudo().company_id or self.env.company
            today = company._get_sales_today()
            if milestone.is_reached:
                milestone.sales_status = "reached"
            elif milestone.deadline and milestone.deadline < today:
                milestone.sales_status = "overdue"
            else:
                milestone.sales_status = (
                    "slipped" if milestone.sales_delay else "planned"
                )

    @api.constrains("sales_weight", "project_id")
    def _check_sales_weight(self):
        """Refuse totals above 100 %; lower ones are allowed during data entry."""
        for project in self.project_id:
            # sudo: the total counts milestones that the user may not see.
            total = sum(project.sudo().milestone_ids.mapped("sales_weight"))
            if float_compare(total, 100, precision_digits=2) > 0:
                raise ValidationError(
                    self.env._(
                        "The milestones of %(project)s weigh %(total)s %% together. Let"
                        " them total 100 %%.",
                        project=project.display_name,
                        total=formatLang(self.env, total),
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        milestones = super().create(vals_list)
        milestones._check_sales_access()
        milestones._keep_sales_deadline()
        return milestones

    def write(self, vals):
        self._check_sales_access()
        if "deadline" in vals:
            self._keep_sales_deadline()
        res = super().write(vals)
        if "project_id" in vals:
            self._check_sales_access()
        if "deadline" in vals:
            self._keep_sales_deadline()
        if vals.get("is_reached"):
            self.activity_feedback([WARNING])
        return res

    @api.ondelete(at_uninstall=False)
    def _unlink_except_of_others(self):
        self._check_sales_access()

    def action_sales_reach(self):
        """Mark milestones as reached, for the responsible users too."""
        for milestone in self.filtered(lambda milestone: not milestone.is_reached):
            milestone.check_access("read")
            if milestone.sales_user_id == self.env.user:
                # sudo: responsible users may report without rights on the project.
                milestone.sudo().is_reached = True
            else:
                milestone.is_reached = True

    def _check_sales_access(self):
        """Let users change only milestones of projects for which they see targets.

        :raise AccessError: naming the projects; never for users of the Project app
        """
        user = self.env.user
        if self.env.su or user.has_group("project.group_project_user"):
            return
        domain = Domain("project_id", "in", self.project_id.ids)
        if not user.has_group("sales_efficiency_base.group_sales_director"):
            # Otherwise users could gain access by creating a draft target themselves.
            domain &= Domain("plan_id.state", "!=", "draft") | Domain(
                "create_uid", "!=", user.id
            )
        targets = self.env["sales.target"].search(domain)
        if others := self.project_id - targets.project_id:
            raise AccessError(
                self.env._(
                    "You have no sales target for %(projects)s. Ask the project team"
                    " to change its milestones.",
                    projects=", ".join(others.mapped("display_name")),
                )
            )

    def _keep_sales_deadline(self):
        """Store the deadlines at the start of a plan, or the first ones set later."""
        new = self.filtered(lambda m: m.deadline and not m.sales_original_deadline)
        # sudo: only checks whether running targets exist.
        running = self.env["sales.target"].sudo()._get_running_of(new.project_id)
        for milestone in new.sudo():
            if milestone.project_id in running.project_id:
                milestone.sales_original_deadline = milestone.deadline

    # ------------------------------------------------------------------
    # Warnings
    # ------------------------------------------------------------------

    @api.model
    def _cron_warn_sales(self):
        """Warn of overdue and slipping milestones, once per deadline."""
        targets = self.env["sales.target"].search(
            [("project_id", "!=", False), ("plan_id.state", "=", "running")]
        )
        by_project = {
            target.project_id: target for target in targets.sorted("level", True)
        }
        milestones = self.search(
            [
                ("project_id", "in", targets.project_id.ids),
                ("is_reached", "=", False),
                ("deadline", "!=", False),
            ]
        ).try_lock_for_update()
        today = {plan: plan._get_today() for plan in targets.plan_id}
        activities = []
        for milestone in milestones:
            target = by_project[milestone.project_id]
            if kind := milestone._get_warning(today[target.plan_id]):
                activities.append(milestone._prepare_warning(kind, target))
        # No e-mails: one per milestone would be too many, and the to-do is enough.
        self.env["mail.activity"].with_context(mail_activity_quick_update=True).create(
            activities
        )

    def _get_warning(self, today):
        """Record and return the warning due: "overdue", "slipped" or None."""
        if self.deadline < today and self.sales_overdue_warned != self.deadline:
            self.sales_overdue_warned = self.sales_slip_warned = self.deadline
            return "overdue"
        if self.sales_delay and self.sales_slip_warned != self.deadline:
            self.sales_slip_warned = self.deadline
            return "slipped"
        return None

    def _get_warned(self, target):
        """:return: the responsible user or, if they have left, the next superior"""
        users = self.sales_user_id | target.responsible_id
        if not users.filtered(target._can_be_told):
            users = target._get_superiors()[target]
        return users.filtered(target._can_be_told)[:1] or target.plan_id.user_id

    def _prepare_warning(self, kind, target):
        """:return: values of the activity of the responsible person"""
        user = self._get_warned(target)
        milestone = self.with_context(lang=user.lang)
        values = {
            "milestone": milestone.display_name,
            "project": milestone.project_id.display_name,
            "deadline": format_date(milestone.env, self.deadline),
            "original": format_date(milestone.env, self.sales_original_deadline),
        }
        if kind == "overdue":
            summary = milestone.env._("Milestone overdue: %(milestone)s", **values)
            note = milestone.env._(
                "%(milestone)s of %(project)s was due on %(deadline)s. State a new"
                " date and the obstacles.",
                **values,
            )
        else:
            summary = milestone.env._("Milestone slips: %(milestone)s", **values)
            note = milestone.env._(
                "%(milestone)s of %(project)s has moved from %(original)s to"
                " %(deadline)s. Check the effect on the sales target.",
                **values,
            )
        return self.env["mail.activity"]._prepare_sales_to_do(
            self,
            user,
            WARNING,
            summary=summary,
            note=note,
            date_deadline=target.plan_id._get_today(),
        )
