# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import float_compare, formatLang

from odoo.addons.sales_efficiency_base.tools import open_records


class ProjectProject(models.Model):
    """Sales target, attainment and milestones of a major project (policy 2.1.2)."""

    _inherit = "project.project"

    sales_target_ids = fields.One2many(
        comodel_name="sales.target",
        inverse_name="project_id",
        string="Sales Targets",
        groups="base.group_user",
    )
    sales_target_amount = fields.Float(
        string="Sales Target",
        digits=0,
        compute="_compute_sales_target",
        help="The target of the running plan.",
        groups="base.group_user",
    )
    sales_target_text = fields.Char(
        string="Target of the Sale",
        compute="_compute_sales_target",
        groups="base.group_user",
    )
    sales_attainment = fields.Float(
        string="Attainment (%)",
        digits=(16, 1),
        compute="_compute_sales_target",
        groups="base.group_user",
    )
    sales_milestone_count = fields.Integer(
        string="Milestones of the Sale",
        compute="_compute_sales_milestones",
        groups="base.group_user",
    )
    sales_milestone_reached_count = fields.Integer(
        string="Reached Milestones",
        compute="_compute_sales_milestones",
        groups="base.group_user",
    )
    sales_milestone_overdue_count = fields.Integer(
        string="Overdue Milestones",
        compute="_compute_sales_milestones",
        groups="base.group_user",
    )
    sales_milestone_slipped_count = fields.Integer(
        string="Slipped Milestones",
        compute="_compute_sales_milestones",
        groups="base.group_user",
    )
    sales_progress = fields.Float(
        string="Progress (%)",
        digits=(5, 1),
        compute="_compute_sales_milestones",
        help="Weight of reached milestones; their number if they have no weights.",
        groups="base.group_user",
    )
    sales_next_milestone_id = fields.Many2one(
        comodel_name="project.milestone",
        string="Milestone to Come",
        compute="_compute_sales_milestones",
        groups="base.group_user",
    )
    sales_next_deadline = fields.Date(
        string="Next Deadline",
        compute="_compute_sales_milestones",
        groups="base.group_user",
    )

    @api.depends_context("uid", "allowed_company_ids")
    def _compute_sales_target(self):
        """Show the target with the widest scope that the user may see."""
        results = self.env["sales.target.result"]
        found = results
        if results.has_access("read"):
            found = results.search(
                [
                    ("project_id", "in", self.ids),
                    ("period", "=", "year"),
                    ("plan_id.state", "=", "running"),
                ]
            ).sorted("level", reverse=True)
        by_project = {result.project_id: result for result in found}
        for project in self:
            result = by_project.get(project._origin, results)
            project.sales_target_amount = result.amount
            project.sales_target_text = (
                result._format_figure(result.amount) if result else False
            )
            project.sales_attainment = result.attainment

    @api.depends(
        "milestone_ids.is_reached",
        "milestone_ids.deadline",
        "milestone_ids.sales_weight",
        "milestone_ids.sales_delay",
    )
    def _compute_sales_milestones(self):
        for project in self:
            milestones = project.milestone_ids
            by_status = milestones.grouped("sales_status")
            reached = by_status.get("reached", milestones.browse())
            coming = (milestones - reached).sorted(
                lambda m: (not m.deadline, m.deadline or m.create_date.date(), m.id)
            )[:1]
            project.sales_milestone_count = len(milestones)
            project.sales_milestone_reached_count = len(reached)
            project.sales_milestone_overdue_count = len(by_status.get("overdue", ()))
            project.sales_milestone_slipped_count = len(by_status.get("slipped", ()))
            project.sales_next_milestone_id = coming
            project.sales_next_deadline = coming.deadline
            weights = {m: m.sales_weight for m in milestones}
            if not any(weights.values()):
                weights = dict.fromkeys(milestones, 1.0)
            total = sum(weights.values())
            done = sum(weights[m] for m in reached)
            project.sales_progress = 100 * done / total if total else 0.0

    @api.readonly
    def action_open_sales_targets(self):
        """Show the sales targets of the project."""
        self.ensure_one()
        return self._open_sales_records("sales_efficiency_target.sales_target_action")

    @api.readonly
    def action_open_sales_milestones(self):
        """Show the milestones in the sales view."""
        self.ensure_one()
        return self._open_sales_records(
            "sales_efficiency_target_project.project_milestone_sales_action"
        )

    def _open_sales_records(self, xml_id):
        return open_records(
            self.env,
            xml_id,
            [("project_id", "=", self.id)],
            name=self.display_name,
            context={"default_project_id": self.id},
        )

    def _check_sales_weights(self):
        """Refuse milestones whose weights neither total 100 nor are all empty."""
        for project in self:
            weights = project.milestone_ids.mapped("sales_weight")
            total = sum(weights)
            if any(weights) and float_compare(total, 100, precision_digits=2):
                raise UserError(
                    self.env._(
                        "The milestones of %(project)s weigh %(total)s %% together. Let"
                        " them total 100 %%, or empty all of the weights.",
                        project=project.display_name,
                        total=formatLang(self.env, total),
                    )
                )
