# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tools import SQL


class ProductMix:
    """Stores what each product line was of the sales of two months, and a year before.

    What moved is the amount that a line has above its last year × the growth of the
    company: what lines gained and lost adds up to 0.

    :param company: the company
    :param metric: metric of a plain sum of amounts
    :param window: see :class:`.Window`
    """

    def __init__(self, company, metric, window):
        self.env = company.env
        self._company = company
        self._metric = metric
        self._window = window

    def store(self):
        """Write the lines of the window anew."""
        cr = self.env.cr
        cr.execute(
            SQL(
                "DELETE FROM sales_product_mix WHERE company_id = %s AND month = %s",
                self._company.id,
                self._window.second,
            )
        )
        cr.execute(
            SQL(
                "UPDATE sales_product_mix SET is_latest = FALSE"
                " WHERE company_id = %s AND is_latest",
                self._company.id,
            )
        )
        cr.execute(
            SQL(
                """
                WITH line AS (%(lines)s),
                     total AS (SELECT SUM(amount) AS amount,
                                      SUM(last_year) AS last_year FROM line)
                INSERT INTO sales_product_mix
                       (company_id, metric_id, month, date_from, date_to, categ_id,
                        amount, last_year, moved, share, last_share, share_change,
                        growth, margin, margin_base, margin_rate, has_share,
                        has_last_share, is_latest)
                SELECT %(company)s, %(metric)s, %(month)s, %(start)s, %(end)s,
                       line.categ_id,
                       line.amount, line.last_year,
                       CASE WHEN total.last_year > 0
                            THEN line.amount
                                 - line.last_year * total.amount / total.last_year END,
                       %(share)s, %(last_share)s, %(share)s - %(last_share)s,
                       100 * (line.amount - line.last_year)
                       / NULLIF(ABS(line.last_year), 0),
                       line.margin, line.margin_base,
                       100 * line.margin / NULLIF(line.margin_base, 0),
                       total.amount > 0, total.last_year > 0, TRUE
                  FROM line CROSS JOIN total
                """,
                lines=self._lines(),
                company=self._company.id,
                metric=self._metric.id,
                month=self._window.second,
                start=self._window.first,
                end=self._window.end,
                share=self._share("amount"),
                last_share=self._share("last_year"),
            )
        )
        self.env["sales.product.mix"].invalidate_model()

    def _share(self, name):
        return SQL(
            "CASE WHEN total.%(name)s > 0"
            " THEN 100 * line.%(name)s / total.%(name)s END",
            name=SQL.identifier(name),
        )

    def _lines(self):
        """Return the SELECT of the sums by product line, as booked."""
        window = self._window
        return SQL(
            """
            SELECT categ_id,
                   COALESCE(SUM(%(measure)s) FILTER (WHERE month IN %(now)s), 0)
                   AS amount,
                   COALESCE(SUM(%(measure)s) FILTER (WHERE month IN %(before)s), 0)
                   AS last_year,
                   COALESCE(SUM(margin) FILTER (WHERE month IN %(now)s), 0) AS margin,
                   COALESCE(SUM(margin_base) FILTER (WHERE month IN %(now)s), 0)
                   AS margin_base
              FROM sales_fact_cell
             WHERE company_id = %(company)s AND event IN %(events)s AND categ_id > 0
               AND month IN %(months)s
          GROUP BY categ_id
            HAVING SUM(facts) > 0
            """,
            measure=SQL.identifier(self._metric.measure),
            now=window.months,
            before=window.months_before,
            months=(*window.months, *window.months_before),
            company=self._company.id,
            events=tuple(self._metric.event_ids.mapped("event")),
        )
