-- Baseline of the product mix: what each product line was of the sales of two months, and of
-- the same months a year before. One company, with sales in both.
WITH line AS (
    SELECT categ_id,
           COALESCE(SUM(amount) FILTER (WHERE month IN (%(first)s, %(second)s)), 0) AS amount,
           COALESCE(SUM(amount) FILTER (WHERE month IN (%(first_before)s, %(second_before)s)), 0)
           AS last_year,
           COALESCE(SUM(margin) FILTER (WHERE month IN (%(first)s, %(second)s)), 0) AS margin,
           COALESCE(SUM(margin_base) FILTER (WHERE month IN (%(first)s, %(second)s)), 0)
           AS margin_base
      FROM sales_fact_cell
     WHERE company_id = %(company)s AND event IN ('confirmed', 'sale', 'order')
       AND categ_id > 0
       AND month IN (%(first)s, %(second)s, %(first_before)s, %(second_before)s)
     GROUP BY categ_id
), total AS (
    SELECT SUM(amount) AS amount, SUM(last_year) AS last_year FROM line
)
INSERT INTO bench.sales_product_mix (company_id, metric_id, month, date_from, date_to, categ_id,
       amount, last_year, moved, share, last_share, share_change, growth, margin, margin_base,
       margin_rate, has_share, has_last_share, is_latest)
SELECT %(company)s, %(metric)s, %(second)s, %(first)s, %(end)s, categ_id, line.amount,
       line.last_year, line.amount - line.last_year * total.amount / total.last_year,
       100 * line.amount / total.amount, 100 * line.last_year / total.last_year,
       100 * line.amount / total.amount - 100 * line.last_year / total.last_year,
       100 * (line.amount - line.last_year) / NULLIF(ABS(line.last_year), 0), margin,
       margin_base, 100 * margin / NULLIF(margin_base, 0), TRUE, TRUE, TRUE
  FROM line
 CROSS JOIN total
