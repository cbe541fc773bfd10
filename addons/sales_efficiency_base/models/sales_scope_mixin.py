# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.tools import frozendict, ormcache, sql

from ..tools import Scope


class SalesScopeMixin(models.AbstractModel):
    """Who or what something is about: figures, targets and all that is compared.

    A stored many2one with these parameters is a dimension, and what inherits from
    this model has it. An add-on that brings a dimension extends this model by a field:

    - dimension: the breakdown that it belongs to. What is broken down by dimensions of
      different breakdowns is counted in each of them. Of one breakdown, the narrower
      dimension comes later.
    - in_cells: whether the monthly cells have it. So many are few, and asked for often.
    - divides: whether the figures of one document differ in it as a rule
    - implied: name of a method that returns what else says where a record lies
    - responsible: field of its records that holds the person responsible for them
    """

    _name = "sales.scope.mixin"
    _description = "Scope"

    region_id = fields.Many2one(
        comodel_name="sales.region",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        dimension="organization",
        in_cells=True,
        implied="_get_implied_regions",
    )
    team_id = fields.Many2one(
        comodel_name="crm.team",
        string="Sales Team",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        dimension="organization",
        in_cells=True,
        implied="_get_implied_teams",
        responsible="user_id",
    )
    user_id = fields.Many2one(
        comodel_name="res.users",
        string="Salesperson",
        index="btree_not_null",
        ondelete="restrict",
        domain="[('share', '=', False), ('company_ids', 'in', company_id)]",
        dimension="organization",
        in_cells=True,
        implied="_get_implied_users",
    )
    categ_id = fields.Many2one(
        comodel_name="product.category",
        string="Product Line",
        index="btree_not_null",
        ondelete="restrict",
        dimension="product",
        in_cells=True,
        divides=True,
    )
    channel_id = fields.Many2one(
        comodel_name="sales.channel",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        dimension="channel",
        in_cells=True,
        implied="_get_implied_channels",
    )
    partner_id = fields.Many2one(
        comodel_name="res.partner",
        string="Customer",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        domain="[('parent_id', '=', False)]",
        dimension="customer",
        implied="_get_implied_customers",
    )

    def _valid_field_parameter(self, field, name):
        return name in (
            "dimension",
            "in_cells",
            "divides",
            "implied",
            "responsible",
        ) or super()._valid_field_parameter(field, name)

    # ------------------------------------------------------------------
    # Dimensions
    # ------------------------------------------------------------------

    @api.model
    @ormcache()
    def _get_dimensions(self):
        """:return: dict name of a dimension -> its breakdown, the wider ones first"""
        return frozendict(
            {
                name: breakdown
                for name, field in self._fields.items()
                if (breakdown := getattr(field, "dimension", None))
            }
        )

    @api.model
    def _get_naming_dimensions(self):
        """:return: the dimensions in the order of a name: first who, the narrowest part
        of the organization, then the others"""
        dimensions = self._get_dimensions()
        organization = self._get_dimensions_of("organization")
        others = [name for name in dimensions if name not in organization]
        return [*reversed(organization), *others]

    @api.model
    def _get_dimensions_of(self, breakdown):
        return [
            name for name, value in self._get_dimensions().items() if value == breakdown
        ]

    @api.model
    def _get_paths_to_responsible(self):
        """:return: the fields that lead to who is responsible: the salesperson, then
        those responsible for what is named, the narrowest dimension first"""
        paths = [
            f"{name}.{field}"
            for name in self._get_dimensions()
            if (field := getattr(self._fields[name], "responsible", None))
        ]
        return ["user_id", *reversed(paths)]

    @api.model
    def _get_plurals(self):
        """:return: dict dimension -> what several are called, if not by its label"""
        return {
            "region_id": self.env._("Regions"),
            "team_id": self.env._("Sales teams"),
            "user_id": self.env._("Salespeople"),
            "categ_id": self.env._("Product lines"),
            "channel_id": self.env._("Channels"),
            "partner_id": self.env._("Customers"),
        }

    @api.model
    def _leave_out_wider(self, names):
        """Return some dimensions without what goes without saying: of region, team and
        person the last one named goes without the others."""
        organization = self._get_dimensions_of("organization")
        wider = [name for name in names if name in organization][:-1]
        return [name for name in names if name not in wider]

    @api.model
    def _is_tree(self, name):
        """:return: whether what is below a record of the dimension is part of it"""
        field = self._fields.get(name)
        return bool(
            field
            and field.type == "many2one"
            and self.env[field.comodel_name]._parent_store
        )

    @api.model
    def _lacks_dimensions(self):
        """:return: whether the table has no column yet for some dimension"""
        if self._abstract or not sql.table_exists(self.env.cr, self._table):
            return False
        columns = sql.table_columns(self.env.cr, self._table)
        return not set(self._get_dimensions()).issubset(columns)

    # ------------------------------------------------------------------
    # Places
    # ------------------------------------------------------------------

    def _get_scope(self):
        """:return: the :class:`Scope` that the record is about"""
        self.ensure_one()
        return Scope(self.company_id.id, **self._get_scope_ids())

    def _get_scope_ids(self):
        """:return: dict dimension -> id of what the record names in it, or False"""
        self.ensure_one()
        return {name: self[name].id for name in self._get_dimensions()}

    def _is_inside(self, parent, name):
        """Whether the record lies within what its parent names in a dimension."""
        places = self._get_place(name)
        wanted = parent[name]
        if not self._is_tree(name):
            return wanted in places
        return any(
            str(wanted.id) in (place.parent_path or "").split("/") for place in places
        )

    def _get_place(self, name):
        """Return what the record says of a dimension: itself, or what it implies."""
        self.ensure_one()
        implied = getattr(self._fields[name], "implied", None)
        return self[name] or (getattr(self, implied)() if implied else self[name])

    def _get_implied_regions(self):
        """A customer and a team imply their region."""
        customers, teams = self._get_place("partner_id"), self._get_place("team_id")
        return customers.sales_region_id | teams.sales_region_id

    def _get_implied_teams(self):
        """A salesperson implies the teams they belong to or lead."""
        return self.user_id.crm_team_ids | self.user_id.sales_led_team_ids

    def _get_implied_users(self):
        """A customer implies their salesperson."""
        return self._get_place("partner_id").user_id

    def _get_implied_channels(self):
        """A customer implies their channel."""
        return self._get_place("partner_id").sales_channel_id

    def _get_implied_customers(self):
        """Hook for add-ons: nothing implies a customer here."""
        return self.partner_id
