# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.tools import frozendict, ormcache


class SalesPlaybook(models.Model):
    """What opportunities need in a stage, and how long they may stay in it (policy
    3.2).

    Odoo's own rotting stays as it is: it counts days since the last change of stage and
    marks the opportunity.
    """

    _name = "sales.playbook"
    _inherit = "sales.guard.mixin"
    _description = "Playbook of a Stage"
    _order = "stage_sequence, id"
    _rec_name = "stage_id"

    active = fields.Boolean(default=True)
    stage_id = fields.Many2one(
        comodel_name="crm.stage", required=True, index=True, ondelete="cascade"
    )
    stage_sequence = fields.Integer(
        related="stage_id.sequence",
        store=True,
        aggregator=None,
        export_string_translation=False,
    )
    company_id = fields.Many2one(
        comodel_name="res.company",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )
    longest_stay = fields.Integer(
        aggregator=None,
        help="Working days in the stage, after which the leader is warned.\n0: no"
        " limit.",
    )
    requirement_ids = fields.One2many(
        comodel_name="sales.playbook.requirement",
        inverse_name="playbook_id",
        string="Requirements",
        copy=True,
    )
    note = fields.Html(
        string="How to Proceed",
        translate=True,
        help="Shown with the requirements on opportunities in this stage.",
    )

    _stage_uniq = models.UniqueIndex(
        "(company_id, stage_id)",
        "The stage already has a playbook in this company: change that one.",
    )
    _longest_stay_range = models.Constraint(
        "CHECK (longest_stay BETWEEN 0 AND 1000)",
        "The longest stay is 0 to 1000 working days.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        playbooks = super().create(vals_list)
        playbooks._forget()
        return playbooks

    def write(self, vals):
        res = super().write(vals)
        self._forget()
        return res

    def unlink(self):
        self._forget()
        return super().unlink()

    @api.model
    def _forget(self):
        """Read playbooks anew, also their limits."""
        self.env.registry.clear_cache()
        self.env["sales.alert.rule"]._trigger_evaluation()

    @api.model
    @ormcache("company_id")
    def _get_requirement_ids(self, company_id):
        """Return what a company asks for; a change of stage costs no query where there
        is nothing.

        :return: dict id of a stage -> ids of its requirements
        """
        # sudo: playbooks hold for everybody. What is cached must not depend on whether
        # the first who asks looks at the archive.
        playbooks = self.sudo().with_context(active_test=True)
        playbooks = playbooks.search([("company_id", "=", company_id)])
        return frozendict(
            {
                playbook.stage_id.id: tuple(playbook.requirement_ids.ids)
                for playbook in playbooks
                if playbook.requirement_ids
            }
        )
