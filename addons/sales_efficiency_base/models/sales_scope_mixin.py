# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import frozendict, ormcache, sql

from ..tools import Scope


class SalesScopeMixin(models.AbstractModel):
    """The scope of figures and of whatever is compared with them.

    A stored many2one with these parameters is a dimension of all inheriting models. An
    add-on adds a dimension by extending this model with a field:

    - dimension: its breakdown. Values broken down by dimensions of different
      breakdowns count in each of them. Within a breakdown, narrower dimensions come
      later.
    - in_cells: whether the monthly cells have it; for dimensions with few values that
      are often queried
    - divides: whether figures of the same document usually differ in it
    - implied: name of a method that returns the records implied by other dimensions
    - responsible: field of its records with the person responsible for them
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
    campaign_id = fields.Many2one(
        comodel_name="utm.campaign",
        index="btree_not_null",
        ondelete="restrict",
        dimension="campaign",
        responsible="user_id",
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
        """Return the dimensions: dict name -> breakdown, wider ones first."""
        return frozendict(
            {
                name: breakdown
                for name, field in self._fields.items()
                if (breakdown := getattr(field, "dimension", None))
            }
        )

    @api.model
    def _get_naming_dimensions(self):
        """Return the dimensions in the order used in names.

        The organization comes first, from narrow to wide, then the others.
        """
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
        """Return the field paths to the person responsible.

        The salesperson comes first, then the people responsible for the dimensions,
        narrowest first.
        """
        paths = [
            f"{name}.{field}"
            for name in self._get_dimensions()
            if (field := getattr(self._fields[name], "responsible", None))
        ]
        return ["user_id", *reversed(paths)]

    @api.model
    def _get_plurals(self):
        """Return plural names: dict dimension -> name, if it differs from the label."""
        return {
            "region_id": self.env._("Regions"),
            "team_id": self.env._("Sales teams"),
            "user_id": self.env._("Salespeople"),
            "categ_id": self.env._("Product lines"),
            "channel_id": self.env._("Channels"),
            "partner_id": self.env._("Customers"),
            "campaign_id": self.env._("Campaigns"),
        }

    @api.model
    def _leave_out_wider(self, names):
        """Return dimensions without redundant ones.

        Of region, team and person, only the narrowest one given is kept.
        """
        organization = self._get_dimensions_of("organization")
        wider = [name for name in names if name in organization][:-1]
        return [name for name in names if name not in wider]

    @api.model
    def _is_tree(self, name):
        """Return whether records of the dimension include their descendants."""
        field = self._fields.get(name)
        return bool(
            field
            and field.type == "many2one"
            and self.env[field.comodel_name]._parent_store
        )

    @api.model
    def _lacks_dimensions(self):
        """Return whether the table still lacks the column of a dimension."""
        if self._abstract or not sql.table_exists(self.env.cr, self._table):
            return False
        columns = sql.table_columns(self.env.cr, self._table)
        return not set(self._get_dimensions()).issubset(columns)

    @api.model
    def _get_inside_domain(self, dimensions):
        """Return the :class:`Domain` of the records within some values of dimensions:
        a node of a tree includes those below.

        :param dimensions: pairs of a dimension and its ids
        """
        return Domain.AND(
            Domain(name, "child_of" if self._is_tree(name) else "in", list(ids))
            for name, ids in dimensions
        )

    # ------------------------------------------------------------------
    # Places
    # ------------------------------------------------------------------

    def _get_scope(self):
        """Return the :class:`Scope` of the record."""
        self.ensure_one()
        return Scope(self.company_id.id, **self._get_scope_ids())

    def _get_scope_ids(self):
        """Return the values of the record: dict dimension -> id or False."""
        self.ensure_one()
        return {name: self[name].id for name in self._get_dimensions()}

    def _is_inside(self, parent, name):
        """Return whether the record is within its parent's value of a dimension."""
        places = self._get_place(name)
        wanted = parent[name]
        if not self._is_tree(name):
            return wanted in places
        return any(
            str(wanted.id) in (place.parent_path or "").split("/") for place in places
        )

    def _get_place(self, name):
        """Return the record's own or implied values of a dimension."""
        self.ensure_one()
        implied = getattr(self._fields[name], "implied", None)
        return self[name] or (getattr(self, implied)() if implied else self[name])

    def _get_implied_regions(self):
        """Return the regions of the customer and the team."""
        customers, teams = self._get_place("partner_id"), self._get_place("team_id")
        return customers.sales_region_id | teams.sales_region_id

    def _get_implied_teams(self):
        """Return the teams that the salesperson belongs to or leads."""
        return self.user_id.crm_team_ids | self.user_id.sales_led_team_ids

    def _get_implied_users(self):
        """Return the salesperson of the customer."""
        return self._get_place("partner_id").user_id

    def _get_implied_channels(self):
        """Return the channel of the customer."""
        return self._get_place("partner_id").sales_channel_id

    def _get_implied_customers(self):
        """Hook for add-ons: here, no other dimension implies a customer."""
        return self.partner_id
