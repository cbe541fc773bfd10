# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.addons.sales_efficiency_base.tools import Scope


def find_measured_teams(user, company, measures):
    """Return the teams of a company by whose figures somebody is measured, without
    those below others of them: figures of a team include those of the teams below.

    :param user: a ``res.users`` record as superuser
    :param str measures: ``team``: those led, ``served``: those served
    """
    teams = user._get_appraised_teams(measures, company)
    return teams.filtered(lambda team: not _is_below(team, teams))


def join_teams(teams, company):
    """:return: the :class:`Scope` of all of the teams together"""
    ids = teams.ids
    return Scope(company.id, team_id=ids if len(ids) > 1 else ids[0])


def _is_below(team, others):
    above = (team.parent_path or "").split("/")[:-2]
    return any(str(other.id) in above for other in others)
