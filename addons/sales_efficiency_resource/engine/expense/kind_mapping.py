# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tools import SQL


class KindMapping:
    """What kind of expense an item belongs to, in SQL (policy 5.3.1).

    The product decides, then its category or the nearest one above it, then the
    account. No two active kinds of a company map the same; an archived kind keeps what
    it has until an active one takes it over.
    """

    def ctes(self):
        """Return the common table expressions that ``kind`` and ``counts_all`` read.

        ``kind_map`` is one row of objects: a lookup in them costs next to nothing,
        while the planner, who cannot guess how few items are mapped, would sort all
        lines to join them.
        """
        return SQL(
            """
            kind_here AS (
                SELECT kind.id, kind.active, company.id AS company_id
                  FROM sales_expense_kind kind
                  JOIN res_company company
                    ON kind.company_id IS NULL
                    OR kind.company_id = ANY(
                       string_to_array(rtrim(company.parent_path, '/'), '/')::int[])
            ),
            kind_map AS MATERIALIZED (
                SELECT (%(products)s) AS products, (%(categories)s) AS categories,
                       (%(accounts)s) AS accounts,
                       ARRAY(
                           SELECT kind.id FROM sales_expense_kind kind
                             JOIN sales_expense_kind above ON above.counts_all
                              AND starts_with(kind.parent_path, above.parent_path)
                       ) AS counting
            )
            """,
            products=self._map(
                SQL(
                    """
                    SELECT rel.product_id AS item, 0 AS depth, rel.kind_id
                      FROM sales_expense_kind_product_rel rel
                    """
                )
            ),
            categories=self._map(
                SQL(
                    """
                    SELECT category.id AS item, above.depth, rel.kind_id
                      FROM product_category category
                     CROSS JOIN unnest(
                           string_to_array(rtrim(category.parent_path, '/'), '/')::int[]
                     ) WITH ORDINALITY above (id, depth)
                      JOIN sales_expense_kind_categ_rel rel ON rel.categ_id = above.id
                    """
                )
            ),
            accounts=self._map(
                SQL(
                    """
                    SELECT rel.account_id AS item, 0 AS depth, rel.kind_id
                      FROM sales_expense_kind_account_rel rel
                    """
                )
            ),
        )

    @staticmethod
    def _map(items):
        """Return the SELECT of an object: company and item -> kind."""
        return SQL(
            """
            SELECT jsonb_object_agg(company_id || '/' || item, id)
              FROM (
                SELECT DISTINCT ON (kind.company_id, rel.item)
                       kind.company_id, rel.item, kind.id
                  FROM (%s) AS rel JOIN kind_here kind ON kind.id = rel.kind_id
                 ORDER BY kind.company_id, rel.item, rel.depth DESC,
                       kind.active DESC, kind.id
              ) AS mapped
            """,
            items,
        )

    def kind(self, line):
        """Return the kind of a line.

        :param str line: alias of a relation with ``company_id``, ``product_id``,
            ``categ_id`` and ``account_id``
        """
        lookups = [
            SQL(
                "((SELECT %s FROM kind_map) ->> (%s || '/' || %s))::int",
                SQL.identifier(map_),
                SQL.identifier(line, "company_id"),
                SQL.identifier(line, item),
            )
            for map_, item in (
                ("products", "product_id"),
                ("categories", "categ_id"),
                ("accounts", "account_id"),
            )
        ]
        return SQL("COALESCE(%s)", SQL(", ").join(lookups))

    @staticmethod
    def counts_all(kind):
        """Return whether everything of a kind counts, or of one above it."""
        return SQL("%s = ANY((SELECT counting FROM kind_map)::int[])", kind)

    def find(self, env, lines):
        """Find the kinds of records with a company, a product and an account.

        :param lines: records, also unsaved ones
        :return: dict of record -> ``sales.expense.kind``
        """
        rows = [
            (
                number,
                line.company_id.id or env.company.id,
                line.product_id.id or None,
                line.product_id.categ_id.id or None,
                line.account_id.id or None,
            )
            for number, line in enumerate(lines)
        ]
        if not rows:
            return {}
        env["sales.expense.kind"].flush_model()
        for name in ("product.category", "res.company"):
            env[name].flush_model(["parent_path"])
        found = env.execute_query(
            SQL(
                """
                WITH %(ctes)s, line AS (
                    SELECT * FROM unnest(
                        %(numbers)s, %(companies)s::int[], %(products)s::int[],
                        %(categories)s::int[], %(accounts)s::int[]
                    ) AS line (number, company_id, product_id, categ_id, account_id)
                )
                SELECT line.number, %(kind)s FROM line
                """,
                ctes=self.ctes(),
                kind=self.kind("line"),
                **dict(
                    zip(
                        ("numbers", "companies", "products", "categories", "accounts"),
                        map(list, zip(*rows, strict=True)),
                        strict=True,
                    )
                ),
            )
        )
        kinds = env["sales.expense.kind"]
        return {lines[number]: kinds.browse(kind) for number, kind in found}
