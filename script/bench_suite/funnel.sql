-- The funnel of a team by cohort, as one would write it by hand: how many reached each
-- stage, stays per opportunity in calendar and working days, who waits, who turned back.
WITH worked AS (
    SELECT day::date AS day,
           SUM((EXTRACT(ISODOW FROM day) < 6)::int) OVER (ORDER BY day) AS number
      FROM generate_series(timestamp '2022-12-01', %(today)s, '1 day') AS day
), stage AS (
    SELECT id, row_number() OVER () AS place FROM unnest(%(stages)s) AS id
), stay AS (
    SELECT h.lead_id, stage.place,
           (h.entered_at AT TIME ZONE 'UTC' AT TIME ZONE %(tz)s)::date AS entered,
           (h.left_at AT TIME ZONE 'UTC' AT TIME ZONE %(tz)s)::date AS ended,
           l.won_status, l.expected_revenue,
           LAG(stage.place) OVER (PARTITION BY h.lead_id ORDER BY h.entered_at, h.id)
               AS before
      FROM sales_stage_history AS h
      JOIN crm_lead AS l ON l.id = h.lead_id
       AND l.type = 'opportunity' AND l.company_id = %(company)s
       AND l.team_id = %(team)s
      JOIN stage ON stage.id = h.stage_id
), sojourn AS (
    SELECT lead_id, place, won_status, MAX(expected_revenue) AS revenue,
           bool_or(ended IS NULL) AS waits, MIN(entered) AS entered,
           SUM(COALESCE(ended, %(today)s) - entered) AS days,
           SUM(b.number - a.number) AS work,
           COUNT(*) FILTER (WHERE before > place) AS returned
      FROM stay
      JOIN worked AS a ON a.day = entered
      JOIN worked AS b ON b.day = COALESCE(ended, %(today)s)
     GROUP BY lead_id, place, won_status
), furthest AS (
    SELECT lead_id, MAX(place) AS place FROM sojourn GROUP BY lead_id
), reached AS (
    SELECT place, SUM(COUNT(*)) OVER (ORDER BY place DESC)::int AS number
      FROM furthest GROUP BY place
)
SELECT stage.id,
       COALESCE((SELECT r.number FROM reached AS r
                  WHERE r.place >= stage.place ORDER BY r.place LIMIT 1), 0) AS reached,
       COUNT(*) FILTER (WHERE NOT waits) AS done,
       COALESCE(SUM(returned), 0)::int AS returned,
       AVG(days) FILTER (WHERE NOT waits),
       percentile_cont(ARRAY[0.5, 0.9]) WITHIN GROUP (ORDER BY days)
           FILTER (WHERE NOT waits),
       AVG(work) FILTER (WHERE NOT waits),
       percentile_cont(ARRAY[0.5, 0.9]) WITHIN GROUP (ORDER BY work)
           FILTER (WHERE NOT waits),
       AVG(days) FILTER (WHERE NOT waits AND won_status = 'won'),
       AVG(days) FILTER (WHERE NOT waits AND won_status = 'lost'),
       COUNT(*) FILTER (WHERE waits), AVG(days) FILTER (WHERE waits),
       SUM(revenue) FILTER (WHERE waits)
  FROM stage
  LEFT JOIN sojourn USING (place)
 GROUP BY stage.id, stage.place
 ORDER BY stage.place
