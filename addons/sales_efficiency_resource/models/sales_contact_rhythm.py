# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.tools import SQL


class SalesContactRhythm(models.Model):
    """How often a customer was to be contacted, by whom, and from when to when.

    Only code writes it, see ``ContactRhythms``; the coverage of contacts asks it.
    """

    _name = "sales.contact.rhythm"
    _inherit = "sales.contact.duty.mixin"
    _description = "Rhythm of Contacts"
    _order = "date_from desc, id desc"
    _rec_name = "partner_id"
    _log_access = False

    contact_days = fields.Integer(
        string="Contact Every", readonly=True, aggregator=None
    )
    start_date = fields.Date(
        string="Under the Policy Since", required=True, readonly=True
    )
    date_from = fields.Date(string="From", required=True, readonly=True)
    date_to = fields.Date(string="To", readonly=True)

    _customer_uniq = models.UniqueIndex(
        "(partner_id, company_id) WHERE date_to IS NULL",
        "A customer has one rhythm of contacts.",
    )

    @api.model
    def _merge_partners(self, src_ids, dst):
        """Keep the rhythms of the customer that remains, or else those of one.

        :param list src_ids: the partners that go
        :param dst: the one that remains
        """
        self.flush_model()
        self.env.cr.execute(
            SQL(
                """
                WITH kept AS (
                    SELECT DISTINCT ON (company_id) company_id, partner_id
                      FROM sales_contact_rhythm
                     WHERE partner_id = ANY(%(ids)s) OR partner_id = %(customer)s
                     ORDER BY company_id, partner_id <> %(customer)s, start_date,
                              partner_id
                ), removed AS (
                    DELETE FROM sales_contact_rhythm rhythm USING kept
                     WHERE rhythm.company_id = kept.company_id
                       AND rhythm.partner_id = ANY(%(ids)s)
                       AND rhythm.partner_id <> kept.partner_id)
                UPDATE sales_contact_rhythm rhythm SET partner_id = %(customer)s
                  FROM kept
                 WHERE rhythm.company_id = kept.company_id
                   AND rhythm.partner_id = kept.partner_id
                   AND kept.partner_id <> %(customer)s
                """,
                ids=list(src_ids),
                customer=dst.commercial_partner_id.id,
            )
        )
        self.invalidate_model()
