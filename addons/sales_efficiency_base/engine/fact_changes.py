# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Changes of facts: writes them, and with them all that is summed from the facts"""

from odoo.tools import SQL

from .fact_terms import FACT_KEY

CHANGES = SQL.identifier("change")
# 1 of a fact as it is now, -1 of a fact as it was, 0 of one that stays as it is
SIGN = SQL.identifier("sign")


class FactChanges:
    """Brings facts up to date, and the sums by what has changed.

    One statement compares, writes, sums up and tells add-ons. A fact that is right
    already is not written, nor is a sum whose changes cancel each other out: most
    changes of a document concern one of its lines, or leave its month.

    :param env: environment
    """

    def __init__(self, env):
        self.env = env
        self._facts = env["sales.fact"]
        self._types = self._facts._get_columns()
        self._columns = [name for name in self._types if name != "id"]
        self._names = SQL(", ").join(map(SQL.identifier, self._columns))

    def refresh(self, source, ids):
        """Bring the facts of some documents up to date.

        :param source: model of a ``sales.fact.source``
        :param list ids: the documents, existing or not
        """
        if ids:
            self._write(
                self._sql_changes(source, ids),
                SQL(
                    """
                    -- Found by an array: thousands of ids are looked up, never joined.
                    DELETE FROM sales_fact
                     WHERE id = ANY (ARRAY(SELECT gone FROM %s WHERE gone IS NOT NULL))
                    """,
                    CHANGES,
                ),
                self._sql_store(),
            )

    def rename_customers(self, partner_ids, partner_id):
        """Move the facts of some customers to another one."""
        of_partners = SQL("partner_id = ANY(%s)", list(partner_ids))
        renamed = SQL(", ").join(
            SQL("%s", partner_id) if name == "partner_id" else SQL.identifier(name)
            for name in self._columns
        )
        self._write(
            SQL(
                "SELECT -1 AS sign, %(names)s FROM sales_fact WHERE %(of_partners)s"
                " UNION ALL"
                " SELECT 1, %(renamed)s FROM sales_fact WHERE %(of_partners)s",
                names=self._names,
                renamed=renamed,
                of_partners=of_partners,
            ),
            SQL(
                "UPDATE sales_fact SET partner_id = %s WHERE %s",
                partner_id,
                of_partners,
            ),
        )

    def _write(self, changes, *statements):
        """Write changes of facts together with what follows from them.

        :param SQL changes: SELECT of the facts as they were and as they are, with
            their ``sign``
        :param statements: what writes them
        """
        sums = [self.env[name] for name in ("sales.fact.cell", "sales.fact.total")]
        parts = [
            *statements,
            *self.env["sales.mart"]._get_followers(CHANGES, SIGN),
            *(
                SQL("%s RETURNING id, facts", table._add(CHANGES, SIGN))
                for table in sums
            ),
        ]
        names = [SQL.identifier(f"part_{number}") for number, _ in enumerate(parts)]
        rows = self.env.execute_query(
            SQL(
                "WITH %s AS MATERIALIZED (%s), %s %s",
                CHANGES,
                changes,
                SQL(", ").join(
                    SQL("%s AS (%s)", name, part)
                    for name, part in zip(names, parts, strict=True)
                ),
                SQL(" UNION ALL ").join(
                    SQL("SELECT %s, id FROM %s WHERE facts = 0", table._table, name)
                    for table, name in zip(sums, names[-len(sums) :], strict=True)
                ),
            )
        )
        for table in sums:
            table._delete_empty([id_ for name, id_ in rows if name == table._table])
        self._facts.invalidate_model()

    def _sql_changes(self, source, ids):
        """Return the SELECT of the facts of documents, as they were and as they are.

        Those that stay are there once: add-ons may follow what facts do not have.

        A full join is never done by nested loops. The planner, who takes the facts for
        a few, would look through all of them for each otherwise.
        """
        return SQL(
            """
            SELECT fact.*
              FROM (%(expected)s) AS new
              FULL JOIN (
                   SELECT id, %(names)s FROM sales_fact
                    WHERE source = %(source)s AND res_id = ANY(%(ids)s)) AS old
                ON %(same_key)s
             CROSS JOIN LATERAL (
                   SELECT ((%(old)s) IS DISTINCT FROM (%(new)s))::int AS differs
                   ) AS pair
             CROSS JOIN LATERAL (
                   SELECT -1 AS sign,
                          CASE WHEN new.res_id IS NULL THEN old.id END AS gone,
                          %(old)s
                    WHERE pair.differs = 1
                    UNION ALL
                   SELECT pair.differs, NULL, %(new)s) AS fact
             WHERE fact.res_id IS NOT NULL
            """,
            expected=self._sql_expected(source, ids),
            names=self._names,
            source=source._code,
            ids=ids,
            same_key=SQL(" AND ").join(
                SQL("new.%(c)s = old.%(c)s", c=SQL.identifier(name))
                for name in FACT_KEY
            ),
            old=self._list("old"),
            new=self._list("new"),
        )

    def _sql_expected(self, source, ids):
        """Return the SELECT of a source with the types of the stored columns."""
        return SQL(
            "SELECT %s FROM (%s) AS expected",
            SQL(", ").join(
                SQL("%(c)s::%(type)s", c=SQL.identifier(c), type=SQL(self._types[c]))
                for c in self._columns
            ),
            source._query(ids),
        )

    def _sql_store(self):
        """Return the statement that inserts or updates the facts as they are now."""
        key = ("source", *FACT_KEY)
        return SQL(
            "INSERT INTO sales_fact (%(names)s)"
            " SELECT %(names)s FROM %(changes)s WHERE sign = 1"
            " ON CONFLICT (%(key)s) DO UPDATE SET %(values)s",
            names=self._names,
            changes=CHANGES,
            key=SQL(", ").join(map(SQL.identifier, key)),
            values=SQL(", ").join(
                SQL("%(c)s = EXCLUDED.%(c)s", c=SQL.identifier(name))
                for name in self._columns
                if name not in key
            ),
        )

    def _list(self, table):
        return SQL(", ").join(SQL.identifier(table, name) for name in self._columns)
