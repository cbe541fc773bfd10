# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models


class SalesDecision(models.Model):
    """What a decision follows from: a study, a finding, a warning."""

    # pylint: disable-next=consider-merging-classes-inherited
    _inherit = "sales.decision"

    study_id = fields.Many2one(
        comodel_name="sales.study",
        index="btree_not_null",
        ondelete="set null",
        check_company=True,
    )
    finding_id = fields.Many2one(
        comodel_name="sales.finding",
        index="btree_not_null",
        ondelete="set null",
        check_company=True,
    )
    alert_id = fields.Many2one(
        comodel_name="sales.alert",
        string="Warning",
        index="btree_not_null",
        ondelete="set null",
        check_company=True,
    )
    origin_name = fields.Char(string="Follows From", compute="_compute_origin_name")
    money_at_stake = fields.Monetary(
        string="At Stake",
        compute="_compute_money_at_stake",
        help="Of the finding, in two months.",
    )

    @api.depends(lambda self: self._get_origin_fields())
    @api.depends_context("uid", "lang")
    def _compute_origin_name(self):
        for decision in self:
            origin = decision._get_origin()
            decision.origin_name = (
                origin and origin._filtered_access("read").display_name
            )

    @api.depends("finding_id.money")
    @api.depends_context("uid", "allowed_company_ids")
    def _compute_money_at_stake(self):
        readable = self.finding_id._filtered_access("read")
        for decision in self:
            finding = decision.finding_id
            decision.money_at_stake = finding in readable and finding.money

    @api.readonly
    def action_open_origin(self):
        """Open what the decision follows from."""
        self.ensure_one()
        self.check_access("read")
        return self._open_checked(self._get_origin())

    @api.model
    def _get_origin_fields(self):
        """Return the fields that link decisions to their origins; add-ons extend it.

        :return: list of names of many2one fields; the first one set takes precedence
        """
        return ["study_id", "finding_id", "alert_id"]

    def _get_origin(self):
        """:return: the origin, or None"""
        self.ensure_one()
        origins = (self[name] for name in self._get_origin_fields())
        return next(filter(None, origins), None)
