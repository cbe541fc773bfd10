-- Orders, invoices and payments, from the master data in the schema "bench".
-- Every choice depends on row numbers only, so the company is the same each time.

-- pick: a number below n that depends only on the row and the salt.
CREATE FUNCTION bench.pick(i int, salt int, n int) RETURNS int IMMUTABLE LANGUAGE sql
    AS 'SELECT mod(hashint8extended(i, salt) & 2147483647, n)::int';

CREATE TABLE bench.plan AS
SELECT i AS id,
       timestamp '2026-01-01 08:00'
       - (%(days)s - bench.pick(i, 1, %(days)s)) * interval '1 day' AS moment,
       person.id AS user_id, person.team_id, person.region_id,
       customer.id AS partner_id, i %% 10 <> 0 AS invoiced,
       bench.pick(i, 4, 10) < 7 AS paid
  FROM generate_series(1, %(orders)s) i
  JOIN bench.person person ON person.rank = bench.pick(i, 2, %(people)s)
  JOIN bench.customer customer ON customer.rank = bench.pick(i, 3, %(customers)s);

CREATE TABLE bench.line AS
SELECT l AS id, p.id AS order_id, p.moment, p.user_id, p.partner_id, p.invoiced,
       product.id AS product_id, product.uom_id, product.name,
       1 + bench.pick(l, 6, 10) AS quantity, product.price, product.price * 0.6 AS cost
  FROM generate_series(1, %(orders)s * %(per_order)s) l
  JOIN bench.plan p ON p.id = (l + %(per_order)s - 1) / %(per_order)s
  JOIN bench.product product ON product.rank = bench.pick(l, 5, %(products)s);
ANALYZE bench.plan, bench.line;

CREATE TABLE bench.total AS
SELECT order_id AS id, SUM(quantity * price) AS amount, SUM(quantity * cost) AS cost
  FROM bench.line GROUP BY order_id;
ANALYZE bench.total;

INSERT INTO sale_order (id, name, state, company_id, partner_id, partner_invoice_id,
        partner_shipping_id, currency_id, currency_rate, user_id, team_id, sales_region_id,
        date_order, create_date, write_date, amount_untaxed, amount_tax, amount_total,
        margin, invoice_status)
SELECT p.id, 'B' || p.id, 'sale', %(company)s, partner_id, partner_id, partner_id,
       %(currency)s, 1, user_id, team_id, region_id, moment, moment, moment, t.amount, 0,
       t.amount, t.amount - t.cost,
       CASE WHEN invoiced THEN 'invoiced' ELSE 'to invoice' END
  FROM bench.plan p JOIN bench.total t USING (id);

INSERT INTO sale_order_line (id, order_id, sequence, company_id, currency_id,
        order_partner_id, salesman_id, product_id, product_uom_id, state, name,
        product_uom_qty, price_unit, discount, price_subtotal, price_total, price_tax,
        price_reduce_taxexcl, price_reduce_taxinc, qty_delivered, qty_invoiced,
        qty_to_invoice, untaxed_amount_invoiced, untaxed_amount_to_invoice, invoice_status,
        customer_lead, purchase_price, margin, is_downpayment, create_date, write_date)
SELECT id, order_id, 10, %(company)s, %(currency)s, partner_id, user_id, product_id, uom_id,
       'sale', name, quantity, price, 0, quantity * price, quantity * price, 0, price, price,
       0, CASE WHEN invoiced THEN quantity ELSE 0 END,
       CASE WHEN invoiced THEN 0 ELSE quantity END,
       CASE WHEN invoiced THEN quantity * price ELSE 0 END,
       CASE WHEN invoiced THEN 0 ELSE quantity * price END,
       CASE WHEN invoiced THEN 'invoiced' ELSE 'to invoice' END,
       0, cost, quantity * (price - cost), FALSE, moment, moment
  FROM bench.line;

-- An invoice has the id of its order; the ids of payments follow the last of these.
INSERT INTO account_move (id, name, sequence_prefix, sequence_number, state, move_type,
        journal_id, company_id, currency_id, partner_id, commercial_partner_id, date,
        invoice_date, invoice_user_id, team_id, sales_region_id, auto_post, payment_state,
        amount_untaxed, amount_total, amount_residual, amount_untaxed_signed,
        amount_total_signed, create_date, write_date)
SELECT id, 'INV/' || id, 'INV/', id, 'posted', 'out_invoice', %(sale_journal)s, %(company)s,
       %(currency)s, partner_id, partner_id, moment, moment, user_id, team_id, region_id,
       'no', CASE WHEN paid THEN 'paid' ELSE 'not_paid' END, t.amount, t.amount,
       CASE WHEN paid THEN 0 ELSE t.amount END, t.amount, t.amount, moment, moment
  FROM bench.plan p JOIN bench.total t USING (id) WHERE invoiced
UNION ALL
SELECT %(orders)s + id, 'PAY/' || id, 'PAY/', id, 'posted', 'entry', %(bank_journal)s,
       %(company)s, %(currency)s, partner_id, partner_id, moment + interval '30 days', NULL,
       NULL, NULL, NULL, 'no', 'not_paid', 0, t.amount, 0, 0, t.amount, moment, moment
  FROM bench.plan p JOIN bench.total t USING (id) WHERE invoiced AND paid;

-- Product lines have the ids of their order lines. The others follow: receivable of the
-- invoice, receivable of the payment, bank.
INSERT INTO account_move_line (id, move_id, journal_id, company_id, company_currency_id,
        currency_id, account_id, partner_id, product_id, product_uom_id, name, display_type,
        parent_state, date, quantity, price_unit, price_subtotal, price_total, discount,
        debit, credit, balance, amount_currency, amount_residual, reconciled, create_date,
        write_date)
SELECT id, order_id, %(sale_journal)s, %(company)s, %(currency)s, %(currency)s, %(income)s,
       partner_id, product_id, uom_id, name, 'product', 'posted', moment, quantity, price,
       quantity * price, quantity * price, 0, 0, quantity * price, -quantity * price,
       -quantity * price, 0, FALSE, moment, moment
  FROM bench.line WHERE invoiced
UNION ALL
SELECT %(orders)s * (%(per_order)s + side.number) + id,
       CASE WHEN side.number = 0 THEN id ELSE %(orders)s + id END,
       CASE WHEN side.number = 0 THEN %(sale_journal)s ELSE %(bank_journal)s END,
       %(company)s, %(currency)s, %(currency)s,
       CASE WHEN side.number = 2 THEN %(bank)s ELSE %(receivable)s END, partner_id, NULL, NULL,
       NULL, CASE WHEN side.number = 0 THEN 'payment_term' ELSE 'product' END, 'posted',
       moment + CASE WHEN side.number = 0 THEN interval '0' ELSE interval '30 days' END,
       0, 0, 0, 0, 0, GREATEST(side.sign * t.amount, 0), GREATEST(-side.sign * t.amount, 0),
       side.sign * t.amount, side.sign * t.amount, 0, paid AND side.number < 2, moment, moment
  FROM bench.plan p JOIN bench.total t USING (id)
  JOIN (VALUES (0, 1), (1, -1), (2, 1)) AS side (number, sign) ON side.number = 0 OR paid
 WHERE invoiced;

INSERT INTO sale_order_line_invoice_rel (order_line_id, invoice_line_id)
SELECT id, id FROM bench.line WHERE invoiced;

INSERT INTO account_partial_reconcile (id, debit_move_id, credit_move_id,
        debit_currency_id, credit_currency_id, company_id, max_date, amount,
        debit_amount_currency, credit_amount_currency)
SELECT id, %(orders)s * %(per_order)s + id, %(orders)s * (%(per_order)s + 1) + id,
       %(currency)s, %(currency)s, %(company)s, moment + interval '30 days', t.amount,
       t.amount, t.amount
  FROM bench.plan p JOIN bench.total t USING (id) WHERE invoiced AND paid;

DROP SCHEMA bench CASCADE;
