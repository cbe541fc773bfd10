# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import Command, api, fields, models
from odoo.fields import Domain
from odoo.tools import format_date

from ..engine import CompanySetup, RegionsFromCustomers
from ..tools import open_records


class OnboardingOnboardingStep(models.Model):
    """The first steps of a new company. The data says whether a step is done.

    An add-on adds a step with a record and up to three methods named after its
    ``sales_code``::

        def _get_sales_step_visits(self):
            return {"is_done": ..., "state": ..., "proposal": ...}

        @api.model
        def action_open_sales_visits(self):
            return {...}  # an action

        @api.model
        def action_accept_sales_visits(self):
            ...  # does what is proposed; may return an action that shows it
    """

    _inherit = "onboarding.onboarding.step"

    sales_code = fields.Char(
        string="Code of First Step",
        help="Names the methods that tell whether the step is done.",
    )

    def _compute_current_progress(self):
        res = super()._compute_current_progress()
        for step in self.filtered("sales_code"):
            is_done = step._get_sales_step(step.sales_code)["is_done"]
            step.current_step_state = "done" if is_done else "not_done"
        return res

    @api.model
    def _get_sales_step(self, code):
        """Return how far a step is in the current company.

        :return: dict of ``is_done`` and, as far as known, ``state`` (what there is),
            ``proposal`` (the label of a button that does the step) and ``is_allowed``
            (whether the user may do the step)
        """
        return getattr(self, f"_get_sales_step_{code}")()

    @api.model
    def _is_sales_company_set_up(self):
        """Hook for add-ons: whether steps that are left matter no more.

        Then they are shown only to directors who ask for them.
        """
        return False

    # ------------------------------------------------------------------
    # Company
    # ------------------------------------------------------------------

    @api.model
    def _get_sales_step_company(self):
        setup = CompanySetup(self.env.company)
        is_allowed = self.env.is_system()
        return {
            "is_done": setup.is_done(),
            "state": setup.describe(),
            "proposal": is_allowed and setup.describe_proposal(),
            "is_allowed": is_allowed,
        }

    @api.model
    @api.readonly
    def action_open_sales_company(self):
        return self.env["ir.actions.act_window"]._for_xml_id(
            "sales_efficiency_base.res_config_settings_action"
        )

    @api.model
    def action_accept_sales_company(self):
        company = self.env.company
        currency = company.currency_id
        CompanySetup(company).accept()
        if company.currency_id != currency:
            # The client learns the currencies of its figures when the page is loaded.
            return {"type": "ir.actions.client", "tag": "reload"}
        return None

    # ------------------------------------------------------------------
    # Regions
    # ------------------------------------------------------------------

    @api.model
    def _get_sales_step_regions(self):
        count = self.env["sales.region"].search_count(self._get_sales_company_domain())
        return {
            "is_done": bool(count),
            "state": count and self.env._("Regions: %s", count),
            "proposal": not count and RegionsFromCustomers(self.env).describe(),
        }

    @api.model
    @api.readonly
    def action_open_sales_regions(self):
        return open_records(self.env, "sales_efficiency_base.sales_region_action")

    @api.model
    def action_accept_sales_regions(self):
        RegionsFromCustomers(self.env).apply()

    # ------------------------------------------------------------------
    # Teams
    # ------------------------------------------------------------------

    @api.model
    def _get_sales_step_teams(self):
        teams, lacking = self._get_sales_teams(), self._get_sales_people_without_role()
        people = teams.member_ids | teams.user_id | teams.sales_support_ids
        without = self.env["res.users"].union(*lacking.values())
        is_done = bool(teams.user_id and teams.member_ids - teams.user_id)
        state = self.env._(
            "Teams: %(teams)s · people: %(people)s",
            teams=len(teams),
            people=len(people),
        )
        if without:
            state = self.env._(
                "%(teams_and_people)s; without a role: %(names)s",
                teams_and_people=state,
                names=", ".join(without[:5].mapped("name")),
            )
        may_give = self.env.user.has_group("base.group_erp_manager")
        return {
            "is_done": is_done and not without,
            "state": bool(teams) and state,
            "proposal": bool(without) and may_give and self._propose_roles(without),
        }

    @api.model
    def _propose_roles(self, people):
        if len(people) == 1:
            return self.env._("Give a Role to %s", people.name)
        return self.env._("Give Roles to %s People", len(people))

    @api.model
    @api.readonly
    def action_open_sales_teams(self):
        return self.env["ir.actions.act_window"]._for_xml_id(
            "sales_efficiency_base.crm_team_action"
        )

    @api.model
    def action_accept_sales_teams(self):
        """Make leaders of teams team leaders, members salespeople, and those who serve
        teams sales support."""
        for xmlid, users in self._get_sales_people_without_role().items():
            # Not `|=`: that would give each of them the groups of all.
            users.write({"group_ids": [Command.link(self.env.ref(xmlid).id)]})

    @api.model
    def _get_sales_teams(self):
        return self.env["crm.team"].search(self._get_sales_company_domain())

    @api.model
    def _get_sales_people_without_role(self):
        """:return: dict xmlid of a role -> the users of teams who lack it"""
        teams = self._get_sales_teams()
        # sudo: which of the people have which role is seen by directors anyway.
        return {
            xmlid: users.filtered(lambda user, x=xmlid: not user.sudo().has_group(x))
            for xmlid, users in (
                ("sales_efficiency_base.group_sales_leader", teams.user_id),
                (
                    "sales_efficiency_base.group_sales_support",
                    teams.sales_support_ids - teams.user_id,
                ),
                (
                    "sales_efficiency_base.group_sales_person",
                    teams.member_ids - teams.user_id - teams.sales_support_ids,
                ),
            )
        }

    # ------------------------------------------------------------------
    # Past sales
    # ------------------------------------------------------------------

    @api.model
    def _get_sales_step_history(self):
        first, last = self.env.company._get_sales_months()
        return {
            "is_done": bool(first),
            "state": first
            and self.env._(
                "Sales from %(first)s to %(last)s",
                first=format_date(self.env, first, date_format="yyyy-MM"),
                last=format_date(self.env, last, date_format="yyyy-MM"),
            ),
        }

    @api.model
    @api.readonly
    def action_open_sales_history(self):
        return self.env["ir.actions.act_window"]._for_xml_id(
            "sales_efficiency_base.sales_import_sales_action"
        )

    # ------------------------------------------------------------------
    # Product lines
    # ------------------------------------------------------------------

    @api.model
    def _get_sales_step_lines(self):
        products = self.env["product.template"]
        domain = self._get_sales_product_domain()
        total = products.search_count(domain)
        without = products.search_count(domain & Domain("categ_id", "=", False))
        return {
            "is_done": bool(total) and not without,
            "state": total
            and self.env._(
                "Products in a product line: %(placed)s of %(total)s",
                placed=total - without,
                total=total,
            ),
        }

    @api.model
    @api.readonly
    def action_open_sales_lines(self):
        """Show the products without a line, in a list that edits many at once."""
        domain = self._get_sales_product_domain()
        without = domain & Domain("categ_id", "=", False)
        has_some = self.env["product.template"].search_count(without, limit=1)
        return open_records(
            self.env,
            "sale.product_template_action",
            without if has_some else domain,
            context={"default_sale_ok": True},
            views=[(False, "list"), (False, "form")],
        )

    @api.model
    def _get_sales_product_domain(self):
        return self._get_sales_company_domain() & Domain("sale_ok", "=", True)

    @api.model
    def _get_sales_company_domain(self):
        return Domain("company_id", "in", (False, self.env.company.id))
