-- What a claim does to the budget of a team, as one would write it by hand
WITH budget AS (
    SELECT SUM(month.amount) AS amount
      FROM sales_target_month month
     WHERE month.target_id = %(budget)s AND month.month <= %(day)s
),
kind AS (
    SELECT product_id FROM sales_expense_kind_product_rel WHERE kind_id = %(kind)s
),
spent AS (
    SELECT COALESCE(SUM(line.balance), 0) AS amount
      FROM account_move_line line
      JOIN account_move move ON move.id = line.move_id
      JOIN account_account account ON account.id = line.account_id
       AND account.account_type LIKE 'expense%%'
     WHERE line.parent_state = 'posted' AND line.company_id = %(company)s
       AND line.date BETWEEN %(start)s AND %(end)s
       AND line.product_id IN (SELECT product_id FROM kind)
       AND move.team_id = %(team)s
),
committed AS (
    SELECT COALESCE(SUM(claim.sales_expense_amount), 0) AS amount
      FROM hr_expense claim
      LEFT JOIN account_move move ON move.id = claim.account_move_id
     WHERE claim.approval_state IN ('submitted', 'approved')
       AND (move.id IS NULL OR move.state = 'draft')
       AND claim.company_id = %(company)s
       AND claim.date BETWEEN %(start)s AND %(end)s
       AND claim.product_id IN (SELECT product_id FROM kind)
       AND claim.sales_team_id = %(team)s
)
SELECT budget.amount, spent.amount, committed.amount
  FROM budget, spent, committed
