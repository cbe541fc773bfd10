# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tools import SQL

# The team of the salesperson of a customer ``partner``
MEMBERS = SQL(
    """
    LEFT JOIN LATERAL (
         SELECT crm_team_id FROM crm_team_member
          WHERE user_id = partner.user_id AND active
          ORDER BY id LIMIT 1) AS member ON TRUE
    """
)


def select_customer_places(names):
    """Return where customers lie: with their salesperson, their team, and in their
    region and channel. All other dimensions are empty.

    :param names: names of dimensions
    :return: SQL of columns over ``res_partner AS partner`` and ``MEMBERS``, each
        followed by a comma
    """
    places = {
        "user_id": SQL("partner.user_id"),
        "team_id": SQL("member.crm_team_id"),
        "region_id": SQL("partner.sales_region_id"),
        "channel_id": SQL("partner.sales_channel_id"),
        "partner_id": SQL("partner.id"),
    }
    return SQL("").join(
        SQL("%s AS %s, ", places.get(name, SQL("NULL::int")), SQL.identifier(name))
        for name in names
    )
