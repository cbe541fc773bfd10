# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from typing import NamedTuple

from odoo import api, fields, models

from .sales_conduct_case import APPEAL_DECISIONS, DECISIONS


class Drafted(NamedTuple):
    """A field of the case that shows one of its draft.

    :param str name: of the field of the draft
    :param str state: of the case in which a superior enters it
    """

    name: str
    state: str


DRAFTED = {
    "draft_decision": Drafted("decision", "hearing"),
    "draft_reason": Drafted("reason", "hearing"),
    "draft_points": Drafted("points", "hearing"),
    "draft_appeal_decision": Drafted("appeal_decision", "appealed"),
    "draft_appeal_points": Drafted("appeal_points", "appealed"),
    "draft_appeal_answer": Drafted("appeal_answer", "appealed"),
}


class SalesConductCase(models.Model):
    """What is about to be decided: everybody who sees the case reads it, except the
    person, who is told when it is final."""

    _inherit = "sales.conduct.case"  # pylint: disable=consider-merging-classes-inherited

    draft_ids = fields.One2many(
        comodel_name="sales.conduct.draft",
        inverse_name="case_id",
        groups=fields.NO_ACCESS,
    )
    draft_decision = fields.Selection(
        string="Decision to Take",
        selection=DECISIONS,
        compute="_compute_draft",
        readonly=False,
    )
    draft_reason = fields.Text(
        string="Reason of the Decision",
        compute="_compute_draft",
        readonly=False,
        help="The person reads it once the decision is approved.",
    )
    draft_points = fields.Float(
        string="Points to Take Off",
        digits=(16, 2),
        compute="_compute_draft",
        readonly=False,
        help="At most those of the rule.",
    )
    draft_decided_by_id = fields.Many2one(
        comodel_name="res.users", string="Submitted By", compute="_compute_draft"
    )
    draft_appeal_decision = fields.Selection(
        string="Decision to Take on the Appeal",
        selection=APPEAL_DECISIONS,
        compute="_compute_draft",
        readonly=False,
    )
    draft_appeal_points = fields.Float(
        string="Points Left After the Appeal",
        digits=(16, 2),
        compute="_compute_draft",
        readonly=False,
        help="At most those of the decision.",
    )
    draft_appeal_answer = fields.Text(
        string="Answer to Give",
        compute="_compute_draft",
        readonly=False,
        help="The person reads it once you decide on the appeal.",
    )

    @api.depends(
        "draft_ids.decided_by_id",
        *(f"draft_ids.{drafted.name}" for drafted in DRAFTED.values()),
    )
    @api.depends_context("uid")
    def _compute_draft(self):
        for case in self:
            draft = case._get_draft()
            if not case._reads_draft():
                draft = draft.browse()
            case.draft_decided_by_id = draft.decided_by_id
            for field, drafted in DRAFTED.items():
                case[field] = draft[drafted.name]

    @api.depends_context("uid")
    def _compute_approval_message(self):
        """The person does not learn who approves, or does not."""
        res = super()._compute_approval_message()
        for case in self:
            if not case._reads_draft():
                case.approval_message = False
        return res

    def write(self, vals):
        drafted = [name for name in vals if name in DRAFTED]
        if drafted:
            self._check_sales_input(vals)
            self._enter_draft({name: vals[name] for name in drafted})
        others = {name: value for name, value in vals.items() if name not in drafted}
        return super().write(others) if others else True

    def _enter_draft(self, vals):
        self.check_access("write")
        for case in self:
            if not self.env.su:
                case._check_may_enter(vals)
            case._write_draft({DRAFTED[name].name: vals[name] for name in vals})

    def _reads_draft(self):
        return self.env.su or self.user_id != self.env.user

    def _get_draft(self):
        # sudo: only code reads and writes drafts. Callers check for whom.
        return self.sudo().draft_ids

    def _write_draft(self, values):
        """Keep what is about to be decided; callers check who may do so."""
        self.ensure_one()
        if draft := self._get_draft():
            draft.write(values)
        else:
            draft.create({"case_id": self.id, **values})
