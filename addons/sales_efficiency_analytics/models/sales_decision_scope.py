# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError


class SalesDecisionScope(models.Model):
    """A region, person, customer ... that a decision affects, or is compared with."""

    _name = "sales.decision.scope"
    _inherit = ["sales.scope.mixin", "sales.guard.mixin"]
    _description = "Scope of a Decision"
    _order = "decision_id, role, likeness desc, id"
    _check_company_auto = True
    _fixed_fields = ("decision_id", "role")

    decision_id = fields.Many2one(
        comodel_name="sales.decision", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        related="decision_id.company_id", store=True, precompute=True, index=True
    )
    role = fields.Selection(
        selection=[("affected", "Affected"), ("compared", "Compared With")],
        required=True,
        default="affected",
    )
    name = fields.Char(compute="_compute_name")
    likeness = fields.Float(
        string="Ran Alike",
        digits=(3, 2),
        readonly=True,
        copy=False,
        aggregator=None,
        help="Correlation of its months before the start with those of the affected:"
        " 1 is the same ups and downs, 0 is none in common.",
    )

    # ------------------------------------------------------------------
    # Computed fields and constraints
    # ------------------------------------------------------------------

    @api.depends(lambda self: ("decision_id.dimension", *self._get_dimensions()))
    @api.depends_context("lang")
    def _compute_name(self):
        for line in self:
            # sudo: names are not confidential, figures are.
            line.name = line.sudo()._get_record().display_name

    @api.constrains(lambda self: ("decision_id", *self._get_dimensions()))
    def _check_scope(self):
        self._check_places()
        for decision in self.decision_id:
            decision._check_owner_may_see()

    # ------------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines.decision_id._check_is_draft()
        lines.decision_id._check_may_decide_for_owner()
        return lines

    def write(self, vals):
        self.decision_id._check_is_draft()
        self.decision_id._check_may_decide_for_owner()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_frozen(self):
        self.decision_id._check_is_draft()
        self.decision_id._check_may_decide_for_owner()

    # ------------------------------------------------------------------
    # Helpers
    # ------------------------------------------------------------------

    def _get_scope(self):
        """Return the :class:`Scope`: that of the decision, narrowed to this one."""
        self.ensure_one()
        return self.decision_id._get_scope_of(self._get_record())

    def _get_record(self):
        """:return: the record of the dimension that the decision is compared by"""
        self.ensure_one()
        name = self.decision_id.dimension
        return self[name] if name else self.browse()

    def _check_places(self):
        """Refuse lines that name something else than what is compared, or one twice."""
        for decision, lines in self.decision_id.scope_ids.grouped(
            "decision_id"
        ).items():
            lines._check_named(decision)
            lines._check_apart(decision)

    def _check_named(self, decision):
        for line in self:
            named = [name for name, id_ in line._get_scope_ids().items() if id_]
            if named != [decision.dimension]:
                raise ValidationError(
                    self.env._(
                        "Choose what %(decision)s is compared by, and exactly one of"
                        " these in each line.",
                        decision=decision.name,
                    )
                )

    def _check_apart(self, decision):
        """Refuse one that is another of the lines, or contains it."""
        name, taken = decision.dimension, {}
        is_tree = self._is_tree(name)
        # sudo: compares ids, and names are not confidential.
        for line in self.sudo():
            record = line[name]
            if record.id in taken:
                self._refuse_overlap(record, record)
            taken[record.id] = record
        for record in taken.values() if is_tree else ():
            for id_ in (record.parent_path or "").split("/")[:-2]:
                if int(id_) in taken:
                    self._refuse_overlap(taken[int(id_)], record)

    def _refuse_overlap(self, record, other):
        if record == other:
            raise ValidationError(
                self.env._(
                    "%s is listed twice: it is either affected or compared with.",
                    record.display_name,
                )
            )
        raise ValidationError(
            self.env._(
                "%(above)s contains %(below)s: choose one of them.",
                above=record.display_name,
                below=other.display_name,
            )
        )
