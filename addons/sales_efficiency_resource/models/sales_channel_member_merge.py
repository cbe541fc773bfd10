# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models
from odoo.exceptions import ValidationError
from odoo.fields import Command
from odoo.tools import SQL

from .sales_channel_member_stage import AREA

# The further a membership is, the rather it is kept.
PROGRESS = ("prospect", "suspended", "active")


class SalesChannelMember(models.Model):
    """Joins the memberships of partners that are merged."""

    # pylint: disable-next=consider-merging-classes-inherited
    _inherit = "sales.channel.member"

    @api.model
    def _merge_partners(self, src_ids, dst):
        """Make one membership of those that partners have in the same channel.

        Called before the references to the partners change. What was agreed, the
        orders, customers and papers go to the one that is kept; the other one ends.

        :param list src_ids: ids of the partners that vanish
        :param dst: the partner that is left
        """
        # sudo: whoever merges partners may not see the members of others.
        members = self.sudo().search(
            [("partner_id", "in", [*src_ids, dst.id]), ("state", "!=", "ended")]
        )
        for (_channel, _company), same in members.grouped(
            lambda member: (member.channel_id, member.company_id)
        ).items():
            kept, *others = same.sorted(
                lambda member: (
                    PROGRESS.index(member.state),
                    member.partner_id == dst,
                    -member.id,
                ),
                reverse=True,
            )
            for other in others:
                kept._join(other)

    def _join(self, other):
        """Take over what another membership has; that one is archived with its past."""
        self.ensure_one()
        other.write(
            {
                "active": False,
                "reason": self.env._("Joined with %s.", self.display_name),
            }
        )
        vals = {
            name: [Command.link(id_) for id_ in other[name].ids]
            for name in ("document_ids", "item_ids")
        }
        for name in ("contract_start", "contract_end", "review_date"):
            if not self[name] and other[name]:
                vals[name] = other[name]
        self.write(vals)
        self._take_area(other)
        self._take_references(other)
        # What both were scored for stays with the one that is archived.
        self.env["sales.scorecard.result"]._merge_members(other, self)
        self.message_post(
            body=self.env._("Joined with the membership of %s.", other.partner_id.name)
        )

    def _take_area(self, other):
        """Sell where the other one did, and what it did.

        What a prospect wishes for is nothing that was agreed. What would bind others,
        or narrow what this one has, is left to the salesperson.
        """
        is_bound = self.state != "prospect"
        if is_bound and (other.state == "prospect" or self._has_area(other)):
            return
        if not (self._can_take_area(other) and self._add_area(other)):
            self._ask_for_area(other)

    def _add_area(self, other):
        """:return: whether nobody else has the area exclusively"""
        try:
            with self.env.cr.savepoint():
                self.write({name: self[name] | other[name] for name in AREA})
        except ValidationError:
            return False
        return True

    def _has_area(self, other):
        """:return: whether the other one has no more; without regions it is all"""
        return (not other.is_exclusive or self.is_exclusive) and all(
            not self[name] or (other[name] and other[name] <= self[name])
            for name in AREA
        )

    def _can_take_area(self, other):
        """:return: whether the areas just add up"""
        if self.is_exclusive or other.is_exclusive:
            return False
        return self.state == "prospect" or all(
            bool(self[name]) == bool(other[name]) for name in AREA
        )

    def _ask_for_area(self, other):
        """Give a to-do to agree on the area anew."""
        if not (user := self._get_reminded()):
            return
        env = self.with_context(lang=user.lang).env
        to_dos = env["mail.activity"].with_context(mail_activity_quick_update=True)
        to_dos.create(
            to_dos._prepare_sales_to_do(
                self,
                user,
                "mail.mail_activity_data_todo",
                summary=env._(
                    "Agree on the area: the membership of %s, joined with this one,"
                    " had another.",
                    other.partner_id.name,
                ),
                date_deadline=self.company_id._get_sales_today(),
            )
        )

    def _take_references(self, other):
        """Have orders, opportunities, customers and targets name this membership."""
        customers = self.env["res.partner"].with_company(self.company_id)
        customers.with_context(active_test=False).search(
            [("sales_member_id", "=", other.id)]
        ).sales_member_id = self
        # Papers and to-dos; what was said stays with the one that is archived.
        own = [("res_model", "=", self._name), ("res_id", "=", other.id)]
        for model in ("mail.activity", "ir.attachment"):
            self.env[model].search(own).write({"res_id": self.id})
        self.env["sales.target"]._merge_dimension("channel_member_id", other, self)
        self._take_names(other)

    def _take_names(self, other):
        """Have orders, opportunities, and scopes such as those of rules, name this
        membership.

        As Odoo merges contacts, in the database: all stays the same, in any state of
        the records. Figures follow the orders.
        """
        self.env.flush_all()
        figures = self.pool.descendants(
            ["sales.mart.table", "sales.mart.sums"], "_inherit"
        )
        for name, model in self.env.registry.items():
            field = model._fields.get("channel_member_id")
            if field and field.store and model._auto and name not in figures:
                self.env.cr.execute(
                    SQL(
                        "UPDATE %s SET channel_member_id = %s"
                        " WHERE channel_member_id = %s",
                        SQL.identifier(model._table),
                        self.id,
                        other.id,
                    )
                )
        self.env.invalidate_all()
