# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).


def migrate(cr, version):
    """The market share is a ratio of two metrics now, not computed by a method."""
    cr.execute(
        """
        DELETE FROM sales_metric_sales_metric_event_rel r
         USING sales_metric m
         WHERE m.id = r.sales_metric_id AND m.code = 'market_share';
        UPDATE sales_metric m
           SET kind = 'ratio', base_id = NULL, method_model = NULL,
               method_name = NULL, method_formula = NULL,
               numerator_id = ordered.id, denominator_id = size.id
          FROM sales_metric ordered, sales_metric size
         WHERE m.code = 'market_share' AND m.kind = 'method'
           AND ordered.code = 'ordered_amount' AND size.code = 'market_size'
        """
    )
