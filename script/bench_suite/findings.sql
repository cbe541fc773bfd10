-- Baseline of the search for findings: what it finds of two months, in one statement. It
-- makes assumptions that the search cannot make: one company, one plan, no region, product
-- line or channel within another, and a known metric: orders, less margin.
WITH figure AS MATERIALIZED (
    SELECT region_id, categ_id, channel_id,
           COALESCE(SUM(amount) FILTER (WHERE month = %(first)s), 0)::float8 AS now_1,
           COALESCE(SUM(amount) FILTER (WHERE month = %(second)s), 0)::float8 AS now_2,
           COALESCE(SUM(amount) FILTER (WHERE month = %(first_before)s), 0)::float8 AS before_1,
           COALESCE(SUM(amount) FILTER (WHERE month = %(second_before)s), 0)::float8 AS before_2
      FROM sales_fact_cell
     WHERE company_id = %(company)s AND event IN ('confirmed', 'sale', 'order')
       AND month IN (%(first)s, %(second)s, %(first_before)s, %(second_before)s)
     GROUP BY region_id, categ_id, channel_id
), customer AS (
    -- What each customer has bought in each of the four months, and in twelve months
    SELECT fact.partner_id, (partner.sales_class_id->>%(company)s::text)::int AS class_id,
           partner.sales_region_id AS region_id, partner.sales_channel_id AS channel_id,
           COALESCE(SUM(amount) FILTER (WHERE month = %(first)s), 0)::float8 AS now_1,
           COALESCE(SUM(amount) FILTER (WHERE month = %(second)s), 0)::float8 AS now_2,
           COALESCE(SUM(amount) FILTER (WHERE month = %(first_before)s), 0)::float8 AS before_1,
           COALESCE(SUM(amount) FILTER (WHERE month = %(second_before)s), 0)::float8 AS before_2,
           COALESCE(SUM(amount) FILTER (WHERE month > %(second_before)s), 0) AS bought
      FROM (SELECT partner_id, date_trunc('month', date)::date AS month, SUM(amount) AS amount
              FROM sales_fact
             WHERE company_id = %(company)s AND event IN ('confirmed', 'sale', 'order')
               AND date BETWEEN %(first_before)s AND %(end)s
             GROUP BY 1, 2) AS fact
      JOIN res_partner AS partner ON partner.id = fact.partner_id
     GROUP BY fact.partner_id, partner.id
), place AS (
    SELECT region_id, categ_id, 0 AS channel_id, 0 AS class_id, SUM(now_1) AS now_1,
           SUM(now_2) AS now_2, SUM(before_1) AS before_1, SUM(before_2) AS before_2
      FROM figure WHERE region_id > 0 AND categ_id > 0 GROUP BY region_id, categ_id
     UNION ALL
    SELECT 0, 0, channel_id, 0, SUM(now_1), SUM(now_2), SUM(before_1), SUM(before_2)
      FROM figure WHERE channel_id > 0 GROUP BY channel_id
     UNION ALL
    SELECT 0, 0, 0, class_id, SUM(now_1), SUM(now_2), SUM(before_1), SUM(before_2)
      FROM customer WHERE class_id > 0 GROUP BY class_id
     UNION ALL
    SELECT 0, 0, 0, 0, SUM(now_1), SUM(now_2), SUM(before_1), SUM(before_2) FROM figure
), promise AS (
    SELECT COALESCE(region_id, 0) AS region_id, COALESCE(categ_id, 0) AS categ_id,
           MIN(target_id) AS target_id,
           SUM(amount) FILTER (WHERE date_from = %(first)s) AS target_1,
           SUM(amount) FILTER (WHERE date_from = %(second)s) AS target_2
      FROM sales_target_result
     WHERE plan_id = %(plan)s AND metric_id = %(metric)s AND period = 'month'
       AND date_from IN (%(first)s, %(second)s) AND (region_id IS NULL) = (categ_id IS NULL)
     GROUP BY region_id, categ_id
), company AS (
    SELECT place.*, target_1 + target_2 - now_1 - now_2 AS gap,
           100 * (now_1 + now_2) / (before_1 + before_2) - 100 AS growth
      FROM place
      JOIN promise USING (region_id, categ_id)
     WHERE region_id = 0 AND channel_id = 0 AND class_id = 0
), judged AS (
    SELECT place.*, promise.target_id, company.gap AS company_gap,
           company.growth AS company_growth,
           COALESCE(target_1, place.before_1 * company.now_1 / company.before_1) AS expected_1,
           COALESCE(target_2, place.before_2 * company.now_2 / company.before_2) AS expected_2,
           100 * (place.now_1 + place.now_2) / NULLIF(place.before_1 + place.before_2, 0) - 100
           AS growth
      FROM place
     CROSS JOIN company
      LEFT JOIN promise ON promise.region_id = place.region_id
       AND promise.categ_id = place.categ_id AND place.channel_id + place.class_id = 0
     WHERE place.region_id + place.channel_id + place.class_id > 0
), peer AS (
    SELECT 'region' AS kind, region_id, NULL::int AS channel_id, NULL::int AS class_id,
           SUM(bought)::float8 AS bought, SUM(potential) AS potential
      FROM customer JOIN sales_customer_file AS file USING (partner_id)
     WHERE file.company_id = %(company)s AND potential > 0 GROUP BY region_id
     UNION ALL
    SELECT 'channel', NULL, channel_id, NULL, SUM(bought)::float8, SUM(potential)
      FROM customer JOIN sales_customer_file AS file USING (partner_id)
     WHERE file.company_id = %(company)s AND potential > 0 GROUP BY channel_id
     UNION ALL
    SELECT 'class', NULL, NULL, class_id, SUM(bought)::float8, SUM(potential)
      FROM customer JOIN sales_customer_file AS file USING (partner_id)
     WHERE file.company_id = %(company)s AND potential > 0 GROUP BY class_id
), quartile AS (
    SELECT kind, percentile_cont(0.25) WITHIN GROUP (ORDER BY bought / potential) AS low,
           percentile_cont(0.5) WITHIN GROUP (ORDER BY bought / potential) AS middle
      FROM peer GROUP BY kind
)
INSERT INTO bench.sales_finding (company_id, metric_id, date_from, date_to, date_found, state,
       kind, cause, basis, region_id, categ_id, channel_id, class_id, target_id, money,
       actual, expected, last_year, growth, company_growth, company_gap, share, peer_share,
       potential)
SELECT %(company)s, %(metric)s, %(first)s, %(end)s, %(today)s, 'open', 'problem', 'slow',
       CASE WHEN target_id IS NULL THEN 'last_year' ELSE 'target' END,
       NULLIF(region_id, 0), NULLIF(categ_id, 0), NULLIF(channel_id, 0), NULLIF(class_id, 0),
       target_id, ROUND((expected_1 + expected_2 - now_1 - now_2)::numeric, 2),
       now_1 + now_2, ROUND((expected_1 + expected_2)::numeric, 2), before_1 + before_2, growth,
       company_growth, company_gap, 0, 0, 0
  FROM judged
 WHERE expected_1 > 0 AND expected_2 > 0 AND now_1 <= 0.9 * expected_1
   AND now_2 <= 0.9 * expected_2
   AND (company_gap <= 0 OR expected_1 + expected_2 - now_1 - now_2 >= 0.05 * company_gap)
 UNION ALL
SELECT %(company)s, %(metric)s, %(first)s, %(end)s, %(today)s, 'open', 'opening', 'growth',
       'last_year', NULLIF(region_id, 0), NULLIF(categ_id, 0), NULLIF(channel_id, 0),
       NULLIF(class_id, 0), target_id,
       ROUND((now_1 + now_2 - (before_1 + before_2) * (1 + company_growth / 100))::numeric, 2),
       now_1 + now_2,
       ROUND(((before_1 + before_2) * (1 + company_growth / 100))::numeric, 2),
       before_1 + before_2, growth, company_growth, company_gap, 0, 0, 0
  FROM judged
 WHERE growth >= company_growth + 15
 UNION ALL
SELECT %(company)s, %(wallet)s, %(first)s, %(end)s, %(today)s, 'open', 'opening', 'wallet',
       'peers', region_id, NULL, channel_id, class_id, NULL,
       ROUND(((middle - bought / potential) * potential / 6)::numeric, 2), bought, 0, 0, 0, 0,
       0, 100 * bought / potential, 100 * middle, potential
  FROM peer JOIN quartile USING (kind)
 WHERE bought / potential < low
