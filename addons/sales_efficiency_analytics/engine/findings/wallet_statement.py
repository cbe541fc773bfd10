# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tools import SQL

from ..share_of_wallet import CUSTOMERS

# With fewer peers, a quartile says nothing.
LEAST_PEERS = 4
# Money is compared with that of two months.
MONTHS = 12 / 2
UNION = SQL(" UNION ALL ")


class WalletStatement:
    """The SELECT of the places whose customers buy little of what they could.

    The share is that of the metric, see :class:`.ShareOfWallet`: asked here of all
    places at once, in twelve months. Places are compared with the others of the same
    kind and, in trees, of the same level.

    :param company: the company
    :param metric: the share of wallet
    :param window: see :class:`.Window`
    """

    def __init__(self, company, metric, window):
        self.env = company.env
        self._company = company
        self._metric = metric
        self._window = window

    def select(self):
        """Return the statement, with a row for each place below the lower quartile.

        Its money is what the place would buy more in two months with the share of the
        middle peer.
        """
        return SQL(
            """
            WITH customer AS (%(customers)s),
                 place AS (%(places)s),
                 peer AS (
                     SELECT kind, level, COUNT(*) AS count,
                            percentile_cont(0.25) WITHIN GROUP (ORDER BY share) AS low,
                            percentile_cont(0.5) WITHIN GROUP (ORDER BY share) AS middle
                       FROM place GROUP BY kind, level)
            SELECT kind, place.id, 'wallet' AS cause, place.bought AS actual,
                   place.potential, 100 * place.share AS share,
                   100 * peer.middle AS peer_share,
                   (peer.middle - place.share) * place.potential / %(months)s AS money
              FROM place JOIN peer USING (kind, level)
             WHERE peer.count >= %(least)s AND place.share < peer.low
          ORDER BY kind, place.id
            """,
            customers=self._customers(),
            places=UNION.join(map(self._places, self._get_fields())),
            months=MONTHS,
            least=LEAST_PEERS,
        )

    def _places(self, name):
        """Return the SELECT of the places of a kind, with all that lies in them."""
        # sudo: only for the names of columns
        places = self.env["sales.finding"].sudo()[name]
        return SQL(
            """
            SELECT %(kind)s AS kind, place.id, place.level,
                   SUM(bought)::float8 AS bought,
                   SUM(potential)::float8 AS potential,
                   (SUM(bought) / SUM(potential))::float8 AS share
              FROM customer %(joins)s
          GROUP BY place.id, place.level
            """,
            kind=name,
            joins=(
                self._join_tree(name, places)
                if places._parent_store
                else self._join(name)
            ),
        )

    @staticmethod
    def _join(name):
        return SQL(
            """
            JOIN LATERAL (SELECT customer.%s AS id, 1 AS level) AS place
              ON place.id IS NOT NULL
            """,
            SQL.identifier(name),
        )

    @staticmethod
    def _join_tree(name, places):
        """Return the JOIN of the place of a customer and all above it."""
        return SQL(
            """
            JOIN %s AS leaf ON leaf.id = customer.%s
            CROSS JOIN unnest(string_to_array(rtrim(%s, '/'), '/')::int[])
                       WITH ORDINALITY AS place (id, level)
            """,
            SQL.identifier(places._table),
            SQL.identifier(name),
            places._field_to_sql("leaf", "parent_path"),
        )

    def _get_fields(self):
        """Return the field of the customer that says the place: dict name → field."""
        return {
            "region_id": "sales_region_id",
            "channel_id": "sales_channel_id",
            "class_id": "sales_class_id",
        }

    def _customers(self):
        """Return the SELECT of customers with potential, and what they bought."""
        # sudo: only for the names of columns
        partners = self.env["res.partner"].sudo().with_company(self._company)
        return SQL(
            """
            SELECT file.potential, COALESCE(fact.bought, 0) AS bought, %(columns)s
              FROM %(wallets)s
         LEFT JOIN (SELECT partner_id, SUM(amount) AS bought FROM sales_fact
                     WHERE company_id = %(company)s AND event IN %(events)s
                       AND date BETWEEN %(start)s AND %(end)s
                       AND partner_id IN (SELECT partner_id FROM sales_customer_file
                                           WHERE company_id = %(company)s
                                             AND potential > 0)
                  GROUP BY partner_id) AS fact ON fact.partner_id = file.partner_id
             WHERE file.company_id = %(company)s
            """,
            columns=SQL(", ").join(
                SQL(
                    "%s AS %s",
                    partners._field_to_sql("partner", field),
                    SQL.identifier(name),
                )
                for name, field in self._get_fields().items()
            ),
            wallets=CUSTOMERS,
            company=self._company.id,
            events=tuple(self._metric.event_ids.mapped("event")),
            start=self._window.year_start,
            end=self._window.end,
        )
