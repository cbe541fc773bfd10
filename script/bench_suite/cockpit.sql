-- Baseline for the cockpit: the figures of its page, from those of the mart. It makes
-- assumptions that the page cannot make: one company, all of it visible, five known
-- metrics.
WITH day AS (
    -- Sales to date, and to the same day of last year: complete months, and days
    SELECT years, month AS date, event, region_id, team_id, user_id, categ_id, amount, quantity,
           margin
      FROM sales_fact_cell, generate_series(0, 1) AS years
     WHERE month >= %(start)s - years * interval '1 year'
       AND month < date_trunc('month', %(today)s) - years * interval '1 year'
       AND event IN ('confirmed', 'invoice', 'payment')
     UNION ALL
    SELECT years, date, event, region_id, team_id, user_id, categ_id, amount, quantity, margin
      FROM sales_fact, generate_series(0, 1) AS years
     WHERE date BETWEEN date_trunc('month', %(today)s) - years * interval '1 year'
                    AND %(today)s - years * interval '1 year'
       AND event IN ('confirmed', 'invoice', 'payment')
), gauge AS (
    SELECT code, SUM(value) FILTER (WHERE years = 0) AS actual,
           SUM(value) FILTER (WHERE years = 1) AS last_year
      FROM day
     CROSS JOIN LATERAL (
        VALUES ('ordered_amount', 'confirmed', amount), ('ordered_quantity', 'confirmed', quantity),
               ('margin', 'confirmed', margin), ('invoiced_amount', 'invoice', amount),
               ('collected_amount', 'payment', amount)
     ) AS metric (code, kind, value)
     WHERE kind = event
     GROUP BY code
), chart AS (
    SELECT month, SUM(amount) AS actual
      FROM sales_fact_cell
     WHERE event = 'confirmed' AND month >= %(start)s - interval '1 year'
       AND month < %(start)s + interval '1 year'
     GROUP BY month
), part AS (
    SELECT COALESCE(region_id, 0) AS region_id, COALESCE(team_id, 0) AS team_id,
           COALESCE(user_id, 0) AS user_id, COALESCE(categ_id, 0) AS categ_id,
           SUM(amount) FILTER (WHERE years = 0) AS actual,
           SUM(amount) FILTER (WHERE years = 1) AS last_year
      FROM day
     WHERE event = 'confirmed'
     GROUP BY ROLLUP (region_id, team_id, user_id, categ_id)
), planned AS (
    SELECT t.id, t.level, k.code, t.region_id, t.team_id, t.user_id, t.categ_id,
           SUM(m.amount) AS amount
      FROM sales_target t
      JOIN sales_metric k ON k.id = t.metric_id
      JOIN sales_target_month m ON m.target_id = t.id AND m.month <= %(today)s
     WHERE t.plan_id = %(plan)s AND (t.level = 0 OR k.code = 'ordered_amount')
     GROUP BY t.id, k.id
)
SELECT 'gauge' AS kind, id AS place, amount, actual, last_year
  FROM planned
  JOIN gauge USING (code)
 WHERE level = 0
 UNION ALL
SELECT 'chart', EXTRACT(year FROM month)::int * 12 + EXTRACT(month FROM month)::int, NULL, actual,
       NULL
  FROM chart
 UNION ALL
SELECT 'part', p.id, p.amount, COALESCE(f.actual, 0), COALESCE(f.last_year, 0)
  FROM planned p
  LEFT JOIN part f ON f.region_id = COALESCE(p.region_id, 0) AND f.team_id = COALESCE(p.team_id, 0)
   AND f.user_id = COALESCE(p.user_id, 0) AND f.categ_id = COALESCE(p.categ_id, 0)
 WHERE p.code = 'ordered_amount'
