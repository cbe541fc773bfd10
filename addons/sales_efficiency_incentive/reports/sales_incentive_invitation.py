# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models
from odoo.tools import SQL


class SalesIncentiveInvitation(models.Model):
    """A reward in kind as those see it who take part: without its cost."""

    _name = "sales.incentive.invitation"
    _description = "Invitation to a Reward in Kind"
    _auto = False
    _order = "date desc, id desc"

    user_id = fields.Many2one(
        comodel_name="res.users", string="Takes Part", readonly=True
    )
    company_id = fields.Many2one(comodel_name="res.company", readonly=True)
    name = fields.Char(readonly=True)
    kind = fields.Selection(
        selection=lambda self: self._selection_of_reward("kind"), readonly=True
    )
    state = fields.Selection(
        selection=lambda self: self._selection_of_reward("state"), readonly=True
    )
    date = fields.Date(readonly=True)
    place = fields.Char(readonly=True)
    responsible_id = fields.Many2one(
        comodel_name="res.users", string="Responsible", readonly=True
    )
    description = fields.Text(readonly=True)

    _depends = {
        "sales.incentive.reward": [
            "company_id",
            "date",
            "description",
            "kind",
            "name",
            "participant_ids",
            "place",
            "state",
            "user_id",
        ]
    }

    def _selection_of_reward(self, name):
        field = self.env["sales.incentive.reward"]._fields[name]
        return field._description_selection(self.env)

    @property
    def _table_query(self):
        """Nobody is told of what is not approved yet, and may never be."""
        relation = self.env["sales.incentive.reward"]._fields["participant_ids"]
        return SQL(
            """
            SELECT ROW_NUMBER() OVER (ORDER BY r.id, p.%(user)s) AS id,
                   p.%(user)s AS user_id, r.company_id, r.name, r.kind, r.state,
                   r.date, r.place, r.user_id AS responsible_id, r.description
              FROM sales_incentive_reward r
              JOIN %(relation)s p ON p.%(reward)s = r.id
             WHERE r.state IN ('approved', 'held')
            """,
            relation=SQL.identifier(relation.relation),
            reward=SQL.identifier(relation.column1),
            user=SQL.identifier(relation.column2),
        )
