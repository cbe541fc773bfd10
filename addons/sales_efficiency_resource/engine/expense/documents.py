# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from functools import cached_property

from odoo.tools import SQL

from .analytic_split import AnalyticSplit
from .kind_mapping import KindMapping

BILLS = ("in_invoice", "in_refund", "in_receipt")


class ExpenseDocuments:
    """What was spent and what is committed, read from the documents (policy 5.3.2).

    The facts come from these SELECTs, and whoever cannot wait for the facts, such as
    the check of a claim, runs them too. Their columns are named as those of
    ``sales.fact``, with ``source``; ``match_id`` numbers the parts of a line that
    analytic accounts split.

    - ``spent``: posted items on expense accounts, at the accounting date
    - ``committed``: draft bills at their date; submitted and approved claims without a
      posted entry at the date of the claim
    """

    columns = (
        "event",
        "date",
        "company_id",
        "currency_id",
        "user_id",
        "team_id",
        "region_id",
        "channel_id",
        "campaign_id",
        "categ_id",
        "product_id",
        "expense_kind_id",
        "amount",
        "res_id",
        "line_id",
        "match_id",
    )

    def __init__(self, env):
        self.env = env
        self._mapping, self._split = KindMapping(), AnalyticSplit()

    def select(self, company_ids, date_from, date_to):
        """Return the SELECT of what counts within some days, both included."""
        return SQL(
            "SELECT * FROM (%s) AS item UNION ALL SELECT * FROM (%s) AS claim",
            self.items(self._sql_items_within(company_ids, date_from, date_to)),
            self.claims(self._sql_claims_within(company_ids, date_from, date_to)),
        )

    def items(self, condition=None):
        """Return the SELECT of the journal items that count.

        :param SQL condition: restricts entries ``m`` and their items ``l``
        """
        return self._counted(self._items(condition))

    def claims(self, condition=None):
        """Return the SELECT of the claims that count.

        :param SQL condition: restricts claims ``e``
        """
        return self._counted(self._claims(condition))

    def all_items(self, condition=None):
        """Return the SELECT of all items, with ``counts``: whether they count."""
        return self._parts(self._items(condition))

    def all_claims(self, condition=None):
        """Return the SELECT of all committed claims, see ``all_items``."""
        return self._parts(self._claims(condition))

    # ------------------------------------------------------------------
    # Lines
    # ------------------------------------------------------------------

    @property
    def _sql_date(self):
        return SQL(
            "CASE m.state WHEN 'posted' THEN m.date"
            " ELSE COALESCE(m.invoice_date, m.date) END"
        )

    @cached_property
    def _accounts(self):
        """The expense accounts, and whether an analytic account is tied to anything.

        The planner knows how few items given accounts have; a join would have it read
        the items of all entries. Without ties, the longest part of the statement need
        not be planned.
        """
        self.env["account.account"].flush_model(["account_type"])
        self.env["account.analytic.account"].flush_model()
        [found] = self.env.execute_query(
            SQL(
                """
                SELECT ARRAY(SELECT id FROM account_account
                              WHERE account_type LIKE 'expense%%'),
                       EXISTS %s
                """,
                self._split.tied(),
            )
        )
        return found

    @property
    def _account_ids(self):
        return self._accounts[0]

    @staticmethod
    def _sql_items_within(company_ids, date_from, date_to):
        """Return the condition of items within some days, see ``_sql_date``."""
        return SQL(
            """
            l.company_id = ANY(%(companies)s)
            AND (l.parent_state = 'posted' AND l.date BETWEEN %(start)s AND %(end)s
                 OR l.parent_state = 'draft'
                    AND COALESCE(m.invoice_date, m.date) BETWEEN %(start)s AND %(end)s)
            """,
            companies=list(company_ids),
            start=date_from,
            end=date_to,
        )

    @staticmethod
    def _sql_claims_within(company_ids, date_from, date_to):
        """Return the condition of claims within some days."""
        return SQL(
            "e.company_id = ANY(%s) AND e.date BETWEEN %s AND %s",
            list(company_ids),
            date_from,
            date_to,
        )

    def _items(self, condition):
        """Return the SELECT of items on expense accounts.

        What the entry of a claim counts for is frozen on the claim: one entry may hold
        several. The private part of a line is taken off what the line was spent on. A
        tax that cannot be deducted belongs to the products that it was paid for. The
        cost of goods sold has a product, too, but was not spent on it.
        """
        return SQL(
            """
            SELECT 'expense' AS source,
                   CASE m.state WHEN 'posted' THEN 'spent' ELSE 'committed' END
                       AS event,
                   %(date)s AS date, m.company_id,
                   CASE WHEN e.id IS NULL THEN m.invoice_user_id
                        ELSE e.sales_user_id END AS user_id,
                   CASE WHEN e.id IS NULL THEN m.team_id
                        ELSE e.sales_team_id END AS team_id,
                   CASE WHEN e.id IS NULL THEN m.sales_region_id
                        ELSE e.sales_region_id END AS region_id,
                   CASE WHEN e.id IS NULL THEN m.sales_channel_id
                        ELSE e.sales_channel_id END AS channel_id,
                   CASE WHEN e.id IS NULL THEN m.campaign_id
                        ELSE e.campaign_id END AS campaign_id,
                   CASE WHEN l.display_type <> 'cogs'
                        THEN COALESCE(l.product_id, e.product_id, private.product_id,
                                      taxed.product_id) END AS product_id,
                   l.account_id, COALESCE(taxed.amount, l.balance) AS amount,
                   m.id AS res_id, l.id AS line_id,
                   COALESCE(taxed.number, 0)::int AS piece,
                   COALESCE(l.analytic_distribution, private.analytic_distribution)
                       AS distribution
              FROM account_move m
              JOIN account_move_line l ON l.move_id = m.id
               AND l.account_id = ANY(%(accounts)s)
              LEFT JOIN hr_expense e ON e.id = l.expense_id
              LEFT JOIN LATERAL (%(private)s) private ON TRUE
              LEFT JOIN LATERAL (%(taxed)s) taxed ON TRUE
             WHERE (m.state = 'posted'
                    OR m.state = 'draft' AND m.move_type IN %(bills)s AND e.id IS NULL)
               AND COALESCE(taxed.amount, l.balance) <> 0
               AND (%(condition)s)
            """,
            accounts=self._account_ids,
            private=self._sql_private(),
            taxed=self._sql_taxed(),
            date=self._sql_date,
            bills=BILLS,
            condition=condition or SQL("TRUE"),
        )

    @staticmethod
    def _sql_private():
        """Return the line that a private part ``l`` is taken off. Odoo gives the part
        neither its product nor its distribution, but its name and the next place.

        It is looked for only where there is one: sorting nothing takes time, too."""
        return SQL(
            """
            SELECT base.product_id, base.analytic_distribution
              FROM account_move_line base
             WHERE base.id = CASE WHEN l.display_type = 'non_deductible_product' THEN (
                SELECT b.id
                  FROM account_move_line b
                 WHERE b.move_id = l.move_id AND b.account_id = l.account_id
                   AND b.display_type = 'product' AND b.deductible_amount <> 100
                 ORDER BY b.name IS DISTINCT FROM l.name,
                       b.sequence IS DISTINCT FROM l.sequence - 1, b.id
                 LIMIT 1
                ) END
             LIMIT 1
            """
        )

    @staticmethod
    def _sql_taxed():
        """Return the products that a tax line ``l`` was paid for, with their shares.

        Lines of the same distribution go before. The running total is rounded, so the
        shares add up.
        """
        return SQL(
            """
            SELECT base.product_id, base.number - 1 AS number,
                   ROUND(l.balance * base.stop / base.total, currency.decimal_places)
                   - ROUND(l.balance * (base.stop - base.share) / base.total,
                           currency.decimal_places) AS amount
              FROM (
                SELECT line.product_id, SUM(line.balance) AS share,
                       ROW_NUMBER() OVER (ORDER BY line.product_id) AS number,
                       SUM(SUM(line.balance)) OVER (ORDER BY line.product_id) AS stop,
                       NULLIF(SUM(SUM(line.balance)) OVER (), 0) AS total
                  FROM (
                    SELECT b.product_id, b.balance, RANK() OVER (
                               ORDER BY b.analytic_distribution
                                        IS DISTINCT FROM l.analytic_distribution
                           ) AS place
                      FROM account_move_line b
                     WHERE b.move_id = l.move_id AND b.account_id = l.account_id
                       AND b.display_type = 'product'
                       AND EXISTS (
                           SELECT FROM account_move_line_account_tax_rel tax
                            WHERE tax.account_move_line_id = b.id
                              AND tax.account_tax_id IN (l.tax_line_id, l.group_tax_id))
                  ) line
                 WHERE line.place = 1
                 GROUP BY line.product_id
              ) base
              JOIN res_currency currency ON currency.id = l.company_currency_id
             WHERE l.tax_line_id IS NOT NULL AND l.product_id IS NULL
               AND l.expense_id IS NULL AND base.total IS NOT NULL
            """
        )

    def _claims(self, condition):
        """Return the SELECT of the claims that are committed.

        Odoo takes the entry off a claim before the entry is reversed: what is posted of
        the claim stays spent until then.
        """
        return SQL(
            """
            SELECT 'claim' AS source, 'committed' AS event, e.date, e.company_id,
                   e.sales_user_id AS user_id, e.sales_team_id AS team_id,
                   e.sales_region_id AS region_id, e.sales_channel_id AS channel_id,
                   e.campaign_id, e.product_id, e.account_id,
                   e.sales_expense_amount - COALESCE(posted.amount, 0) AS amount,
                   e.id AS res_id, 0 AS line_id, 0 AS piece,
                   e.analytic_distribution AS distribution
              FROM hr_expense e
              LEFT JOIN (
                SELECT l.expense_id, SUM(l.balance) AS amount
                  FROM hr_expense e
                  JOIN account_move_line l ON l.expense_id = e.id
                   AND l.parent_state = 'posted' AND l.account_id = ANY(%(accounts)s)
                 WHERE %(is_sent)s AND (%(condition)s)
                 GROUP BY l.expense_id
              ) posted ON posted.expense_id = e.id
             WHERE %(is_sent)s
               AND (e.account_move_id IS NULL OR EXISTS (
                    SELECT FROM account_move m
                     WHERE m.id = e.account_move_id AND m.state = 'draft'))
               AND e.date IS NOT NULL
               AND e.sales_expense_amount - COALESCE(posted.amount, 0) <> 0
               AND (%(condition)s)
            """,
            accounts=self._account_ids,
            is_sent=SQL("e.approval_state IN ('submitted', 'approved')"),
            condition=condition or SQL("TRUE"),
        )

    # ------------------------------------------------------------------
    # What they count for
    # ------------------------------------------------------------------

    def _counted(self, lines):
        return SQL("SELECT * FROM (%s) AS part WHERE counts", self._parts(lines))

    def _parts(self, lines):
        """Return the SELECT of lines, split and with their kinds.

        What has a scope of sales counts, and everything of the kinds marked so.
        """
        kind = SQL("COALESCE(part.kind_id, %s)", self._mapping.kind("part"))
        return SQL(
            """
            WITH %(mapping)s, line AS MATERIALIZED (%(lines)s),
            money AS MATERIALIZED (
                SELECT company.id AS company_id, currency.id AS currency_id,
                       currency.decimal_places
                  FROM res_company company
                  JOIN res_currency currency ON currency.id = company.currency_id
            ),
            part AS (
                SELECT part.*, t.categ_id
                  FROM (%(parts)s) AS part
                  LEFT JOIN product_product p ON p.id = part.product_id
                  LEFT JOIN product_template t ON t.id = p.product_tmpl_id
            )
            SELECT part.source, part.event, part.date, part.company_id,
                   money.currency_id, part.user_id, part.team_id, part.region_id,
                   part.channel_id, part.campaign_id, part.categ_id, part.product_id,
                   part.account_id, %(kind)s AS expense_kind_id, part.amount,
                   part.res_id, part.line_id, part.match_id,
                   %(has_scope)s AS has_scope,
                   COALESCE(%(has_scope)s AND %(kind)s IS NOT NULL OR %(counts_all)s,
                            FALSE) AS counts
              FROM part
              JOIN money ON money.company_id = part.company_id
            """,
            mapping=self._mapping.ctes(),
            lines=lines,
            parts=self._split.parts("line")
            if self._accounts[1]
            else self._split.whole("line"),
            kind=kind,
            counts_all=self._mapping.counts_all(kind),
            has_scope=SQL(
                "COALESCE(part.user_id, part.team_id, part.region_id,"
                " part.channel_id, part.campaign_id) IS NOT NULL"
            ),
        )

    # ------------------------------------------------------------------
    # Changes
    # ------------------------------------------------------------------

    @staticmethod
    def get_expansions(key, table):
        """Return the SELECTs of the documents that a change concerns, by its origin.

        :param str key: column of the document
        :param str table: table of its lines
        """
        # The account of a claim may be found when its entry is made.
        is_expense = """
              JOIN account_account account ON account.id = line.account_id
               AND account.account_type LIKE 'expense%%'
        """
        lines = f"""
            SELECT line.{key} FROM {table} line
            {is_expense if table == "account_move_line" else ""}
              LEFT JOIN product_product product ON product.id = line.product_id
              LEFT JOIN product_template template
                     ON template.id = product.product_tmpl_id
        """
        analytic = """
            regexp_split_to_array(jsonb_path_query_array(
                line.analytic_distribution, '$.keyvalue()."key"')::text, '\\D+')
        """
        below = """
            SELECT below.id FROM product_category above JOIN product_category below
                ON starts_with(below.parent_path, above.parent_path) WHERE above.id
        """
        kinds = """
            SELECT below.id FROM sales_expense_kind above JOIN sales_expense_kind below
                ON starts_with(below.parent_path, above.parent_path)
             WHERE above.id = ANY(%(ids)s)
        """
        return {
            "product_template": f"{lines} WHERE template.id = ANY(%(ids)s)",
            "expense_product": f"{lines} WHERE line.product_id = ANY(%(ids)s)",
            "expense_category": f"""
                {lines} WHERE template.categ_id IN ({below} = ANY(%(ids)s))
            """,
            "expense_account": f"""
                SELECT {key} FROM {table} WHERE account_id = ANY(%(ids)s)
            """,
            "expense_analytic": f"""
                SELECT line.{key} FROM {table} line
                 WHERE {analytic} && %(ids)s::text[]
            """,
            "expense_kind": f"""
                WITH kind AS ({kinds})
                {lines}
                 WHERE line.product_id IN (
                           SELECT product_id FROM sales_expense_kind_product_rel
                            WHERE kind_id IN (SELECT id FROM kind))
                    OR template.categ_id IN ({below} IN (
                           SELECT categ_id FROM sales_expense_kind_categ_rel
                            WHERE kind_id IN (SELECT id FROM kind)))
                    OR line.account_id IN (
                           SELECT account_id FROM sales_expense_kind_account_rel
                            WHERE kind_id IN (SELECT id FROM kind))
                    OR {analytic} && (
                           SELECT COALESCE(array_agg(id::text), '{{}}')
                             FROM account_analytic_account
                            WHERE expense_kind_id IN (SELECT id FROM kind))
            """,
        }
