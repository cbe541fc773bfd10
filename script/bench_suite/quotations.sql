-- Open and cancelled quotations with a line below its floor, as one would write it by hand
WITH line AS (
    SELECT l.id, l.order_id, l.product_id, p.product_tmpl_id, o.sales_region_id,
           categ.parent_path, categ.id AS categ_id, l.price_subtotal AS amount,
           l.product_uom_qty * unit.factor / base.factor AS quantity,
           l.sales_unit_cost * base.factor / unit.factor AS cost,
           GREATEST(
               t.list_price, l.price_unit * base.factor / unit.factor / o.currency_rate
           ) AS price,
           o.currency_rate AS rate, currency.rounding,
           SUM(l.price_subtotal) FILTER (WHERE l.price_subtotal > 0) OVER whole AS total,
           SUM(l.price_subtotal) OVER whole AS net,
           SUM(l.price_subtotal) FILTER (WHERE l.price_subtotal > 0) OVER until AS upto
      FROM sale_order o
      JOIN res_currency currency ON currency.id = o.currency_id
      JOIN sale_order_line l ON l.order_id = o.id AND l.display_type IS NULL
      JOIN product_product p ON p.id = l.product_id
      JOIN product_template t ON t.id = p.product_tmpl_id
      JOIN uom_uom unit ON unit.id = l.product_uom_id
      JOIN uom_uom base ON base.id = t.uom_id
      LEFT JOIN product_category categ ON categ.id = t.categ_id
     WHERE o.state IN ('draft', 'sent', 'cancel') AND o.company_id = %(company)s
    WINDOW whole AS (PARTITION BY l.order_id),
           until AS (PARTITION BY l.order_id ORDER BY l.sequence, l.id)
)
SELECT DISTINCT line.order_id
  FROM line
 CROSS JOIN LATERAL (
       SELECT floor.*
         FROM sales_price_floor floor
        WHERE floor.active AND floor.company_id = %(company)s
          AND %(day)s BETWEEN COALESCE(floor.date_from, '-infinity')
                          AND COALESCE(floor.date_to, 'infinity')
          AND (floor.product_tmpl_id IS NULL
               OR floor.product_tmpl_id = line.product_tmpl_id)
          AND (floor.categ_id IS NULL
               OR line.parent_path LIKE '%%' || floor.categ_id || '/%%')
          AND (floor.region_id IS NULL OR floor.region_id = line.sales_region_id)
        ORDER BY floor.product_tmpl_id IS NOT NULL DESC,
              floor.categ_id = line.categ_id DESC NULLS LAST,
              floor.categ_id IS NOT NULL DESC,
              floor.region_id IS NOT NULL DESC
        LIMIT 1
       ) floor
 WHERE line.amount > 0
   AND ROUND(line.upto * line.net / line.total, 2)
       - ROUND((line.upto - line.amount) * line.net / line.total, 2)
       < line.quantity * line.rate * CASE floor.basis
           WHEN 'price' THEN floor.lowest_price
           WHEN 'discount' THEN line.price * (1 - floor.largest_discount / 100)
           ELSE line.cost / (1 - floor.least_margin / 100)
         END - line.rounding / 2
