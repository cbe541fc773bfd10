# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_list

from ..engine.visit import (
    Brief,
    CompetitorsSection,
    ContractsSection,
    CustomerSection,
    LastVisitSection,
    NeedsSection,
    OpportunitiesSection,
    OrdersSection,
    OverdueSection,
    PeopleSection,
    PromisesSection,
    QuotationsSection,
)


class SalesVisit(models.Model):
    """Brief and plan of a visit (policy 3.1.3)."""

    _inherit = "sales.visit"  # pylint: disable=consider-merging-classes-inherited

    brief = fields.Json(compute="_compute_brief", export_string_translation=False)
    point_ids = fields.One2many(
        comodel_name="sales.visit.point", inverse_name="visit_id", string="Plan"
    )
    goal_ids = fields.One2many(
        comodel_name="sales.visit.point",
        inverse_name="visit_id",
        string="Goals",
        domain=[("kind", "=", "goal")],
    )
    question_ids = fields.One2many(
        comodel_name="sales.visit.point",
        inverse_name="visit_id",
        string="Questions",
        domain=[("kind", "=", "question")],
    )
    missing = fields.Char(
        string="Missing in the Plan",
        compute="_compute_missing",
        help="What a rule wants before the visit.",
    )
    is_plan_demanded = fields.Boolean(
        string="No Check-In without Plan", compute="_compute_missing"
    )

    @api.depends("partner_id", "company_id", "lead_id", "contact_ids")
    @api.depends_context("uid", "lang", "allowed_company_ids")
    def _compute_brief(self):
        for visit in self:
            visit.brief = Brief(visit).get_sections()

    @api.depends(
        "state",
        "kind",
        "partner_id",
        "lead_id",
        "company_id",
        "goal_ids",
        "question_ids",
        "contact_ids",
    )
    @api.depends_context("lang")
    def _compute_missing(self):
        rules = self.env["sales.visit.rule"]._get_rules(self)
        for visit in self:
            found = rules[visit] if visit.state == "planned" else rules[visit].browse()
            parts = found._get_missing(visit)
            visit.missing = format_list(self.env, parts) if parts else False
            blocking = found.filtered("is_blocking")
            visit.is_plan_demanded = bool(blocking._get_missing(visit))

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    @api.readonly
    def action_print_brief(self):
        """Print the brief with the plan of the visit."""
        return self.env.ref(
            "sales_efficiency_process.sales_visit_brief_report"
        ).report_action(self)

    # ------------------------------------------------------------------
    # Business methods
    # ------------------------------------------------------------------

    @api.model
    def _get_brief_sections(self):
        """Hook for add-ons: return what a brief consists of, in the order shown.

        :return: list of subclasses of :class:`BriefSection`
        """
        return [
            CustomerSection,
            PromisesSection,
            OverdueSection,
            QuotationsSection,
            ContractsSection,
            OpportunitiesSection,
            PeopleSection,
            NeedsSection,
            CompetitorsSection,
            OrdersSection,
            LastVisitSection,
        ]

    def _check_plan(self):
        """Refuse to begin a visit without the plan that a rule wants before.

        :raise UserError: saying what is missing
        """
        for visit in self:
            if visit.is_plan_demanded:
                raise UserError(
                    self.env._(
                        "Plan this visit before you begin. Missing: %s.", visit.missing
                    )
                )
