# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from odoo.addons.sales_efficiency_base.tools import name_period

# Separates the parts of a scope in the name of a target
SEPARATOR = " · "


class SalesTargetScope(models.AbstractModel):
    """The scope of a target, shared by all models that list records by target."""

    _name = "sales.target.scope"
    _inherit = ["sales.responsible.mixin", "sales.guard.mixin"]
    _description = "Scope of a Sales Target"
    # Name of the field that holds the id of the target
    _target_field = "target_id"

    plan_id = fields.Many2one(
        comodel_name="sales.target.plan", required=True, index=True, ondelete="cascade"
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    metric_id = fields.Many2one(
        comodel_name="sales.metric",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
        help="Promised and measured figure.",
    )
    metric_unit = fields.Selection(related="metric_id.unit", string="Unit")
    is_additive = fields.Boolean(
        help="Figures of months and parts add up, unlike those of rates.",
    )
    responsible_id = fields.Many2one(
        comodel_name="res.users",
        index="btree_not_null",
        help="The salesperson, else the person responsible for the narrowest part of"
        " the scope, such as the team leader, else the owner of the plan.",
    )
    level = fields.Integer(
        aggregator=None,
        help="0 for a top-level target, 1 for its parts, and so on.",
    )
    breakdown = fields.Selection(
        selection=lambda self: self._selection_breakdown(),
        help="Breakdown of the parent that the target belongs to.",
    )

    is_above_own = fields.Boolean(
        compute="_compute_is_above_own",
        search="_search_is_above_own",
        export_string_translation=False,
    )

    @api.model
    def _selection_breakdown(self):
        """Name breakdowns like their dimension, except the organization."""
        labels = {
            breakdown: self._fields[name]._description_string(self.env)
            for name, breakdown in self._get_dimensions().items()
        }
        labels["organization"] = self.env._("Organization")
        return list(labels.items())

    @api.depends_context("uid", "allowed_company_ids")
    def _compute_is_above_own(self):
        above = self.filtered_domain(self._get_domain_above_own())
        for record in self:
            record.is_above_own = record in above

    @api.model
    def _search_is_above_own(self, operator, _value):
        if operator != "in":
            return NotImplemented
        return self._get_domain_above_own()

    @api.model
    def _get_domain_above_own(self):
        return Domain(self._target_field, "in", self._get_ids_above_own())

    @api.model
    def _get_ids_above_own(self):
        """Return the ids of the user's own targets and those above them, for the record
        rules, in companies that show them (Settings).

        Ids rather than a subquery: combined with the other rules, PostgreSQL can then
        still use the index.
        """
        companies = self.env.companies.filtered("sales_target_show_above")
        if not companies:
            return []
        targets = self.env["sales.target"]
        targets.flush_model(["parent_path", "responsible_id", "company_id"])
        rows = self.env.execute_query(
            SQL(
                """
                SELECT DISTINCT unnest(string_to_array(rtrim(parent_path, '/'), '/'))
                  FROM sales_target
                 WHERE responsible_id = %s AND company_id = ANY(%s)
                """,
                self.env.uid,
                companies.ids,
            )
        )
        return [int(id_) for [id_] in rows]

    @api.model
    def _get_scope_columns(self):
        """:return: names of the columns copied from the target into every row, for
        filtering and grouping"""
        return (
            "plan_id",
            "company_id",
            "metric_id",
            "is_additive",
            "responsible_id",
            "level",
            "breakdown",
            *self._get_dimensions(),
        )

    def _get_scope_name(self):
        """Return the name of the target's scope, without its metric.

        All dimensions are named, the person first: a target for a person's sales in one
        team and region does not cover all their sales.

        Names are not confidential, figures are: every screen names the scope of a
        target and of its parent, even for a customer that the user may not open.
        """
        # sudo: see above
        target, names = self.sudo(), []
        organization = self._get_dimensions_of("organization")
        for dimension in self._get_naming_dimensions():
            if place := target[dimension]:
                is_above = names and dimension in organization
                names.append(place.name if is_above else place.display_name)
        return SEPARATOR.join(names) or self.company_id.name or ""

    def _get_directors(self):
        """Return the person responsible for the plan as the director."""
        directors = super()._get_directors()
        plans = {plan: plan._get_director() for plan in self.plan_id}
        return {
            record: plans.get(record.plan_id, director)
            for record, director in directors.items()
        }

    def _format_figure(self, value):
        """:return: a figure of the metric with its unit, as text"""
        self.ensure_one()
        return self.metric_id.with_company(self.company_id)._format(value)

    @api.model
    def _get_period_name(self, period, date_from):
        """:return: name of a month, a quarter, a year or the year to date"""
        return name_period(self.env, period, date_from)

    def _get_figures_domain(self, start, end):
        """Return the domain of the figures between two days, both included."""
        self.ensure_one()
        return self._get_scope_domain(start, end) & self.metric_id._get_facts_domain()

    def _get_scope_domain(self, start, end):
        """Return the domain of all figures in the scope between two days, of any metric
        and with both days included."""
        self.ensure_one()
        domain = Domain("company_id", "=", self.company_id.id)
        domain &= Domain("date", ">=", start) & Domain("date", "<=", end)
        return domain & self._get_inside_domain(self._get_scope().dimensions)

    def _get_figures_action(self, start, end, narrower=Domain.TRUE):
        """Return the action that shows the figures between two days, both included.

        :param narrower: domain that narrows the figures further
        """
        self.ensure_one()
        domain = self._get_figures_domain(start, end) & narrower
        return self.env["sales.fact"]._get_facts_action(self.display_name, domain)

    def _add_up(self, query, *names):
        """Return the SQL condition that the rows of a group can be added up.

        Rates cannot, nor can several metrics, nor a target together with its parts.

        :param names: further fields that must be the same in all rows
        """
        same = ("metric_id", "level", "breakdown", *names)
        return SQL(
            "COUNT(DISTINCT (%s)) = 1 AND BOOL_AND(%s)",
            SQL(", ").join(self._field_to_sql(self._table, n, query) for n in same),
            self._field_to_sql(self._table, "is_additive", query),
        )
