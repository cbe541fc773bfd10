# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.tools import SQL


class SalesCustomerDistinct(models.Model):
    """Two customers that look the same and are not: they are proposed no more."""

    _name = "sales.customer.distinct"
    _inherit = "sales.guard.mixin"
    _description = "No Duplicates"
    _order = "id desc"
    _rec_name = "partner_id"

    partner_id = fields.Many2one(
        comodel_name="res.partner",
        string="Customer",
        required=True,
        index=True,
        ondelete="cascade",
    )
    other_id = fields.Many2one(
        comodel_name="res.partner",
        string="Other Customer",
        required=True,
        index=True,
        ondelete="cascade",
    )

    _pair_uniq = models.UniqueIndex(
        "(LEAST(partner_id, other_id), GREATEST(partner_id, other_id))",
        "It is already known that these two are different customers.",
    )
    _pair_differs = models.Constraint(
        "CHECK (partner_id <> other_id)",
        "A customer cannot differ from itself: choose two customers.",
    )

    @api.model
    def _tell_apart(self, partners):
        """Note that partners are different customers, as far as it is not known yet."""
        ids = sorted(partners.ids)
        known = {
            (min(pair), max(pair))
            for pair in (
                (one.partner_id.id, one.other_id.id)
                for one in self.search(
                    [("partner_id", "in", ids), ("other_id", "in", ids)]
                )
            )
        }
        return self.create(
            [
                {"partner_id": one, "other_id": other}
                for number, one in enumerate(ids)
                for other in ids[number + 1 :]
                if (one, other) not in known
            ]
        )

    @api.model
    def _merge_partners(self, src_ids, dst):
        """The customer that is left differs from all from which one of them did."""
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                """
                WITH gone AS (
                    DELETE FROM sales_customer_distinct
                     WHERE partner_id = ANY(%(src)s) OR other_id = ANY(%(src)s)
                    RETURNING *
                ), moved AS (
                    SELECT CASE WHEN partner_id = ANY(%(src)s) THEN %(dst)s
                                ELSE partner_id END AS one,
                           CASE WHEN other_id = ANY(%(src)s) THEN %(dst)s
                                ELSE other_id END AS other,
                           create_uid, create_date
                      FROM gone
                ), pairs AS (
                    SELECT DISTINCT ON (LEAST(one, other), GREATEST(one, other)) *
                      FROM moved WHERE one <> other
                     ORDER BY LEAST(one, other), GREATEST(one, other), create_date
                )
                INSERT INTO sales_customer_distinct
                       (partner_id, other_id, create_uid, create_date,
                        write_uid, write_date)
                SELECT one, other, create_uid, create_date, create_uid, create_date
                  FROM pairs
                 WHERE NOT EXISTS (
                       SELECT FROM sales_customer_distinct AS known
                        WHERE (LEAST(known.partner_id, known.other_id),
                               GREATEST(known.partner_id, known.other_id))
                            = (LEAST(one, other), GREATEST(one, other))
                          AND known.partner_id <> ALL(%(src)s)
                          AND known.other_id <> ALL(%(src)s))
                """,
                src=list(src_ids),
                dst=dst.id,
            )
        )
        self.env.invalidate_all()
