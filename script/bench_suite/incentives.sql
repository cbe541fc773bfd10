-- Baseline for a month of incentives: what each invoice line earns by the quarter to
-- date, if the quotas of the year are attained, and what of it waits for the customer.
-- It makes assumptions that the engine cannot make: one plan with one rule and one
-- version, no credit notes, no late documents, no caps, nothing but own sales.
WITH assigned AS (
    SELECT a.id, a.plan_id, a.user_id, payee.name AS payee, rule.id AS rule_id,
           rule.root_id, rule.version_id
      FROM sales_incentive_assignment a
      JOIN sales_incentive_version v ON v.plan_id = a.plan_id AND v.state = 'approved'
      JOIN sales_incentive_rule rule ON rule.version_id = v.id
      JOIN res_users u ON u.id = a.user_id
      JOIN res_partner payee ON payee.id = u.partner_id
     WHERE a.id = ANY(%(assignments)s)
), actual AS (
    SELECT user_id, SUM(amount) AS amount
      FROM sales_fact_cell
     WHERE event IN ('invoice', 'refund') AND month BETWEEN %(year)s AND %(month)s
     GROUP BY user_id
), quota AS (
    SELECT t.user_id, SUM(m.amount) AS amount
      FROM sales_target t
      JOIN sales_target_month m ON m.target_id = t.id
     WHERE t.plan_id = %(targets)s AND m.month BETWEEN %(year)s AND %(month)s
     GROUP BY t.user_id
), attained AS (
    SELECT assigned.*, actual.amount >= 0.8 * quota.amount AS is_met
      FROM assigned
      JOIN actual USING (user_id)
      JOIN quota USING (user_id)
), booked AS (
    SELECT assignment_id, source, res_id, line_id, match_id, credit_id, event, origin,
           document_name, rule_id, root_id, version_id,
           SUM(base) FILTER (WHERE kind = 'earning') AS base,
           SUM(amount) FILTER (WHERE kind = 'earning') AS amount,
           COALESCE(SUM(amount) FILTER (WHERE balance = 'waiting'), 0) AS waiting
      FROM bench.sales_incentive_entry
     WHERE assignment_id = ANY(%(assignments)s) AND month < %(month)s
     GROUP BY assignment_id, source, res_id, line_id, match_id, credit_id, event, origin,
              document_name, rule_id, root_id, version_id
), before AS (
    SELECT assignment_id, SUM(base) AS base, SUM(amount) AS amount
      FROM booked WHERE origin >= %(quarter)s GROUP BY assignment_id
), line AS (
    SELECT a.*, f.source, f.res_id, f.line_id, f.match_id, f.credit_id, f.event, f.date,
           f.amount AS base, f.user_id AS seller_id, f.team_id, f.partner_id, f.product_id,
           COALESCE(b.base, 0) + SUM(f.amount) OVER (
               PARTITION BY a.id ORDER BY f.date, f.source, f.res_id, f.line_id,
                                          f.match_id, f.credit_id, f.event
           ) AS upto
      FROM attained a
      JOIN sales_fact f ON f.user_id = a.user_id
      LEFT JOIN before b ON b.assignment_id = a.id
     WHERE f.event IN ('invoice', 'refund') AND f.company_id = %(company)s
       AND f.date BETWEEN %(month)s AND %(end)s
), priced AS (
    SELECT line.*,
           CASE WHEN is_met THEN ROUND(
               LEAST(upto, 20000) * 0.03 + GREATEST(LEAST(upto, 40000) - 20000, 0) * 0.05
               + GREATEST(upto - 40000, 0) * 0.08, 2) ELSE 0 END
           - CASE WHEN is_met THEN ROUND(
               LEAST(upto - base, 20000) * 0.03
               + GREATEST(LEAST(upto - base, 40000) - 20000, 0) * 0.05
               + GREATEST(upto - base - 40000, 0) * 0.08, 2) ELSE 0 END AS amount,
           CASE WHEN upto < 20000 THEN 0 WHEN upto < 40000 THEN 1 ELSE 2 END AS tier
      FROM line
), receipt AS (
    SELECT m.id, m.name,
           LEAST(GREATEST(COALESCE(paid.amount, 0) / NULLIF(
               ABS(m.amount_total_signed) - COALESCE(credited.amount, 0), 0), 0), 1) AS share
      FROM account_move m
      LEFT JOIN (SELECT res_id, SUM(amount) AS amount FROM sales_fact
                  WHERE source = 'payment' AND date <= %(end)s GROUP BY res_id) paid
        ON paid.res_id = m.id
      LEFT JOIN (SELECT reversed_entry_id AS id, SUM(ABS(amount_total_signed)) AS amount
                   FROM account_move
                  WHERE move_type = 'out_refund' AND state = 'posted'
                    AND COALESCE(invoice_date, date) <= %(end)s
                  GROUP BY 1) credited ON credited.id = m.id
     WHERE m.id IN (SELECT res_id FROM priced UNION ALL SELECT res_id FROM booked)
), sold AS (
    SELECT p.id AS assignment_id, p.*, r.name AS document_name, r.share
      FROM priced p
      JOIN receipt r ON r.id = p.res_id
), item AS (
    SELECT a.id AS assignment_id, a.plan_id, a.user_id, a.payee, b.rule_id, b.root_id,
           b.version_id, b.origin, b.source, b.res_id, b.line_id, b.match_id, b.credit_id,
           b.event, b.document_name, NULL::int AS seller_id, NULL::int AS team_id,
           NULL::int AS partner_id, NULL::int AS product_id, b.amount, b.waiting, r.share
      FROM booked b
      JOIN assigned a ON a.id = b.assignment_id
      JOIN receipt r ON r.id = b.res_id
    UNION ALL
    SELECT assignment_id, plan_id, user_id, payee, rule_id, root_id, version_id, %(month)s,
           source, res_id, line_id, match_id, credit_id, event, document_name, seller_id,
           team_id, partner_id, product_id, amount, 0, share
      FROM sold
), moved AS (
    SELECT item.*, amount - ROUND(amount * share, 2) - waiting AS waits
      FROM item
), entry AS (
    SELECT assignment_id, plan_id, user_id, payee, rule_id, root_id, version_id,
           'earning' AS kind, 'payable' AS balance, amount, %(month)s AS origin,
           'sale' AS reason, 'quarter' AS interval, %(quarter)s AS interval_start, source,
           res_id, line_id, match_id, credit_id, event, date, base,
           upto - base AS cumulated_before, upto AS cumulated_after, tier,
           CASE WHEN is_met THEN (ARRAY[0.03, 0.05, 0.08])[tier + 1] ELSE 0 END AS rate,
           seller_id, team_id, partner_id, product_id, document_name
      FROM sold
    UNION ALL
    SELECT assignment_id, plan_id, user_id, payee, rule_id, root_id, version_id,
           CASE WHEN waits < 0 THEN 'release' ELSE 'holdback' END, balance, sign * waits,
           origin, CASE WHEN waits < 0 THEN 'released' WHEN origin < %(month)s THEN 'unpaid'
                        ELSE 'waits' END,
           NULL, NULL, source, res_id, line_id, match_id, credit_id, event, NULL, 0, NULL,
           NULL, NULL, share, seller_id, team_id, partner_id, product_id, document_name
      FROM moved
     CROSS JOIN (VALUES ('payable', -1), ('waiting', 1)) AS sides (balance, sign)
     WHERE waits <> 0
)
INSERT INTO bench.sales_incentive_entry (company_id, currency_id, period_id, month, state,
       is_changed, plan_id, assignment_id, user_id, payee, rule_id, root_id, version_id,
       kind, balance, amount, origin, reason, interval, interval_start, source, res_id,
       line_id, match_id, credit_id, event, date, base, cumulated_before, cumulated_after,
       tier, rate, seller_id, seller_team_id, customer_id, product_id, document_name,
       customer, product)
SELECT %(company)s, %(currency)s, %(period)s, %(month)s, 'provisional', FALSE, plan_id,
       assignment_id, entry.user_id, payee, rule_id, root_id, version_id, kind, balance, amount,
       origin, reason, interval, interval_start, source, res_id, line_id, match_id,
       credit_id, event, date, base, cumulated_before, cumulated_after, tier, rate,
       seller_id, team_id, partner_id, product_id, document_name, customer.complete_name,
       product.name
  FROM entry
  LEFT JOIN res_partner customer ON customer.id = entry.partner_id
  LEFT JOIN (SELECT p.id, t.name->>'en_US' AS name
               FROM product_product p
               JOIN product_template t ON t.id = p.product_tmpl_id) product
    ON product.id = entry.product_id
 ORDER BY entry.assignment_id, entry.kind, entry.date
