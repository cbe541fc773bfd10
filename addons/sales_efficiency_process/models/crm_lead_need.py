# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from odoo.addons.sales_efficiency_base.tools import open_records

from ..engine import KeyPeople

PERSON = "sales_efficiency_base.group_sales_person"


class CrmLead(models.Model):
    """People, buying process, needs and solutions of an opportunity (policy 3.2)."""

    # pylint: disable-next=consider-merging-classes-inherited
    _inherit = "crm.lead"

    sales_need_ids = fields.One2many(
        comodel_name="sales.need",
        inverse_name="lead_id",
        string="Needs",
        copy=False,
        groups=PERSON,
    )
    sales_solution_ids = fields.One2many(
        comodel_name="sales.solution",
        inverse_name="lead_id",
        string="Solutions",
        copy=False,
        groups=PERSON,
    )
    sales_buying_step_ids = fields.One2many(
        comodel_name="sales.buying.step",
        inverse_name="lead_id",
        string="Steps of the Buying Process",
        copy=False,
        groups=PERSON,
    )
    sales_need_count = fields.Integer(
        string="Open Needs", compute="_compute_sales_need_counts", groups=PERSON
    )
    sales_solution_count = fields.Integer(
        string="Number of Solutions",
        compute="_compute_sales_need_counts",
        groups=PERSON,
    )
    is_sales_decider_known = fields.Boolean(
        string="Decision Maker Known",
        compute="_compute_sales_key_people",
        search="_search_is_sales_decider_known",
        groups=PERSON,
    )
    is_sales_supporter_known = fields.Boolean(
        string="Supporter Known",
        compute="_compute_sales_key_people",
        search="_search_is_sales_supporter_known",
        groups=PERSON,
    )
    sales_people_missing = fields.Char(
        string="Missing People", compute="_compute_sales_key_people", groups=PERSON
    )
    sales_people_map = fields.Json(
        compute="_compute_sales_people_map",
        groups=PERSON,
        export_string_translation=False,
    )

    @api.depends("sales_need_ids.state", "sales_solution_ids.state")
    @api.depends_context("uid")
    def _compute_sales_need_counts(self):
        around = Domain("lead_id", "in", self._origin.ids)
        needs = self.env["sales.need"]._read_group(
            around & Domain("state", "=", "open"), ["lead_id"], ["__count"]
        )
        solutions = self.env["sales.solution"]._read_group(
            around & Domain("state", "!=", "replaced"), ["lead_id"], ["__count"]
        )
        needs, solutions = dict(needs), dict(solutions)
        for lead in self:
            lead.sales_need_count = needs.get(lead._origin, 0)
            lead.sales_solution_count = solutions.get(lead._origin, 0)

    # ------------------------------------------------------------------
    # People
    # ------------------------------------------------------------------

    @api.depends(
        "partner_id",
        "company_id",
        "type",
        "sales_stakeholder_ids.role",
        "sales_stakeholder_ids.attitude",
        "sales_stakeholder_ids.active",
    )
    @api.depends_context("company", "lang", "uid")
    def _compute_sales_key_people(self):
        """Nothing is missing where the user may not see who is there."""
        leads = self._origin
        known = KeyPeople(self.env).find_leads(leads)
        told = self.with_context(active_test=False).search(
            Domain("id", "in", leads.ids)
            & Domain("type", "=", "opportunity")
            & self._get_sales_people_domain()
        )
        partners = self.env["res.partner"]
        for lead in self:
            missing = [
                kind
                for kind, found in known.items()
                if lead._origin in told and lead._origin not in found
            ]
            lead.is_sales_decider_known = lead._origin in known["decider"]
            lead.is_sales_supporter_known = lead._origin in known["supporter"]
            lead.sales_people_missing = partners._tell_people(missing)

    @api.model
    def _search_is_sales_decider_known(self, operator, value):
        return self._search_sales_key_people("decider", operator, value)

    @api.model
    def _search_is_sales_supporter_known(self, operator, value):
        return self._search_sales_key_people("supporter", operator, value)

    @api.model
    def _search_sales_key_people(self, kind, operator, value):
        """Unknown are people only where the user might see them."""
        if operator not in ("in", "not in"):
            return NotImplemented
        self.env["sales.stakeholder"].flush_model()
        self.flush_model(["partner_id", "company_id"])
        self.env["res.partner"].flush_model(["commercial_partner_id"])
        leads = KeyPeople(self.env).sql_leads(kind)
        known = Domain.custom(
            to_sql=lambda _leads, alias, _query: SQL(
                "%s IN %s", SQL.identifier(alias, "id"), leads
            )
        )
        if (True in value) == (operator == "in"):
            return known
        return ~known & self._get_sales_people_domain()

    @api.model
    def _get_sales_people_domain(self):
        """:return: the domain of the opportunities whose people the user may read"""
        user = self.env.user
        if self.env.su or user.has_group("sales_efficiency_base.group_sales_director"):
            return Domain.TRUE
        customer = "partner_id.commercial_partner_id.user_id"
        own = Domain("user_id", "=", user.id) | Domain(customer, "=", user.id)
        if not user.has_group("sales_efficiency_base.group_sales_leader"):
            return own
        return own | user._get_led_domain(team="team_id", user=customer)

    @api.depends("partner_id", "company_id", "sales_stakeholder_ids")
    @api.depends_context("company", "lang", "uid")
    def _compute_sales_people_map(self):
        for lead in self:
            company = lead.company_id or self.env.company
            customer = lead.partner_id._origin.with_company(company)
            lead.sales_people_map = bool(customer) and customer._get_sales_people_map(
                lead._origin
            )

    def _merge_dependences(self, opportunities):
        """Needs, steps and solutions stay with the opportunity that is left."""
        res = super()._merge_dependences(opportunities)
        # sudo: those of the merged opportunities, which the user may merge
        lead_sudo = self.sudo()
        others = (opportunities - self).sudo()
        for parts in (
            others.sales_need_ids,
            others.sales_buying_step_ids,
            others.sales_solution_ids,
        ):
            parts._follow_lead(lead_sudo)
        return res

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_copy_sales_steps(self):
        """Take over the steps that all purchases of the customer take."""
        self.ensure_one()
        self.check_access("write")
        self.env["sales.buying.step"]._copy_usual(self)

    def action_create_solution(self):
        """Begin a solution that answers the open needs of the opportunity."""
        self.ensure_one()
        self.check_access("read")
        needs = self.sales_need_ids.filtered(lambda need: need.state == "open")
        solution = self.env["sales.solution"]._create_from(needs, self)
        return solution._get_records_action()

    @api.readonly
    def action_open_sales_process(self):
        self.ensure_one()
        self.check_access("read")
        return self.partner_id.action_open_sales_process()

    @api.readonly
    def action_open_sales_people_chart(self):
        """Open all who decide at the customer, on this opportunity or in general."""
        self.ensure_one()
        self.check_access("read")
        return open_records(
            self.env,
            "sales_efficiency_process.sales_stakeholder_action_chart",
            [
                ("partner_id", "=", self.sales_customer_id.id),
                ("lead_id", "in", [self.id, False]),
            ],
            context=self._get_sales_defaults(),
        )

    @api.readonly
    def action_open_sales_needs(self):
        return self._open_sales_records(
            "sales_need_action", default_kind="particular", search_default_open=1
        )

    @api.readonly
    def action_open_sales_solutions(self):
        return self._open_sales_records(
            "sales_solution_action", search_default_latest=1
        )

    def _open_sales_records(self, name, **context):
        self.ensure_one()
        self.check_access("read")
        return open_records(
            self.env,
            f"sales_efficiency_process.{name}",
            [("lead_id", "=", self.id)],
            context={**self._get_sales_defaults(), **context},
        )

    def _get_sales_defaults(self):
        company = self.company_id or self.env.company
        return {
            "default_partner_id": self.sales_customer_id.id,
            "default_company_id": company.id,
            "default_lead_id": self.id,
        }
