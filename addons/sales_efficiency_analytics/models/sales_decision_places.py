# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from lxml import etree

from odoo import api, models
from odoo.exceptions import ValidationError
from odoo.tools import format_list

from odoo.addons.sales_efficiency_base.tools import Scope

DIRECTOR = "sales_efficiency_base.group_sales_director"
LEADER = "sales_efficiency_base.group_sales_leader"
SEPARATOR = " · "
# Names of the affected that are told; the others are counted.
NAMED = 3


class SalesDecision(models.Model):
    """Where a decision applies, and who may decide there."""

    # pylint: disable-next=consider-merging-classes-inherited
    _inherit = "sales.decision"

    # ------------------------------------------------------------------
    # Constraints
    # ------------------------------------------------------------------

    @api.constrains(
        lambda self: (
            "company_id",
            "responsible_id",
            "dimension",
            "scope_ids",
            *self._get_dimensions(),
        )
    )
    def _check_owner(self):
        for decision in self:
            decision._check_owner_may_see()

    @api.constrains("metric_id")
    def _check_metric(self):
        self.metric_id._check_same_for_all()

    @api.constrains(lambda self: ("dimension", "scope_ids", *self._get_dimensions()))
    def _check_scopes(self):
        for decision in self:
            name = decision.dimension
            if name and decision[name]:
                raise ValidationError(
                    self.env._(
                        "%(decision)s is compared by %(dimension)s: choose those"
                        " affected in the list, and leave it empty elsewhere.",
                        decision=decision.name,
                        dimension=self._fields[name]._description_string(self.env),
                    )
                )
            decision.scope_ids._check_places()

    # ------------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        decisions = super().create(vals_list)
        decisions._check_may_decide_for_owner()
        return decisions

    def write(self, vals):
        res = super().write(vals)
        if not self._get_measured_fields().isdisjoint(vals):
            self._check_may_decide_for_owner()
        return res

    # ------------------------------------------------------------------
    # View
    # ------------------------------------------------------------------

    @api.model
    def _get_view(self, view_id=None, view_type="form", **options):
        """Show every dimension that there is, also those of other add-ons."""
        arch, view = super()._get_view(view_id, view_type, **options)
        if view_type == "form":
            self._add_scope(arch)
            for kind, hidden in (("list", "column_invisible"), ("form", "invisible")):
                path = "//field[@name='affected_ids' or @name='compared_ids']"
                for node in arch.xpath(f"{path}/{kind}//field[@name='name']"):
                    for name in self._get_dimensions():
                        place = self._make_dimension(name)
                        place.set(hidden, f"parent.dimension != '{name}'")
                        node.addprevious(place)
        return arch, view

    @api.model
    def _add_scope(self, arch):
        """Add the dimensions that narrow a decision, in two columns."""
        names = list(self._get_dimensions())
        half = -(-len(names) // 2)
        for side, part in (("left", names[:half]), ("right", names[half:])):
            for group in arch.xpath(f"//group[@name='scope_{side}']"):
                for name in part:
                    place = self._make_dimension(name)
                    place.set("readonly", "state != 'draft'")
                    place.set(
                        "invisible",
                        f"dimension == '{name}' or state != 'draft' and not {name}",
                    )
                    group.append(place)

    @api.model
    def _make_dimension(self, name):
        """:return: the node of a dimension in a form"""
        return etree.Element("field", name=name, options="{'no_create': True}")

    # ------------------------------------------------------------------
    # Scope
    # ------------------------------------------------------------------

    def _get_scope(self):
        """Return the :class:`Scope` of all that is affected together."""
        self.ensure_one()
        ids = self._get_scope_ids()
        if self.affected_ids:
            ids[self.dimension] = self.affected_ids[self.dimension].ids
        return Scope(self.company_id.id, **ids)

    def _get_scope_of(self, record):
        """:return: the :class:`Scope` of a record of the dimension compared by"""
        self.ensure_one()
        ids = {**self._get_scope_ids(), self.dimension: record.id}
        return Scope(self.company_id.id, **ids)

    def _get_scope_text(self):
        """:return: the name of the scope, of the company if it is not narrowed"""
        self.ensure_one()
        # sudo: names are not confidential, figures are.
        decision = self.sudo()
        names = [
            decision[name].display_name
            for name in self._get_naming_dimensions()
            if decision[name]
        ]
        return SEPARATOR.join(names) or decision.company_id.name or ""

    def _get_affected_text(self):
        """:return: the names of what is affected"""
        self.ensure_one()
        lines = self.affected_ids
        if not lines:
            return self._get_scope_text()
        names = [line.name or "" for line in lines[:NAMED]]
        if len(lines) > NAMED:
            names.append(self.env._("%s more", len(lines) - NAMED))
        text = format_list(self.env, names)
        if any(self._get_scope_ids().values()):
            text = SEPARATOR.join((self._get_scope_text(), text))
        return text

    def _check_owner_may_see(self):
        """Refuse an owner who may not see the figures by which it is judged.

        :raise ValidationError: what the owner may decide on
        """
        self.ensure_one()
        owner = self.responsible_id
        if not owner._works_in(self.company_id):
            raise ValidationError(
                self.env._(
                    "%(person)s does not work in %(company)s.",
                    person=owner.name,
                    company=self.company_id.name,
                )
            )
        if owner.has_group(DIRECTOR):
            return
        if not owner.has_group(LEADER):
            raise ValidationError(
                self.env._(
                    "%s leads no team: leaders and directors decide.", owner.name
                )
            )
        if not self._is_within_led(owner):
            raise ValidationError(
                self.env._(
                    "%s only decides for the teams that they lead. Choose such a team,"
                    " or one of its people, for the decision or for each one affected"
                    " and compared.",
                    owner.name,
                )
            )

    @api.model
    def _get_measured_fields(self):
        """:return: names of the fields that say what is measured, and for whom"""
        return self._get_frozen_fields() | {"campaign_made_id", "responsible_id"}

    def _check_may_decide_for_owner(self):
        """Refuse whoever would look through the eyes of somebody who sees more.

        Effects are measured with the rights of the owner, and read by leaders of the
        team. So only the owner, their leaders and directors say what is measured.
        """
        if self.env.su or self.env.user.has_group(DIRECTOR):
            return
        for owner in self.responsible_id - self.env.user:
            if owner.has_group(DIRECTOR) or not self._is_led(owner):
                raise ValidationError(
                    self.env._(
                        "It would be measured with the rights of %s: only they, their"
                        " leaders and directors decide in their name. Name yourself as"
                        " the owner.",
                        owner.name,
                    )
                )

    @api.model
    def _is_led(self, owner):
        """:return: whether the user leads the owner, or all teams that they lead"""
        # sudo: teams are only compared.
        teams = owner.sudo().sales_led_team_ids
        below = teams.filtered_domain(self.env.user._get_led_domain(team="id"))
        return owner.is_in_led_team or bool(teams) and below == teams

    def _is_within_led(self, owner):
        """:return: whether all is of teams that a leader leads"""
        # As the owner: who is led depends on the user. sudo: only compares.
        decision = self.with_user(owner).sudo()
        domain = decision.env.user._get_led_domain(team="team_id", user="user_id")
        if decision.filtered_domain(domain):
            return True
        lines = decision.scope_ids
        return bool(lines) and lines.filtered_domain(domain) == lines

    def _is_open_to_owner(self, record):
        """:return: whether the owner may compare with a record of the dimension"""
        self.ensure_one()
        owner = self.responsible_id
        # As the owner, sudo: see ``_is_within_led``
        decision = self.with_user(owner).sudo()
        domain = decision.env.user._get_led_domain(team="team_id", user="user_id")
        if owner.has_group(DIRECTOR) or decision.filtered_domain(domain):
            return True
        line = decision.scope_ids.new({self.dimension: record.id})
        return bool(line.filtered_domain(domain))
