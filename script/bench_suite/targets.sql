-- Baseline for the evaluation of targets: a GROUP BY for each set of dimensions, joined
-- with the targets. It makes assumptions that the engine cannot make: one company, flat
-- trees, five known metrics, and a fiscal year that ends in December.
WITH span AS (
    SELECT kind AS period, start::date AS date_from,
           (start + length - interval '1 day')::date AS date_to
      FROM (VALUES ('month', interval '1 month'), ('quarter', interval '3 months'),
                   ('year', interval '1 year')) AS kinds (kind, length),
           generate_series(%(start)s, %(end)s, length) AS start
     UNION ALL
    SELECT 'to_date', %(start)s::date,
           (date_trunc('month', %(today)s) + interval '1 month - 1 day')::date
), part AS (
    -- This year, the same days of last year, and all of last year. Days of the current
    -- month have a separate slice, represented by its second day.
    SELECT period, date_from, side,
           (month - years * interval '1 year'
            + CASE WHEN month = date_trunc('month', %(today)s)
                    AND (side = 'same' OR side = 'now' AND period = 'to_date')
                   THEN interval '1 day' ELSE interval '0' END)::date AS slice
      FROM span, generate_series(date_from, date_to, interval '1 month') AS month,
           (VALUES ('now', 0), ('same', 1), ('whole', 1)) AS sides (side, years)
     WHERE side <> 'same' OR month <= %(today)s
), figure AS (
    SELECT month AS slice, event, region_id, team_id, user_id, categ_id, amount, quantity,
           margin
      FROM sales_fact_cell
     WHERE month BETWEEN %(start)s - interval '1 year' AND %(end)s
       AND event IN ('confirmed', 'invoice', 'payment')
     UNION ALL
    SELECT (date_trunc('month', date) + interval '1 day')::date, event, region_id, team_id,
           user_id, categ_id, amount, quantity, margin
      FROM sales_fact
     WHERE (date BETWEEN date_trunc('month', %(today)s) AND %(today)s
            OR date BETWEEN date_trunc('month', %(today)s) - interval '1 year'
                        AND %(today)s - interval '1 year')
       AND event IN ('confirmed', 'invoice', 'payment')
), summed AS (
    SELECT slice, region_id, team_id, user_id, categ_id,
           SUM(amount) FILTER (WHERE event = 'confirmed') AS ordered_amount,
           SUM(quantity) FILTER (WHERE event = 'confirmed') AS ordered_quantity,
           SUM(margin) FILTER (WHERE event = 'confirmed') AS margin,
           SUM(amount) FILTER (WHERE event = 'invoice') AS invoiced_amount,
           SUM(amount) FILTER (WHERE event = 'payment') AS collected_amount
      FROM figure
     GROUP BY slice, ROLLUP (region_id, team_id, user_id, categ_id)
), measured AS (
    SELECT code, COALESCE(region_id, 0) AS region_id, COALESCE(team_id, 0) AS team_id,
           COALESCE(user_id, 0) AS user_id, COALESCE(categ_id, 0) AS categ_id, period,
           date_from, SUM(value) FILTER (WHERE side = 'now') AS actual,
           SUM(value) FILTER (WHERE side = 'same') AS last_year,
           SUM(value) FILTER (WHERE side = 'whole') AS last_year_whole
      FROM summed
      JOIN part USING (slice)
     CROSS JOIN LATERAL (
        VALUES ('ordered_amount', ordered_amount), ('ordered_quantity', ordered_quantity),
               ('margin', margin), ('invoiced_amount', invoiced_amount),
               ('collected_amount', collected_amount)
     ) AS metric (code, value)
     GROUP BY 1, 2, 3, 4, 5, 6, 7
), planned AS (
    SELECT target_id, period, date_from, date_to, SUM(amount) AS amount
      FROM sales_target_month
      JOIN span ON month BETWEEN date_from AND date_to
     GROUP BY target_id, period, date_from, date_to
)
INSERT INTO bench.sales_target_result (target_id, plan_id, company_id, metric_id, region_id,
       team_id, user_id, categ_id, responsible_id, level, period, date_from, date_to, amount,
       actual, last_year, last_year_whole, gap, attainment)
SELECT t.id, t.plan_id, t.company_id, t.metric_id, t.region_id, t.team_id, t.user_id,
       t.categ_id, t.responsible_id, t.level, p.period, p.date_from, p.date_to, p.amount,
       COALESCE(m.actual, 0),
       CASE WHEN p.date_from <= %(today)s THEN COALESCE(m.last_year, 0) END,
       COALESCE(m.last_year_whole, 0), p.amount - COALESCE(m.actual, 0),
       100 * COALESCE(m.actual, 0) / NULLIF(p.amount, 0)
  FROM sales_target t
  JOIN sales_metric k ON k.id = t.metric_id
  JOIN planned p ON p.target_id = t.id
  LEFT JOIN measured m
    ON m.code = k.code AND m.region_id = COALESCE(t.region_id, 0)
   AND m.team_id = COALESCE(t.team_id, 0) AND m.user_id = COALESCE(t.user_id, 0)
   AND m.categ_id = COALESCE(t.categ_id, 0) AND m.period = p.period
   AND m.date_from = p.date_from
 WHERE t.plan_id = %(plan)s
