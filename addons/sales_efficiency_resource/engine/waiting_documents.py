# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.addons.sales_efficiency_base.engine.cockpit import Waiting


class WaitingDocuments:
    """What awaits a decision of the user without an approval rule: claims of those
    whose superior they are, and gradings and scores before they come in force.

    :param env: environment of the user
    """

    def __init__(self, env):
        self.env = env

    def find(self):
        """:return: list of :class:`Waiting`"""
        return [
            *self._find_claims(),
            *self._find_runs("sales.grading.run", "preview", "computed_at"),
            *self._find_runs("sales.scorecard.run", "draft", "scored_at"),
        ]

    def _find_claims(self):
        """Find the claims that are submitted, and on which nobody decides before."""
        claims = self.env["hr.expense"]
        if not claims.has_access("read"):
            return []
        found = claims.search(
            [
                ("approval_state", "=", "submitted"),
                ("manager_id", "=", self.env.uid),
                ("validation_status", "not in", ("waiting", "pending")),
            ]
        )
        found = found.filtered(lambda claim: not claim._is_own_of(self.env.user))
        since = self._find_to_dos(found)
        return [
            Waiting(
                claim,
                since.get(claim.id, claim.create_date),
                # sudo: a claim shows whose it is; employees are not readable for all.
                claim.sudo().employee_id.name,
            )
            for claim in found
        ]

    def _find_to_dos(self, claims):
        """:return: dict id of a claim -> when its superior was asked"""
        # sudo: they are the user's own.
        groups = (
            self.env["mail.activity"]
            .sudo()
            ._read_group(
                [
                    ("res_model", "=", claims._name),
                    ("res_id", "in", claims.ids),
                    ("user_id", "=", self.env.uid),
                ],
                ["res_id"],
                ["create_date:max"],
            )
        )
        return dict(groups)

    def _find_runs(self, model, state, since):
        """Find the runs that somebody who may put them in force has to check."""
        runs = self.env[model]
        if not runs.has_access("write"):
            return []
        found = runs.search([("state", "=", state), (since, "!=", False)])
        return [Waiting(run, run[since], "") for run in found]
