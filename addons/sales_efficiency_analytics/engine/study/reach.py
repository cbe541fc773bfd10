# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.exceptions import UserError
from odoo.fields import Domain

from odoo.addons.sales_efficiency_base.tools import Scope


class StudyReach:
    """Whose figures a user may study: the company's, those of the teams led, or their
    own. Record rules of figures say the same.

    :param user: ``res.users`` record
    :param company: company of the figures
    """

    def __init__(self, user, company):
        self.env = user.with_user(user).env
        # sudo: roles and teams of the user alone, whoever asks.
        self._user = user.sudo()
        self._company = company
        self.kind, self._dimensions = self._find()

    def _find(self):
        """:return: kind of reach, and the ids of the dimension that limits it"""
        if self._user.has_group("sales_efficiency_base.group_sales_director"):
            return "company", {}
        teams = self._user.sales_led_team_ids
        if teams and self._user.has_group("sales_efficiency_base.group_sales_leader"):
            return "team", {"team_id": teams.ids}
        return "own", {"user_id": self._user.ids}

    def is_allowed(self):
        """Return whether the user still works with figures of the company."""
        return self._user._works_in(self._company) and self._user.has_group(
            "sales_efficiency_base.group_sales_person"
        )

    def narrow(self, asked):
        """Return the ids by dimension of what was asked, as far as the user may see it.

        :param dict asked: id by dimension
        :raise UserError: if it lies outside
        """
        ids = {name: [id_] for name, id_ in asked.items() if id_}
        for name, limits in self._dimensions.items():
            if name not in ids:
                ids[name] = limits
            elif not self._is_within(name, ids[name][0]):
                raise UserError(self._explain())
        return ids

    def get_scope(self, asked, **row):
        """Return the :class:`Scope` of what was asked.

        :param dict asked: see ``narrow``
        :param row: dimension and id of a row, which is a part of it
        """
        return Scope(self._company.id, **(self.narrow(asked) | row))

    def _is_within(self, name, id_):
        if name != "team_id":
            return id_ in self._dimensions[name]
        # sudo: only ids of teams, to find those below what the owner leads
        teams = self.env["crm.team"].sudo().with_context(active_test=False)
        led = self._user._get_led_domain(team="id")
        return bool(teams.search_count(led & Domain("id", "=", id_)))

    def _explain(self):
        if self.kind == "team":
            return self.env._(
                "You may ask about the teams that you lead. Choose one of them, or"
                " none."
            )
        return self.env._(
            "You may ask about your own figures. Choose yourself, or nobody."
        )
