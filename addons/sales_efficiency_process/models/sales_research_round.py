# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

from odoo.addons.sales_efficiency_base.tools import open_records

ACTIVITY = "sales_efficiency_process.mail_activity_type_research"


class SalesResearchRound(models.Model):
    """One time that a question about the market is answered: a to-do until there are
    findings (policy 3.1.1)."""

    _name = "sales.research.round"
    _inherit = [
        "sales.guard.mixin",
        "mail.thread",
        "mail.activity.mixin",
        "sales.state.mixin",
    ]
    _description = "Round of a Market Research"
    _order = "date_due desc, id desc"
    _rec_names_search = ["research_id"]
    _fixed_fields = ("research_id",)

    research_id = fields.Many2one(
        comodel_name="sales.research",
        required=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(related="research_id.company_id", store=True)
    team_id = fields.Many2one(related="research_id.team_id", store=True)
    topic = fields.Selection(related="research_id.topic", store=True)
    user_id = fields.Many2one(
        comodel_name="res.users",
        string="Responsible",
        required=True,
        index=True,
        ondelete="restrict",
        default=lambda self: self.env.user,
        domain="[('share', '=', False), ('company_ids', 'in', company_id)]",
        tracking=True,
    )
    date_due = fields.Date(string="Due On", required=True, index=True, tracking=True)
    state = fields.Selection(
        selection=[("open", "Open"), ("done", "Done"), ("skipped", "Skipped")],
        default="open",
        required=True,
        index=True,
        copy=False,
        group_expand=True,
        tracking=True,
    )
    finding_ids = fields.One2many(
        comodel_name="sales.research.finding",
        inverse_name="round_id",
        string="Findings",
    )
    finding_count = fields.Integer(
        string="Number of Findings", compute="_compute_finding_count"
    )
    conclusion = fields.Text(
        tracking=True, help="What it means for us. Meetings hear it."
    )
    date_done = fields.Datetime(string="Done On", readonly=True, copy=False)
    action_ids = fields.One2many(
        comodel_name="sales.action",
        inverse_name="research_round_id",
        string="Action Items",
    )
    action_count = fields.Integer(
        string="Number of Action Items", compute="_compute_action_count"
    )
    can_edit = fields.Boolean(
        compute="_compute_can_edit", export_string_translation=False
    )

    _day_uniq = models.UniqueIndex(
        "(research_id, date_due)", "A round of this research is due on this day."
    )

    # ------------------------------------------------------------------
    # Computed fields
    # ------------------------------------------------------------------

    @api.depends("research_id.name", "date_due")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for round_ in self:
            day = format_date(self.env, round_.date_due) if round_.date_due else ""
            round_.display_name = f"{round_.research_id.name or ''} {day}".strip()

    @api.depends("finding_ids")
    def _compute_finding_count(self):
        for round_ in self:
            round_.finding_count = len(round_.finding_ids)

    @api.depends("action_ids")
    def _compute_action_count(self):
        for round_ in self:
            round_.action_count = len(round_.action_ids)

    @api.depends_context("uid")
    def _compute_can_edit(self):
        editable = self._origin._filtered_access("write")
        for round_ in self:
            round_.can_edit = not round_._origin or round_._origin in editable

    # ------------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        rounds = super().create(vals_list)
        rounds._plan_to_dos()
        return rounds

    def write(self, vals):
        res = super().write(vals)
        if not {"user_id", "date_due"}.isdisjoint(vals):
            self._plan_to_dos()
        return res

    @api.ondelete(at_uninstall=False)
    def _unlink_except_done(self):
        if any(round_.state == "done" for round_ in self):
            raise UserError(
                self.env._(
                    "Findings of a round that is done are kept. Archive the research"
                    " instead."
                )
            )

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_done(self):
        """Close the round; there has to be something that was found."""
        self._check_state_is("open")
        for round_ in self:
            if not round_.finding_ids:
                raise UserError(
                    self.env._(
                        "Nothing was found yet. Add a finding with its source, or skip"
                        " the round."
                    )
                )
        self._set_state("done")
        self.sudo().date_done = fields.Datetime.now()  # sudo: access checked above
        self.activity_feedback([ACTIVITY])
        self.research_id._begin_rounds()

    def action_skip(self):
        self._check_state_is("open")
        self._set_state("skipped")
        self.activity_unlink([ACTIVITY])
        self.research_id._begin_rounds()

    def action_reopen(self):
        self.check_access("write")
        if any(round_.state == "open" for round_ in self):
            raise UserError(self.env._("The round is open. Reload the page."))
        self._set_state("open")
        self.sudo().date_done = False  # sudo: access checked above
        self._plan_to_dos()

    @api.readonly
    def action_add_finding(self):
        """Note what was heard, also where somebody else is responsible."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Add Finding"),
            "res_model": "sales.research.finding",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_round_id": self.id},
        }

    @api.readonly
    def action_open_actions(self):
        self.ensure_one()
        self.check_access("read")
        return open_records(
            self.env,
            "sales_efficiency_base.sales_action_action",
            [("research_round_id", "=", self.id)],
            name=self.env._("Action Items: %s", self.display_name),
            context={
                "default_research_round_id": self.id,
                "default_company_id": self.company_id.id,
            },
        )

    # ------------------------------------------------------------------
    # To-dos
    # ------------------------------------------------------------------

    def _follow_research(self):
        """Open rounds of archived researches are nobody's to-do."""
        for round_ in self.filtered(lambda r: r.state == "open"):
            if not round_.research_id.active:
                round_.activity_unlink([ACTIVITY])
        self._plan_to_dos()

    def _plan_to_dos(self):
        """Make sure that each open round has one to-do of whoever is responsible,
        also if somebody has ticked it off without findings."""
        # sudo: whoever changes a round plans the to-do of the responsible person.
        activities = self.env["mail.activity"].sudo()
        rounds = self.filtered(lambda r: r.state == "open" and r.research_id.active)
        type_id = self.env["ir.model.data"]._xmlid_to_res_id(
            ACTIVITY, raise_if_not_found=False
        )
        if not type_id:
            return  # Somebody has deleted the type: then there are no to-dos.
        existing = activities.search(
            [
                ("res_model", "=", self._name),
                ("res_id", "in", rounds.ids),
                ("activity_type_id", "=", type_id),
            ]
        ).grouped("res_id")
        vals_list = []
        for round_ in rounds:
            values = {"user_id": round_.user_id.id, "date_deadline": round_.date_due}
            if to_do := existing.get(round_.id):
                if any(
                    (a.user_id, a.date_deadline) != (round_.user_id, round_.date_due)
                    for a in to_do
                ):
                    to_do.write(values)
            else:
                vals_list.append(
                    activities._prepare_sales_to_do(
                        round_,
                        round_.user_id,
                        ACTIVITY,
                        summary=round_.research_id.name,
                        date_deadline=round_.date_due,
                    )
                )
        activities.create(vals_list)
