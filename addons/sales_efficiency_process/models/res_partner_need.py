# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.fields import Domain

from odoo.addons.sales_efficiency_base.tools import open_records

from ..engine import KeyPeople, PeopleMap

PERSON = "sales_efficiency_base.group_sales_person"


class ResPartner(models.Model):
    """People, buying process, needs and solutions of a customer (policy 3.2)."""

    # pylint: disable-next=consider-merging-classes-inherited
    _inherit = "res.partner"

    sales_need_count = fields.Integer(
        string="Open Needs", compute="_compute_sales_need_counts", groups=PERSON
    )
    sales_solution_count = fields.Integer(
        string="Solutions", compute="_compute_sales_need_counts", groups=PERSON
    )
    sales_people_missing = fields.Char(
        string="Missing People",
        compute="_compute_sales_people_missing",
        groups=PERSON,
    )

    @api.depends_context("company", "uid")
    @api.depends("commercial_partner_id.sales_need_ids.state")
    def _compute_sales_need_counts(self):
        around = Domain(
            "partner_id", "in", self.commercial_partner_id._origin.ids
        ) & Domain("company_id", "=", self.env.company.id)
        needs = self.env["sales.need"]._read_group(
            around & Domain("kind", "=", "particular") & Domain("state", "=", "open"),
            ["partner_id"],
            ["__count"],
        )
        solutions = self.env["sales.solution"]._read_group(
            around & Domain("state", "!=", "replaced"), ["partner_id"], ["__count"]
        )
        needs, solutions = dict(needs), dict(solutions)
        for partner in self:
            customer = partner.commercial_partner_id._origin
            partner.sales_need_count = needs.get(customer, 0)
            partner.sales_solution_count = solutions.get(customer, 0)

    @api.depends_context("company", "lang", "uid")
    @api.depends("commercial_partner_id.sales_stakeholder_ids")
    def _compute_sales_people_missing(self):
        """Of those whose file is open to the user"""
        customers = self.commercial_partner_id._origin
        known = KeyPeople(self.env).find_customers(customers)
        for partner in self:
            customer = partner.commercial_partner_id._origin
            missing = [kind for kind, found in known.items() if customer not in found]
            is_told = bool(customer) and partner.is_sales_file_open
            partner.sales_people_missing = is_told and self._tell_people(missing)

    @api.model
    def _tell_people(self, missing):
        """:return: sentences about the people who are missing, or False"""
        texts = {
            "decider": self.env._("Nobody is known who decides."),
            "supporter": self.env._("Nobody is known who is in favour of us."),
        }
        return " ".join(texts[kind] for kind in missing) or False

    def _get_sales_people_map(self, lead=None):
        """:return: see ``PeopleMap``; of all purchases, or of one opportunity too"""
        domain = [
            ("partner_id", "=", self.commercial_partner_id.id),
            ("company_id", "=", self.env.company.id),
        ]
        if lead is not None:
            domain.append(("lead_id", "in", [lead.id, False]))
        return PeopleMap(self.env["sales.stakeholder"].search(domain)).describe()

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    @api.readonly
    def action_open_sales_process(self):
        """Open how the customer works and who decides, or begin to note it."""
        self.ensure_one()
        self.check_access("read")
        customer = self.commercial_partner_id
        view = self.env.ref(
            "sales_efficiency_process.sales_customer_file_view_form_process"
        )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("People and Process"),
            "res_model": "sales.customer.file",
            "res_id": customer.sales_file_id.id,
            "views": [(view.id, "form")],
            "context": {"default_partner_id": customer.id},
        }

    @api.readonly
    def action_open_sales_people_chart(self):
        return self._open_sales_records("sales_stakeholder_action_chart")

    @api.readonly
    def action_open_sales_buying_steps(self):
        return self._open_sales_records(
            "sales_buying_step_action", search_default_general=1
        )

    @api.readonly
    def action_open_sales_needs(self):
        return self._open_sales_records(
            "sales_need_action",
            [("kind", "=", "particular")],
            default_kind="particular",
            search_default_open=1,
        )

    @api.readonly
    def action_open_sales_solutions(self):
        return self._open_sales_records(
            "sales_solution_action", search_default_latest=1
        )

    def _open_sales_records(self, name, domain=(), **context):
        self.ensure_one()
        self.check_access("read")
        customer = self.commercial_partner_id
        return open_records(
            self.env,
            f"sales_efficiency_process.{name}",
            [("partner_id", "=", customer.id), *domain],
            context={"default_partner_id": customer.id, **context},
        )
