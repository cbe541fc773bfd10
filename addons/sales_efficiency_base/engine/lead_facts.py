# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tools import SQL

# A lead ``l`` with its company ``c`` and the day on which it was ``opened``. Without a
# company of its own, it has that of its team, its salesperson or its creator.
LEADS = SQL(
    """
    crm_lead l
    LEFT JOIN res_partner partner ON partner.id = l.partner_id
    LEFT JOIN crm_team t ON t.id = l.team_id
    LEFT JOIN res_users salesperson ON salesperson.id = l.user_id
    LEFT JOIN res_users creator ON creator.id = l.create_uid
    JOIN res_company c ON c.id = COALESCE(
        l.company_id, t.company_id, salesperson.company_id, creator.company_id
    )
    CROSS JOIN LATERAL (
        SELECT COALESCE(
            l.sales_opened_date,
            (l.create_date AT TIME ZONE 'UTC' AT TIME ZONE c.sales_tz)::date
        ) AS date
    ) opened
    """
)


def get_lead_columns():
    """Return where figures of leads and opportunities lie: dict column of
    ``sales_fact`` -> SQL over ``LEADS``."""
    return {
        "company_id": SQL("c.id"),
        "currency_id": SQL("c.currency_id"),
        "region_id": SQL("l.sales_region_id"),
        "team_id": SQL("l.team_id"),
        "user_id": SQL("l.user_id"),
        "channel_id": SQL("l.sales_channel_id"),
        "categ_id": SQL("l.sales_categ_id"),
        "partner_id": SQL("COALESCE(partner.commercial_partner_id, partner.id)"),
        "campaign_id": SQL("l.campaign_id"),
        "res_id": SQL("l.id"),
    }
