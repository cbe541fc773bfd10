# ruff: noqa: E501 (the SQL reads best in wide lines)
# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Generate the same company each time: masters by the ORM, documents by SQL."""

LINES_PER_ORDER = 5
PEOPLE, GROUPS, CUSTOMERS, PRODUCTS = 200, 20, 20_000, 500

# The triggers of the mart: a rebuild follows, a queue of a million changes would not.
WATCHED = (
    "sale_order",
    "sale_order_line",
    "sale_order_line_invoice_rel",
    "account_move",
    "account_move_line",
    "account_partial_reconcile",
)

DOCUMENTS = """
-- pick: a number below n that depends on nothing but the row and the salt.
CREATE FUNCTION pg_temp.pick(i int, salt int, n int) RETURNS int IMMUTABLE LANGUAGE sql
    AS 'SELECT mod(hashint8extended(i, salt) & 2147483647, n)::int';

CREATE TEMP TABLE plan AS
SELECT i AS id,
       timestamp '2023-01-01 08:00' + pg_temp.pick(i, 1, 1096) * interval '1 day' AS moment,
       person.id AS user_id, person.team_id, person.region_id,
       customer.id AS partner_id, i %% 10 <> 0 AS invoiced,
       pg_temp.pick(i, 4, 10) < 7 AS paid
  FROM generate_series(1, %(orders)s) i
  JOIN bench_person person ON person.rank = pg_temp.pick(i, 2, %(people)s)
  JOIN bench_customer customer ON customer.rank = pg_temp.pick(i, 3, %(customers)s);

CREATE TEMP TABLE plan_line AS
SELECT l AS id, p.id AS order_id, p.moment, p.user_id, p.partner_id, p.invoiced,
       product.id AS product_id, product.uom_id, product.name,
       1 + pg_temp.pick(l, 6, 10) AS quantity, product.price, product.price * 0.6 AS cost
  FROM generate_series(1, %(orders)s * %(per_order)s) l
  JOIN plan p ON p.id = (l + %(per_order)s - 1) / %(per_order)s
  JOIN bench_product product ON product.rank = pg_temp.pick(l, 5, %(products)s);
ANALYZE plan, plan_line;

CREATE TEMP TABLE plan_total AS
SELECT order_id AS id, SUM(quantity * price) AS amount, SUM(quantity * cost) AS cost
  FROM plan_line GROUP BY order_id;
ANALYZE plan_total;

INSERT INTO sale_order (id, name, state, company_id, partner_id, partner_invoice_id,
        partner_shipping_id, currency_id, currency_rate, user_id, team_id, sales_region_id,
        date_order, create_date, write_date, amount_untaxed, amount_tax, amount_total,
        margin, invoice_status{order_columns})
SELECT p.id, 'B' || p.id, 'sale', %(company)s, partner_id, partner_id, partner_id,
       %(currency)s, 1, user_id, team_id, region_id, moment, moment, moment, t.amount, 0,
       t.amount, t.amount - t.cost,
       CASE WHEN invoiced THEN 'invoiced' ELSE 'to invoice' END{order_values}
  FROM plan p JOIN plan_total t USING (id);

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
  FROM plan_line;

-- An invoice has the number of its order, its payment follows %(orders)s later.
INSERT INTO account_move (id, name, sequence_prefix, sequence_number, state, move_type,
        journal_id, company_id, currency_id, partner_id, commercial_partner_id, date,
        invoice_date, invoice_user_id, team_id, sales_region_id, auto_post, payment_state,
        amount_untaxed, amount_total, amount_residual, amount_untaxed_signed,
        amount_total_signed, create_date, write_date)
SELECT id, 'INV/' || id, 'INV/', id, 'posted', 'out_invoice', %(sale_journal)s, %(company)s,
       %(currency)s, partner_id, partner_id, moment, moment, user_id, team_id, region_id,
       'no', CASE WHEN paid THEN 'paid' ELSE 'not_paid' END, t.amount, t.amount,
       CASE WHEN paid THEN 0 ELSE t.amount END, t.amount, t.amount, moment, moment
  FROM plan p JOIN plan_total t USING (id) WHERE invoiced
UNION ALL
SELECT %(orders)s + id, 'PAY/' || id, 'PAY/', id, 'posted', 'entry', %(bank_journal)s,
       %(company)s, %(currency)s, partner_id, partner_id, moment + interval '30 days', NULL,
       NULL, NULL, NULL, 'no', 'not_paid', 0, t.amount, 0, 0, t.amount, moment, moment
  FROM plan p JOIN plan_total t USING (id) WHERE invoiced AND paid;

-- Product lines have the number of their order line, the others follow: receivable of the
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
  FROM plan_line WHERE invoiced
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
  FROM plan p JOIN plan_total t USING (id)
  JOIN (VALUES (0, 1), (1, -1), (2, 1)) AS side (number, sign) ON side.number = 0 OR paid
 WHERE invoiced;

INSERT INTO sale_order_line_invoice_rel (order_line_id, invoice_line_id)
SELECT id, id FROM plan_line WHERE invoiced;

INSERT INTO account_partial_reconcile (id, debit_move_id, credit_move_id,
        debit_currency_id, credit_currency_id, company_id, max_date, amount,
        debit_amount_currency, credit_amount_currency)
SELECT id, %(orders)s * %(per_order)s + id, %(orders)s * (%(per_order)s + 1) + id,
       %(currency)s, %(currency)s, %(company)s, moment + interval '30 days', t.amount,
       t.amount, t.amount
  FROM plan p JOIN plan_total t USING (id) WHERE invoiced AND paid;

DROP TABLE plan, plan_line, plan_total, bench_person, bench_customer, bench_product;
"""


def generate(env, lines):
    """Fill an empty database of the suite with order lines and what follows them."""
    orders = lines // LINES_PER_ORDER
    company = env.company
    cr = env.cr
    _create_masters(env)
    journals = env["account.journal"]
    accounts = env["account.account"]
    bank_journal = journals.search([("type", "=", "bank")], limit=1)
    values = {
        "orders": orders,
        "per_order": LINES_PER_ORDER,
        "people": PEOPLE,
        "customers": CUSTOMERS,
        "products": PRODUCTS,
        "company": company.id,
        "currency": company.currency_id.id,
        "sale_journal": journals.search([("type", "=", "sale")], limit=1).id,
        "bank_journal": bank_journal.id,
        "bank": bank_journal.default_account_id.id,
        "income": accounts.search([("account_type", "=", "income")], limit=1).id,
        "receivable": accounts.search(
            [("account_type", "=", "asset_receivable")], limit=1
        ).id,
    }
    # Stock, where it is installed, requires two columns more.
    stock = "picking_policy" in env["sale.order"]._fields
    statement = DOCUMENTS.format(
        order_columns=", picking_policy" if stock else "",
        order_values=", 'direct'" if stock else "",
    )
    for table in WATCHED:
        cr.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
    cr.execute("SET LOCAL work_mem = '256MB'; SET LOCAL jit = off")
    cr.execute(statement, values)
    # The checks of foreign keys wait for the end of the statement, not of the transaction.
    for table in WATCHED:
        cr.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
    for table in WATCHED:
        if table != "sale_order_line_invoice_rel":
            cr.execute(
                f"SELECT setval('{table}_id_seq', (SELECT MAX(id) + 1 FROM {table}))"
            )
    cr.commit()
    env["sales.mart"]._rebuild()
    cr.execute("DELETE FROM sales_fact_queue")
    cr.commit()
    cr.execute("ANALYZE")
    cr.commit()


def _create_masters(env):
    """Create regions, teams, people and products, and list them for the SQL."""
    env = env(context={"tracking_disable": True, "no_reset_password": True})
    regions = env["sales.region"].create(
        [{"name": f"Region {n}", "code": f"R{n}"} for n in range(GROUPS)]
    )
    teams = env["crm.team"].create([{"name": f"Team {n}"} for n in range(GROUPS)])
    users = env["res.users"].create(
        [{"name": f"Person {n}", "login": f"person{n}"} for n in range(PEOPLE)]
    )
    categories = env["product.category"].create(
        [{"name": f"Line {n}"} for n in range(GROUPS)]
    )
    products = env["product.product"].create(
        [
            {
                "name": f"Product {n}",
                "list_price": 10 + n,
                "categ_id": categories[n % GROUPS].id,
                "invoice_policy": "order",
            }
            for n in range(PRODUCTS)
        ]
    )
    env.flush_all()
    env.cr.execute(
        """
        CREATE TEMP TABLE bench_person AS
        SELECT n - 1 AS rank, id, (%(teams)s)[1 + (n - 1) %% %(groups)s] AS team_id,
               (%(regions)s)[1 + (n - 1) %% %(groups)s] AS region_id
          FROM unnest(%(users)s) WITH ORDINALITY AS u (id, n);
        INSERT INTO res_partner (name, complete_name, active, is_company, type, autopost_bills,
                create_date, write_date)
        SELECT 'Customer ' || n, 'Customer ' || n, TRUE, TRUE, 'contact', 'ask', now(), now()
          FROM generate_series(1, %(customers)s) n;
        UPDATE res_partner SET commercial_partner_id = id WHERE name LIKE 'Customer %%';
        CREATE TEMP TABLE bench_customer AS
        SELECT ROW_NUMBER() OVER (ORDER BY id) - 1 AS rank, id
          FROM res_partner WHERE name LIKE 'Customer %%';
        CREATE TEMP TABLE bench_product AS
        SELECT n - 1 AS rank, p.id, t.uom_id, t.list_price AS price, t.name->>'en_US' AS name
          FROM unnest(%(products)s) WITH ORDINALITY AS u (id, n)
          JOIN product_product p USING (id)
          JOIN product_template t ON t.id = p.product_tmpl_id;
        ANALYZE bench_person, bench_customer, bench_product;
        """,
        {
            "teams": teams.ids,
            "regions": regions.ids,
            "users": users.ids,
            "products": products.ids,
            "groups": GROUPS,
            "customers": CUSTOMERS,
        },
    )
