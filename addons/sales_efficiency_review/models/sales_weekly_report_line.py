# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import clean_context

# Fields written by the author; the report determines all others.
# Default deadline for help: days after the end of the week, i.e. the next Friday
HELP_DAYS = 5


class SalesWeeklyReportLine(models.Model):
    """A task, customer, problem or plan of a weekly report (policy 2.2.1).

    The author of a problem may ask another user for help. On submission, the helper
    gets a to-do and access to this line, but not to the report.
    """

    _name = "sales.weekly.report.line"
    _inherit = ["sales.guard.mixin", "mail.thread", "mail.activity.mixin"]
    _description = "Line of a Weekly Report"
    _order = "date_from desc, report_id, kind, sequence, id"
    _check_company_auto = True

    report_id = fields.Many2one(
        comodel_name="sales.weekly.report",
        required=True,
        index=True,
        ondelete="cascade",
    )
    user_id = fields.Many2one(
        related="report_id.user_id", string="Salesperson", store=True, index=True
    )
    team_id = fields.Many2one(related="report_id.team_id", store=True)
    company_id = fields.Many2one(related="report_id.company_id", store=True)
    date_from = fields.Date(related="report_id.date_from", store=True)
    week = fields.Char(related="report_id.week", store=True)
    sequence = fields.Integer(default=10)
    kind = fields.Selection(
        selection=[
            ("done", "Task"),
            ("customer", "Customer"),
            ("problem", "Problem"),
            ("plan", "Plan"),
        ],
        required=True,
        default="done",
    )
    name = fields.Text(string="Description", required=True)
    is_done = fields.Boolean(string="Done")
    is_carried = fields.Boolean(
        readonly=True, help="Proposed as a task of the next report."
    )
    is_proposed = fields.Boolean(
        string="As Planned",
        readonly=True,
        help="Planned in the previous report, or found in the data.",
    )
    partner_id = fields.Many2one(
        comodel_name="res.partner",
        string="Customer",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
    )
    opportunity_id = fields.Many2one(
        comodel_name="crm.lead",
        index="btree_not_null",
        ondelete="set null",
        check_company=True,
        domain="[('type', '=', 'opportunity'), ('user_id', '=', user_id)]",
    )
    next_step = fields.Char()
    solution = fields.Text()
    helper_id = fields.Many2one(
        comodel_name="res.users",
        string="Help From",
        index="btree_not_null",
        ondelete="restrict",
        domain="[('share', '=', False), ('company_ids', 'in', company_id),"
        " ('id', '!=', user_id)]",
        help="They get a to-do when the report is submitted, and see this problem.",
    )
    date_deadline = fields.Date(
        string="Due Date", help="Planned date, or date by which help is needed."
    )
    help_activity_id = fields.Many2one(
        comodel_name="mail.activity",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
    )
    help_state = fields.Selection(
        selection=[
            ("asked", "Asked"),
            ("done", "Helped"),
            ("cancelled", "Cancelled"),
        ],
        string="Help",
        compute="_compute_help_state",
        compute_sudo=True,
    )
    help_asked_id = fields.Many2one(
        comodel_name="res.users",
        readonly=True,
        copy=False,
        help="People already asked.",
    )

    # ------------------------------------------------------------------
    # Computed fields
    # ------------------------------------------------------------------

    @api.depends("help_activity_id.active", "help_asked_id")
    def _compute_help_state(self):
        for line in self:
            line.help_state = False
            if line.help_activity_id:
                line.help_state = "asked" if line.help_activity_id.active else "done"
            elif line.help_asked_id:
                line.help_state = "cancelled"

    @api.depends("name")
    def _compute_display_name(self):
        for line in self:
            line.display_name = (line.name or "").partition("\n")[0]

    # ------------------------------------------------------------------
    # ORM
    # ------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        # Reports have many lines: skip followers and creation messages.
        quiet = self.with_context(mail_create_nolog=True, mail_create_nosubscribe=True)
        lines = super(SalesWeeklyReportLine, quiet).create(vals_list)
        lines._check_report_is_open()
        return lines.with_env(self.env)

    def write(self, vals):
        if self._get_content(vals):
            self._check_report_is_open()
        res = super().write(vals)
        if "report_id" in vals:
            self._check_report_is_open()
        return res

    @api.ondelete(at_uninstall=False)
    def _unlink_except_submitted(self):
        self._check_report_is_open()

    def unlink(self):
        # sudo: the to-do of the helper becomes obsolete with the line.
        self.sudo().help_activity_id.filtered("active").unlink()
        return super().unlink()

    # ------------------------------------------------------------------
    # Business methods
    # ------------------------------------------------------------------

    def _check_report_is_open(self):
        if not self.env.su:
            self.report_id._check_is_own_draft()

    def _ask_for_help(self):
        """Create one to-do per helper, and withdraw obsolete requests: problems may
        change after a report was sent back."""
        for line in self:
            helper = (
                line.helper_id if line.kind == "problem" else line.helper_id.browse()
            )
            if line.help_asked_id == helper:
                continue
            line.help_activity_id.filtered("active").unlink()
            line.help_asked_id = helper
            line.help_activity_id = line._plan_help(helper) if helper else False

    def _plan_help(self, helper):
        self.ensure_one()
        env = self.with_context(lang=helper.lang).env
        deadline = self.date_deadline or self.report_id.date_to + timedelta(HELP_DAYS)
        # Drop defaults from the context of the user.
        line = self.with_env(self.env(context=clean_context(self.env.context)))
        return line.activity_schedule(
            "mail.mail_activity_data_todo",
            date_deadline=deadline,
            summary=env._(
                "%(person)s asks for your help", person=self.report_id.user_id.name
            ),
            note=self.name,
            user_id=helper.id,
        )
