# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tools import SQL

from odoo.addons.sales_efficiency_base.engine import LEADS, Dimensions

AND = SQL(" AND ")
DIRECTOR = "sales_efficiency_base.group_sales_director"
LEADER = "sales_efficiency_base.group_sales_leader"


class SeenPeople:
    """Whose opportunities a user may analyse: the same as whose figures, their own,
    those of the teams they lead, or all.

    :param env: environment of the user
    """

    def __init__(self, env):
        self._uid = env.uid
        self._all = env.su or env.user.has_group(DIRECTOR)
        self._teams = self._users = ()
        if not self._all and env.user.has_group(LEADER):
            led = env.user._get_led_domain(team="id")
            # sudo: only ids, of those whom the user leads
            teams = env["crm.team"].sudo().with_context(active_test=False)
            users = env["res.users"].with_context(active_test=False)
            self._teams = teams.search(led).ids
            self._users = users.search([("is_in_led_team", "=", True)]).ids

    def includes(self, scope):
        """Return whether the user sees all of a scope.

        :param scope: record of a model with the dimensions
        """
        return (
            self._all
            or scope.user_id.id in (self._uid, *self._users)
            or scope.team_id.id in self._teams
        )

    def sql(self, user, team):
        """Return the condition on the salesperson and the team of a row.

        :param SQL user: column of the salesperson
        :param SQL team: column of the team
        """
        if self._all:
            return SQL("TRUE")
        return SQL(
            "(%(user)s = ANY(%(users)s) OR %(team)s = ANY(%(teams)s))",
            user=user,
            team=team,
            users=[self._uid, *self._users],
            teams=list(self._teams),
        )


class Opportunities:
    """Selects the opportunities of a scope, by the columns that their figures have.

    :param env: environment of the user
    :param scope: :class:`Scope`
    :param seen: :class:`SeenPeople`
    """

    def __init__(self, env, scope, seen):
        self.env, self._scope, self._seen = env, scope, seen
        columns = env["sales.fact.source.opportunity"]._get_columns()
        dimensions = env["sales.scope.mixin"]._get_dimensions()
        #: company and dimensions of an opportunity -> SQL over ``LEADS``
        self.columns = {
            name: column
            for name, column in columns.items()
            if name == "company_id" or name in dimensions
        }
        self._dimensions = Dimensions(env).of_scopes([scope])

    def sql(self, columns):
        """Return the SELECT of the opportunities of the scope.

        :param dict columns: name -> SQL over ``LEADS``
        """
        return SQL(
            "SELECT l.id, %s FROM %s WHERE l.type = 'opportunity' AND %s",
            SQL(", ").join(
                SQL("%s AS %s", column, SQL.identifier(name))
                for name, column in columns.items()
            ),
            LEADS,
            self.condition(self.columns),
        )

    def sql_all(self):
        """Return the SELECT of the company's opportunities, whoever sees them, with
        their dimensions."""
        return SQL(
            "SELECT l.id, %s FROM %s WHERE l.type = 'opportunity' AND %s = %s",
            SQL(", ").join(
                SQL("%s AS %s", column, SQL.identifier(name))
                for name, column in self.columns.items()
            ),
            LEADS,
            self.columns["company_id"],
            self._scope.company_id,
        )

    def condition(self, columns):
        """Return the condition that a row lies in the scope, and may be seen.

        :param dict columns: dimension -> its column; those that rows lack are in no
            scope that names them
        """
        inside = [
            SQL("%s = ANY(%s)", columns[name], list(self._dimensions[name].expand(ids)))
            if name in columns
            else SQL("FALSE")
            for name, ids in self._scope.dimensions
        ]
        return AND.join(
            [
                SQL("%s = %s", columns["company_id"], self._scope.company_id),
                *inside,
                self._seen.sql(columns["user_id"], columns["team_id"]),
            ]
        )
