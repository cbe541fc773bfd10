# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tools import SQL


def select_places():
    """Return the SELECT of the team that each person belongs to, or else leads, in a
    company: ``company_id``, ``user_id``, ``team_id``, ``leader_id``, ``region_id``.

    Joined as a materialized CTE, it finds the teams of a few people once, not that of
    each customer or contact.
    """
    return SQL(
        """
        SELECT DISTINCT ON (company.id, part.user_id)
               company.id AS company_id, part.user_id, team.id AS team_id,
               team.user_id AS leader_id, team.sales_region_id AS region_id
          FROM (
            SELECT user_id, crm_team_id AS team_id, id AS member_id
              FROM crm_team_member WHERE active
             UNION ALL
            SELECT user_id, id, NULL FROM crm_team WHERE user_id IS NOT NULL
               ) AS part
          JOIN crm_team team ON team.id = part.team_id AND team.active
          JOIN res_company company
            ON team.company_id IS NULL OR team.company_id = company.id
         ORDER BY company.id, part.user_id, part.member_id NULLS LAST, team.id
        """
    )
