# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import hashlib
import logging

from psycopg2 import Error

from odoo.tools import SQL

from .relations import MartRelations

_logger = logging.getLogger(__name__)

SCHEMA = "sales_bi"
# What `bi-user` writes on a role that it has made, before the name of its database
MARK = "Reads sales_bi of the database "


class BiViews:
    """The views by which BI tools read the mart, in a schema of their own.

    Whoever connects is a role of PostgreSQL that `script/bi-user` has made and that may
    read nothing else. Which companies it reads, and in which language, `sales.bi.role`
    says; its name is the one that was authenticated, which nobody can change. The views
    are barriers: no function of the reader's sees rows that are not the reader's.

    :param env: environment
    """

    def __init__(self, env):
        self.env = env
        self._cr = env.cr

    # ------------------------------------------------------------------
    # Definition
    # ------------------------------------------------------------------

    def get_definitions(self):
        """:return: dict name of a view -> its SELECT"""
        roles = self.env["sales.bi.role"]
        companies = roles._fields["company_ids"]
        of_reader = SQL("role.name = session_user::varchar AND role.active")
        relations = MartRelations(
            self.env,
            companies=SQL(
                "ARRAY(SELECT company.%s FROM sales_bi_role role"
                " JOIN %s company ON company.%s = role.id WHERE %s)",
                SQL.identifier(companies.column2),
                SQL.identifier(companies.relation),
                SQL.identifier(companies.column1),
                of_reader,
            ),
            language=SQL(
                "(SELECT role.lang FROM sales_bi_role role WHERE %s)", of_reader
            ),
        )
        return {
            name: relation.sql_view() for name, relation in relations.get_all().items()
        }

    def renew(self):
        """Make the views anew if their definition has changed, or one is missing."""
        definitions = self.get_definitions()
        fingerprint = self._get_fingerprint(definitions)
        if self._read_state() == (fingerprint, sorted(definitions)):
            self.grant()
            return
        schema = SQL.identifier(SCHEMA)
        self._cr.execute(SQL("CREATE SCHEMA IF NOT EXISTS %s", schema))
        for name in self._read_views():
            self._cr.execute(
                SQL("DROP VIEW IF EXISTS %s CASCADE", SQL.identifier(SCHEMA, name))
            )
        for name, select in definitions.items():
            self._cr.execute(
                SQL(
                    "CREATE VIEW %s WITH (security_barrier) AS %s",
                    SQL.identifier(SCHEMA, name),
                    select,
                )
            )
        self._cr.execute(SQL("COMMENT ON SCHEMA %s IS %s", schema, fingerprint))
        self.grant()

    def _get_fingerprint(self, definitions):
        texts = [
            self._cr.mogrify(select.code, select.params)
            for _name, select in sorted(definitions.items())
        ]
        return hashlib.sha256(b"\n".join(texts)).hexdigest()

    def _read_state(self):
        rows = self.env.execute_query(
            SQL(
                "SELECT obj_description(oid, 'pg_namespace') FROM pg_namespace"
                " WHERE nspname = %s",
                SCHEMA,
            )
        )
        return (rows[0][0] if rows else None), sorted(self._read_views())

    def _read_views(self):
        rows = self.env.execute_query(
            SQL("SELECT viewname FROM pg_views WHERE schemaname = %s", SCHEMA)
        )
        return [name for (name,) in rows]

    # ------------------------------------------------------------------
    # Roles
    # ------------------------------------------------------------------

    def grant(self):
        """Let the roles of this database read the views, and do nothing else."""
        schema = SQL.identifier(SCHEMA)
        roles = self.read_roles()
        if roles:
            # `bi-user` has revoked it; a database that was restored does not know.
            self._cr.execute(
                SQL(
                    "REVOKE TEMPORARY ON DATABASE %s FROM PUBLIC",
                    SQL.identifier(self._cr.dbname),
                )
            )
        for name in roles:
            role = SQL.identifier(name)
            self._cr.execute(SQL("GRANT USAGE ON SCHEMA %s TO %s", schema, role))
            self._cr.execute(
                SQL("GRANT SELECT ON ALL TABLES IN SCHEMA %s TO %s", schema, role)
            )

    def read_roles(self):
        """Return the names of the roles that this server has for this database.

        One that was restored elsewhere has none there, whoever else has that name.
        """
        rows = self.env.execute_query(
            SQL(
                "SELECT rolname FROM pg_roles"
                " WHERE shobj_description(oid, 'pg_authid') = %s || current_database()"
                " AND rolname IN (SELECT name FROM sales_bi_role) ORDER BY rolname",
                MARK,
            )
        )
        return [name for (name,) in rows]

    def drop(self):
        """Remove the views, their schema, and the roles that could read them."""
        roles = self.read_roles()
        schema = SQL.identifier(SCHEMA)
        self._drop_roles(roles)
        self._cr.execute(SQL("DROP SCHEMA IF EXISTS %s CASCADE", schema))
        if roles:
            # As PostgreSQL makes databases: `bi-user` had revoked it.
            self._cr.execute(
                SQL(
                    "GRANT TEMPORARY ON DATABASE %s TO PUBLIC",
                    SQL.identifier(self._cr.dbname),
                )
            )

    def _drop_roles(self, names):
        """Drop roles, by the function that the maker of these roles has left: Odoo
        itself may make and drop none."""
        for name in names:
            try:
                with self._cr.savepoint(flush=False):
                    self._cr.execute(SQL("SELECT sales_bi.drop_user(%s)", name))
            except Error as error:
                _logger.warning(
                    "The role %s of PostgreSQL is left: DROP ROLE %s (%s)",
                    name,
                    name,
                    error,
                )
