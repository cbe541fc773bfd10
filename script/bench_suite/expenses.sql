-- 100,000 claims and as many posted items on an expense account, one in ten split by
-- two analytic accounts, and some draft bills. Every choice depends on row numbers only.
CREATE SCHEMA bench_expense;
CREATE TABLE bench_expense.row AS
SELECT i AS id, date '2025-01-01' + mod(i, 360) AS date,
       person.ids[1 + mod(i, cardinality(person.ids))] AS user_id,
       team.ids[1 + mod(i, cardinality(team.ids))] AS team_id,
       10 + mod(i, 900) AS amount
  FROM generate_series(1, %(claims)s) i
 CROSS JOIN (SELECT array_agg(id ORDER BY id) AS ids FROM res_users WHERE active)
       AS person
 CROSS JOIN (SELECT array_agg(id ORDER BY id) AS ids FROM crm_team) AS team;

INSERT INTO hr_expense (
        name, date, employee_id, company_id, product_id, quantity, state, approval_state,
        payment_mode, total_amount, total_amount_currency, price_unit, currency_id,
        account_id, sales_expense_amount, sales_user_id, sales_team_id)
SELECT 'Claim ' || id, date, %(employee)s, %(company)s, %(product)s, 1, 'submitted',
       'submitted', 'own_account', amount, amount, amount, %(currency)s, %(account)s,
       amount, user_id, team_id
  FROM bench_expense.row;

CREATE TABLE bench_expense.move AS
WITH move AS (
    INSERT INTO account_move (
            name, ref, sequence_prefix, sequence_number, state, move_type, journal_id,
            company_id, currency_id, date, invoice_date, invoice_user_id, team_id,
            auto_post, payment_state)
    SELECT 'BENCH/' || id, id::text, 'BENCH/', id, 'posted', 'in_invoice', %(journal)s,
           %(company)s, %(currency)s, date, date, user_id, team_id, 'no', 'not_paid'
      FROM bench_expense.row
    RETURNING id, ref
)
SELECT move.id, row.id AS number, row.amount, row.date
  FROM move JOIN bench_expense.row row ON row.id = move.ref::int;

INSERT INTO account_move_line (
        move_id, journal_id, company_id, company_currency_id, currency_id, account_id,
        name, display_type, parent_state, date, quantity, price_unit, debit, credit,
        balance, amount_currency, analytic_distribution)
SELECT id, %(journal)s, %(company)s, %(currency)s, %(currency)s, %(account)s, 'Expense',
       'product', 'posted', date, 1, amount, amount, 0, amount, amount,
       CASE WHEN mod(number, 10) = 0
            THEN jsonb_build_object(%(first)s::text, 33, %(second)s::text, 67) END
  FROM bench_expense.move;

DROP SCHEMA bench_expense CASCADE;
ANALYZE hr_expense, account_move, account_move_line;
