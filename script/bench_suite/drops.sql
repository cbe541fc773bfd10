-- Baseline of the test for buying drops: everything in one statement, for one company
-- whose facts all say how many documents they are.
WITH figure AS (
    SELECT partner_id,
           COALESCE(SUM(documents) FILTER (WHERE date < %(recent)s), 0) AS earlier,
           COALESCE(SUM(documents) FILTER (WHERE date >= %(recent)s), 0) AS recent,
           SUM(amount)::float8 AS amount
      FROM sales_fact
     WHERE company_id = %(company)s AND event IN ('confirmed', 'sale', 'order')
       AND date BETWEEN %(start)s AND %(end)s AND partner_id IS NOT NULL
     GROUP BY partner_id
), company AS (
    SELECT SUM(recent)::float8 / SUM(earlier + recent) AS share,
           MAX(earlier + recent)::int AS most
      FROM figure
), factorial AS (
    SELECT number, SUM(LN(GREATEST(number, 1)::float8)) OVER (ORDER BY number) AS ln
      FROM company, generate_series(0, company.most) AS number
), pair AS (
    SELECT DISTINCT (earlier + recent)::int AS orders, recent::int FROM figure
), chance AS (
    SELECT pair.orders, pair.recent,
           SUM(
               EXP(whole.ln - part.ln - rest.ln + part.number * LN(company.share)
                   + (pair.orders - part.number) * LN(1 - company.share))
               * CASE WHEN part.number = pair.recent THEN 0.5 ELSE 1 END
           ) AS probability
      FROM pair
CROSS JOIN company
      JOIN factorial AS whole ON whole.number = pair.orders
      JOIN factorial AS part ON part.number <= pair.recent
      JOIN factorial AS rest ON rest.number = pair.orders - part.number
     GROUP BY pair.orders, pair.recent
), tested AS (
    SELECT figure.*, chance.probability, company.share, chance.orders,
           chance.orders * company.share AS expected,
           RANK() OVER (ORDER BY chance.probability) AS rank,
           COUNT(*) OVER (PARTITION BY chance.probability) AS alike,
           COUNT(*) OVER () AS tests
      FROM figure
CROSS JOIN company
      JOIN chance ON chance.orders = figure.earlier + figure.recent
       AND chance.recent = figure.recent
     WHERE POWER(1 - company.share, chance.orders) <= 0.05
), line AS (
    SELECT MAX(probability) AS line
      FROM tested
     WHERE probability * tests <= 0.2 * (rank + alike - 1)
)
INSERT INTO bench.sales_customer_drop (
    company_id, partner_id, week, date, earlier_orders, recent_orders, recent_share,
    expected_orders, probability, is_tested, state, average_order, amount_at_risk,
    is_latest
)
SELECT %(company)s, partner_id, %(week)s, %(end)s, earlier, recent, share, expected,
       probability, TRUE,
       CASE WHEN probability <= line AND recent <= 0.7 * expected THEN 'alert'
            WHEN probability <= 0.05 THEN 'watched' ELSE 'none' END,
       ROUND((amount / orders)::numeric, 2),
       ROUND((GREATEST(expected - recent, 0) * GREATEST(amount / orders, 0))::numeric, 2),
       TRUE
  FROM tested, line
