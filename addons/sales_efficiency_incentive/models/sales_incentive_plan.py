# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL

from odoo.addons.sales_efficiency_base.tools import open_records


class SalesIncentivePlan(models.Model):
    """What people are paid by beside their wage (policy 4.4.1).

    Its terms are those of its versions, each from a month on.
    """

    _name = "sales.incentive.plan"
    _inherit = ["sales.guard.mixin", "mail.thread", "mail.activity.mixin"]
    _description = "Incentive Plan"
    _order = "name, id"
    _check_company_auto = True
    _fixed_fields = ("company_id", "is_confidential")

    name = fields.Char(required=True, tracking=True)
    code = fields.Char(help="Short name of the plan.", copy=False)
    active = fields.Boolean(default=True, tracking=True)
    company_id = fields.Many2one(
        comodel_name="res.company",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    is_confidential = fields.Boolean(
        string="Confidential",
        help="Only the person, HR managers and finance read what the plan pays, e.g."
        " because it follows from wages. It is in no total that others read. This does"
        " not change any more.",
    )
    description = fields.Text(
        help="Purpose of the plan, at the top of the plan letter."
    )
    version_ids = fields.One2many(
        comodel_name="sales.incentive.version",
        inverse_name="plan_id",
        string="Versions",
    )
    assignment_ids = fields.One2many(
        comodel_name="sales.incentive.assignment",
        inverse_name="plan_id",
        string="Assignments",
    )
    # Whether approved terms pay the user, or people in the teams that the user leads.
    # Record rules ask for it. They are evaluated as superuser: if they named lines, all
    # lines would be in the cache, for the user to stumble over.
    is_known = fields.Boolean(
        compute="_compute_is_known",
        search="_search_is_known",
        export_string_translation=False,
    )
    version_id = fields.Many2one(
        comodel_name="sales.incentive.version",
        string="Version in Effect",
        compute="_compute_version_id",
        help="The approved version of the current month.",
    )
    version_count = fields.Integer(
        string="Number of Versions", compute="_compute_version_count"
    )
    assignment_count = fields.Integer(
        string="People",
        compute="_compute_assignment_count",
        help="People who are paid by the plan today or later.",
    )
    open_letter_count = fields.Integer(
        string="Open Letters", compute="_compute_open_letter_count"
    )

    _code_uniq = models.UniqueIndex(
        "(company_id, code) WHERE code IS NOT NULL",
        "Another plan of the company has this code already. Choose another one.",
    )

    @api.depends("version_ids.state", "assignment_ids.user_id")
    @api.depends_context("uid")
    def _compute_is_known(self):
        # sudo: rules ask before it is known what the user may see.
        plans = self.sudo().with_context(active_test=False)
        known = plans.search([("id", "in", self.ids), ("is_known", "=", True)])
        for plan in self:
            plan.is_known = plan._origin in known

    @api.model
    def _search_is_known(self, operator, _value):
        if operator != "in":
            return NotImplemented
        people = Domain("user_id", "=", self.env.uid)
        if self.env.user.has_group("sales_efficiency_base.group_sales_leader"):
            people |= Domain("user_id.is_in_led_team", "=", True)
        # sudo: as in _compute_is_known
        assigned = self.env["sales.incentive.assignment"].sudo()._search(people)
        approved = (
            self.env["sales.incentive.version"]
            .sudo()
            ._search([("state", "=", "approved")])
        )
        return Domain.AND(
            Domain("id", "in", query.subselect(SQL.identifier(query.table, "plan_id")))
            for query in (assigned, approved)
        )

    @api.depends("version_ids.state", "version_ids.date_from")
    @api.depends_context("uid", "allowed_company_ids")
    def _compute_version_id(self):
        versions = self.env["sales.incentive.version"].search(
            [("plan_id", "in", self.ids), ("state", "=", "approved")], order="date_from"
        )
        by_plan = versions.grouped("plan_id")
        for plan in self:
            approved = by_plan.get(plan._origin, versions.browse())
            plan.version_id = approved._get_in_effect(plan._get_today())

    @api.depends("version_ids")
    @api.depends_context("uid", "allowed_company_ids")
    def _compute_version_count(self):
        counts = self._count("sales.incentive.version")
        for plan in self:
            plan.version_count = counts.get(plan._origin, 0)

    @api.depends("assignment_ids.date_to")
    @api.depends_context("uid", "allowed_company_ids")
    def _compute_assignment_count(self):
        is_open = [
            "|",
            ("date_to", "=", False),
            ("date_to", ">=", self.env.company._get_sales_today()),
        ]
        counts = self._count("sales.incentive.assignment", is_open)
        for plan in self:
            plan.assignment_count = counts.get(plan._origin, 0)

    @api.depends("assignment_ids.letter_ids.state")
    @api.depends_context("uid", "allowed_company_ids")
    def _compute_open_letter_count(self):
        counts = self._count("sales.incentive.acceptance", [("state", "=", "open")])
        for plan in self:
            plan.open_letter_count = counts.get(plan._origin, 0)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_in_use(self):
        # sudo: a version that the user may not see is in use, too.
        if any(version.state != "draft" for version in self.sudo().version_ids):
            raise UserError(
                self.env._(
                    "A plan with submitted or approved versions cannot be deleted."
                    " Archive it instead."
                )
            )

    def action_new_version(self):
        """Copy the latest version into a draft, from the month after it or the next
        month on, whichever is later."""
        self.ensure_one()
        latest = self.version_ids.sorted("date_from")[-1:]
        if not latest:
            version = self.env["sales.incentive.version"].create({"plan_id": self.id})
        else:
            version = latest.copy({"date_from": latest._get_next_month()})
        return version._get_records_action()

    @api.readonly
    def action_open_versions(self):
        self.ensure_one()
        return open_records(
            self.env,
            "sales_efficiency_incentive.sales_incentive_version_action",
            [("plan_id", "=", self.id)],
            context={"default_plan_id": self.id},
        )

    @api.readonly
    def action_open_assignments(self):
        self.ensure_one()
        return open_records(
            self.env,
            "sales_efficiency_incentive.sales_incentive_assignment_action",
            [("plan_id", "=", self.id)],
            context={"default_plan_id": self.id},
        )

    @api.readonly
    def action_open_letters(self):
        self.ensure_one()
        return open_records(
            self.env,
            "sales_efficiency_incentive.sales_incentive_acceptance_action",
            [("plan_id", "=", self.id)],
            context={"search_default_open": 1},
        )

    def _get_today(self):
        """:return: today in the time zone in which the company's figures are dated"""
        return (self.company_id or self.env.company)._get_sales_today()

    def _count(self, model, domain=()):
        """:return: dict plan -> number of records that the user may see"""
        return dict(
            self.env[model]._read_group(
                [("plan_id", "in", self.ids), *domain], ["plan_id"], ["__count"]
            )
        )
