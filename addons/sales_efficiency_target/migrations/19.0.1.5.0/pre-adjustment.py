# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).


def migrate(cr, version):
    """Preserve the effects of adjustments, inaccessible to users, and their changes as
    decided: until now, both followed later changes of the targets."""
    cr.execute(
        """
        ALTER TABLE sales_target_adjustment_effect
          ADD COLUMN target_id integer,
          ADD COLUMN figures jsonb;
        UPDATE sales_target_adjustment_effect e
           SET target_id = level.target_id,
               figures = jsonb_build_object(
                   'amount_before', COALESCE(e.amount_before, 0),
                   'amount_after', COALESCE(e.amount_after, 0),
                   'gap_after', COALESCE(e.gap_after, 0),
                   'attainment_before', COALESCE(e.attainment_before, 0),
                   'attainment_after', COALESCE(e.attainment_after, 0))
          FROM (SELECT id, adjustment_id,
                       ROW_NUMBER() OVER (PARTITION BY adjustment_id ORDER BY id) AS n
                  FROM sales_target_adjustment_effect) line
          JOIN sales_target_adjustment a ON a.id = line.adjustment_id
          JOIN sales_target t ON t.id = a.target_id
          LEFT JOIN LATERAL (
                SELECT path.id::int AS target_id,
                       ROW_NUMBER() OVER (ORDER BY path.place DESC) AS n
                  FROM unnest(string_to_array(rtrim(t.parent_path, '/'), '/'))
                       WITH ORDINALITY AS path (id, place)
               ) level ON level.n = line.n
         WHERE line.id = e.id;
        ALTER TABLE sales_target_adjustment_effect
         DROP COLUMN name,
         DROP COLUMN amount_before,
         DROP COLUMN amount_after,
         DROP COLUMN gap_after,
         DROP COLUMN attainment_before,
         DROP COLUMN attainment_after;

        ALTER TABLE sales_target_adjustment
          ADD COLUMN effect_date timestamp,
          ADD COLUMN difference_percent numeric;
        UPDATE sales_target_adjustment a
           SET effect_date = COALESCE(whole.create_date, a.create_date),
               difference_percent = ROUND(CASE
                   WHEN whole.amount <> 0 THEN 100 * a.difference / whole.amount
                   ELSE 100 * SIGN(a.difference) END, 2),
               change_percent = ROUND(CASE
                   WHEN whole.amount <> 0 THEN 100 * moved.amount / whole.amount
                   ELSE 100 * SIGN(moved.amount) END, 2)
          FROM (SELECT l.adjustment_id,
                       GREATEST(SUM(GREATEST(l.amount - l.present_amount, 0)),
                                SUM(GREATEST(l.present_amount - l.amount, 0)))
                       / CASE WHEN t.is_additive THEN 1 ELSE 12 END AS amount
                  FROM sales_target_adjustment_line l
                  JOIN sales_target_adjustment b ON b.id = l.adjustment_id
                  JOIN sales_target t ON t.id = b.target_id
                 GROUP BY l.adjustment_id, t.is_additive) moved
          LEFT JOIN (
                SELECT DISTINCT ON (adjustment_id) adjustment_id, create_date,
                       (figures->>'amount_before')::numeric AS amount
                  FROM sales_target_adjustment_effect
                 ORDER BY adjustment_id, id) whole
            ON whole.adjustment_id = moved.adjustment_id
         WHERE moved.adjustment_id = a.id;
        """
    )
