# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).


def migrate(cr, version):
    """Take over the market share from the add-on of analyses, with its targets and its
    place on the board of indicators: the record stays, its home is another."""
    cr.execute(
        """
        UPDATE ir_model_data SET module = 'sales_efficiency_base'
         WHERE module = 'sales_efficiency_analytics'
           AND name = 'sales_metric_market_share'
        """
    )
