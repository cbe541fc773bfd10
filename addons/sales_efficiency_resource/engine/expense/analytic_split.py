# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tools import SQL


class AnalyticSplit:
    """Splits lines by analytic accounts tied to a person, team, region, channel,
    campaign or kind, in SQL (policy 5.3.2).

    Shares lie one after the other between 0 and 100 %, in the order of the accounts'
    ids; shares of another plan lie beside them. So a line counts only once, and its
    running total is rounded rather than each part: parts add up to the line. What no
    account says is that of the line itself.
    """

    def parts(self, line):
        """Return the SELECT of the parts of lines.

        All pieces are those of lines. A full join is never done by nested loops, which
        would look through all pieces for each line.

        :param str line: relation with the columns of lines, ``piece`` (which part of a
            tax) and ``distribution``; ``money`` has the decimals of each company
        """
        return SQL(
            """
            WITH piece AS MATERIALIZED (%(splits)s)
            SELECT * FROM (
                SELECT line.source, line.event, line.date, line.company_id,
                       %(organization)s,
                       COALESCE(piece.tied_channel_id, line.channel_id) AS channel_id,
                       COALESCE(piece.tied_campaign_id, line.campaign_id)
                           AS campaign_id,
                       piece.tied_kind_id AS kind_id, line.product_id,
                       line.account_id,
                       CASE WHEN piece.number IS NULL THEN line.amount
                            ELSE ROUND(line.amount * piece.stop / 100,
                                       money.decimal_places)
                                 - ROUND(line.amount * piece.start / 100,
                                         money.decimal_places) END AS amount,
                       line.res_id, line.line_id,
                       line.piece * 1000 + COALESCE(piece.number, 0) AS match_id
                  FROM %(line)s AS line
                  FULL JOIN piece ON piece.split_distribution = line.distribution
                  JOIN money ON money.company_id = line.company_id
            ) AS split
             WHERE split.amount <> 0
            """,
            line=SQL.identifier(line),
            organization=SQL(", ").join(
                SQL(
                    "CASE WHEN piece.is_placed THEN %s ELSE %s END AS %s",
                    SQL.identifier("piece", f"tied_{name}"),
                    SQL.identifier("line", name),
                    SQL.identifier(name),
                )
                for name in ("user_id", "team_id", "region_id")
            ),
            splits=self._splits(line),
        )

    @staticmethod
    def whole(line):
        """Return the SELECT of lines that are not split."""
        return SQL(
            """
            SELECT line.source, line.event, line.date, line.company_id,
                   line.user_id, line.team_id, line.region_id, line.channel_id,
                   line.campaign_id, NULL::int AS kind_id, line.product_id,
                   line.account_id, line.amount, line.res_id, line.line_id,
                   line.piece * 1000 AS match_id
              FROM %s AS line
            """,
            SQL.identifier(line),
        )

    @staticmethod
    def tied():
        """Return the SELECT of the accounts that are tied to something."""
        return SQL(
            """
            (SELECT id FROM account_analytic_account
              WHERE COALESCE(sales_user_id, sales_team_id, sales_region_id,
                             sales_channel_id, campaign_id, expense_kind_id)
                    IS NOT NULL)
            """
        )

    def _splits(self, line):
        """Return the SELECT of the pieces of the distributions that name an account
        that is tied to something.

        Many lines are split alike: each distribution is taken apart once.
        """
        return SQL(
            """
            SELECT known.distribution AS split_distribution, piece.number, piece.start,
                   piece.stop, tied.*, placed.*,
                   COALESCE(placed.tied_user_id, placed.tied_team_id,
                            placed.tied_region_id) IS NOT NULL AS is_placed
              FROM (
                SELECT DISTINCT distribution FROM %(line)s
                 WHERE jsonb_typeof(distribution) = 'object'
              ) AS known
             CROSS JOIN LATERAL (%(pieces)s) AS piece
             CROSS JOIN LATERAL (
                SELECT (array_agg(a.sales_channel_id ORDER BY a.id)
                        FILTER (WHERE a.sales_channel_id IS NOT NULL))[1]
                       AS tied_channel_id,
                       (array_agg(a.campaign_id ORDER BY a.id)
                        FILTER (WHERE a.campaign_id IS NOT NULL))[1]
                       AS tied_campaign_id,
                       (array_agg(a.expense_kind_id ORDER BY a.id)
                        FILTER (WHERE a.expense_kind_id IS NOT NULL))[1]
                       AS tied_kind_id
                  FROM account_analytic_account a
                 WHERE a.id = ANY(piece.accounts)
             ) AS tied
              LEFT JOIN LATERAL (
                SELECT a.sales_user_id AS tied_user_id,
                       a.sales_team_id AS tied_team_id,
                       a.sales_region_id AS tied_region_id
                  FROM account_analytic_account a
                 WHERE a.id = ANY(piece.accounts)
                   AND COALESCE(a.sales_user_id, a.sales_team_id,
                                a.sales_region_id) IS NOT NULL
                 ORDER BY a.id LIMIT 1
             ) AS placed ON TRUE
             WHERE string_to_array((
                       SELECT string_agg(key, ',')
                         FROM jsonb_object_keys(known.distribution) AS key), ','
                   ) && (SELECT array_agg(id::text) FROM %(tied)s AS tied)
            """,
            line=SQL.identifier(line),
            pieces=self._pieces(),
            tied=self.tied(),
        )

    def _pieces(self):
        """Return the SELECT of the pieces of a distribution: from where to where, in
        percent, and the accounts that cover it.

        In each plan, a share starts where the earlier ones end: those of several plans
        come first, as they need room in all of them. Plans with more than 100 % are
        scaled down.
        """
        return SQL(
            """
            WITH share AS (
                SELECT ids, percent, plans, ROW_NUMBER() OVER (
                           ORDER BY CARDINALITY(plans) DESC, ids) AS number
                  FROM (
                    SELECT ARRAY(
                               SELECT id::int FROM unnest(string_to_array(key, ',')) id
                                WHERE id ~ '^[0-9]+$' ORDER BY id::int
                           ) AS ids, value::numeric AS percent,
                           ARRAY(
                               SELECT DISTINCT a.root_plan_id
                                 FROM account_analytic_account a
                                WHERE a.id::text = ANY(string_to_array(key, ','))
                           ) AS plans
                      FROM jsonb_each_text(known.distribution)
                     WHERE value::numeric > 0
                  ) AS shares
            ),
            in_plan AS (
                SELECT number, percent * 100 / GREATEST(100, SUM(percent) OVER plan)
                       AS percent,
                       SUM(percent) OVER (plan ORDER BY number) - percent AS start,
                       GREATEST(100, SUM(percent) OVER plan) AS total
                  FROM share CROSS JOIN UNNEST(plans) AS each (plan_id)
                WINDOW plan AS (PARTITION BY plan_id)
            ),
            place AS (
                SELECT share.ids, room.start, room.start + room.percent AS stop
                  FROM share
                  JOIN (
                    SELECT number, MAX(start * 100 / total) AS start,
                           MIN(percent) AS percent
                      FROM in_plan GROUP BY number
                  ) AS room ON room.number = share.number
            ),
            cut AS (
                SELECT 0 AS at UNION SELECT 100
                UNION SELECT LEAST(start, 100) FROM place
                UNION SELECT LEAST(stop, 100) FROM place
            ),
            piece AS (SELECT at AS start, LEAD(at) OVER (ORDER BY at) AS stop FROM cut)
            SELECT ROW_NUMBER() OVER (ORDER BY piece.start)::int AS number,
                   piece.start, piece.stop,
                   ARRAY(
                       SELECT unnest(place.ids) FROM place
                        WHERE place.start <= piece.start AND place.stop >= piece.stop
                   ) AS accounts
              FROM piece
             WHERE piece.stop > piece.start
            """
        )
