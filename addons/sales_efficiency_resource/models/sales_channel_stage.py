# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError


class SalesChannelStage(models.Model):
    """A step of building a channel, with what a member needs to be there (5.2.2)."""

    _name = "sales.channel.stage"
    _inherit = "sales.guard.mixin"
    _description = "Stage of Channel Members"
    _order = "sequence, id"
    # Figures depend on it.
    _fixed_fields = ("kind",)

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        comodel_name="res.company",
        index=True,
        help="Stages without company are for all companies.",
    )
    kind = fields.Selection(
        selection=[
            ("prospect", "Prospect"),
            ("active", "Active Member"),
            ("suspended", "Suspended"),
            ("ended", "Ended"),
        ],
        string="Members Are",
        required=True,
        default="prospect",
        help="Active members bring orders. Exclusivity binds active and suspended"
        " members. What has ended is kept for its figures.",
    )
    fold = fields.Boolean(string="Folded in Kanban")
    rotting_threshold_days = fields.Integer(
        string="Usual Days",
        aggregator=None,
        help="Members that stay longer are marked. 0: as long as they like.",
    )
    moved_by = fields.Selection(
        selection=[
            ("person", "Salesperson"),
            ("leader", "Team leader"),
            ("director", "Sales director"),
        ],
        string="Decided By",
        required=True,
        default="person",
        help="Who may move a member into this stage, at least.",
    )
    needs_area = fields.Boolean(
        string="Regions or Lines", help="Regions or product lines are agreed."
    )
    needs_contract = fields.Boolean(
        string="Contract", help="The contract has its start and is attached."
    )
    needs_review = fields.Boolean(
        string="Review Date", help="The date of the next review is agreed."
    )
    needs_reason = fields.Boolean(
        string="Reason", help="Somebody says why the member is in this stage."
    )
    item_ids = fields.One2many(
        comodel_name="sales.channel.stage.item",
        inverse_name="stage_id",
        string="Checklist",
        copy=True,
    )

    _rotting_positive = models.Constraint(
        "CHECK (rotting_threshold_days BETWEEN 0 AND 3650)",
        "The usual days of a stage are between 0 and 3650.",
    )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_in_use(self):
        """Archived members count as well."""
        # sudo: members of others count, too.
        members = self.env["sales.channel.member"].sudo()
        members = members.with_context(active_test=False)
        if member := members.search([("stage_id", "in", self.ids)], limit=1):
            raise UserError(
                self.env._(
                    "Members such as %s are in this stage. Move them, or archive the"
                    " stage.",
                    member.display_name,
                )
            )

    def _check_decided_here(self):
        """:raise AccessError: if somebody else decides who enters a stage"""
        if self.env.su:
            return
        deciders = dict(self._fields["moved_by"]._description_selection(self.env))
        for stage in self:
            group = f"sales_efficiency_base.group_sales_{stage.moved_by}"
            if not self.env.user.has_group(group):
                raise AccessError(
                    self.env._(
                        "Who enters the stage %(stage)s is decided by: %(decider)s.",
                        stage=stage.name,
                        decider=deciders[stage.moved_by],
                    )
                )
