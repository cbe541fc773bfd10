# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import base64
import hashlib

from markupsafe import Markup

from odoo import Command, api, fields, models
from odoo.exceptions import UserError
from odoo.tools import formatLang
from odoo.tools.mail import plaintext2html

from odoo.addons.sales_efficiency_base.tools import SHORT_MONTH, format_period

from ..engine import by_level
from ..tools.target_sheet_reader import TargetSheetReader


class SalesTargetImport(models.TransientModel):
    """Imports the workbook of a plan: either completely or not at all (policy 2.1.1).

    The file is read for the preview and again when applied; if the changes differ from
    the preview, the import is refused.
    """

    _name = "sales.target.import"
    _inherit = "sales.guard.mixin"
    _description = "Import Sales Targets"

    plan_id = fields.Many2one(
        comodel_name="sales.target.plan", required=True, ondelete="cascade"
    )
    file = fields.Binary(
        string="Workbook",
        attachment=False,
        help="The exported plan, changed and saved as XLSX.",
    )
    file_name = fields.Char()
    state = fields.Selection(
        selection=[("upload", "Upload"), ("preview", "Preview")], default="upload"
    )
    on_conflict = fields.Selection(
        selection=[
            ("keep", "Keep the current figures of the plan"),
            ("take", "Take the figures of the file"),
        ],
        string="Changed by Somebody Else",
        required=True,
        default="keep",
        help="How to handle figures changed both in the plan and in the file since"
        " the export.",
    )
    fingerprint = fields.Char(readonly=True)
    problem_ids = fields.One2many(
        comodel_name="sales.target.import.problem",
        inverse_name="import_id",
        string="Cells to Correct",
        readonly=True,
    )
    line_ids = fields.One2many(
        comodel_name="sales.target.import.line",
        inverse_name="import_id",
        string="Changes",
        readonly=True,
    )
    problem_count = fields.Integer(readonly=True)
    new_count = fields.Integer(string="New Targets", readonly=True)
    changed_count = fields.Integer(string="Changed Targets", readonly=True)
    conflict_count = fields.Integer(string="Conflicts", readonly=True)
    unchanged_count = fields.Integer(string="Unchanged Targets", readonly=True)

    @api.constrains("plan_id")
    def _check_plan(self):
        for wizard in self:
            wizard._check_can_import()

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_preview(self):
        """Preview the changes of the file, or list all invalid cells."""
        self.ensure_one()
        self._check_can_import()
        if not self.file:
            raise UserError(self.env._("Choose the workbook to import."))
        reader = self._read()
        self.problem_ids.unlink()
        self.line_ids.unlink()
        self.write(
            {
                "state": "preview",
                "fingerprint": self._get_fingerprint(reader),
                "problem_ids": [
                    Command.create(problem._asdict()) for problem in reader.problems
                ],
                "line_ids": [
                    Command.create(values)
                    for values in ([] if reader.problems else self._get_lines(reader))
                ],
                "problem_count": len(reader.problems),
                "new_count": len(reader.new),
                "changed_count": len(reader.changes.keys() - reader.conflicts.keys()),
                "conflict_count": len(reader.conflicts),
                "unchanged_count": len(reader.unchanged),
            }
        )
        return self._reopen()

    def action_upload(self):
        """Return to the upload step to choose another file."""
        self.state = "upload"
        self.file = False
        return self._reopen()

    def action_apply(self):
        """Apply the previewed changes, and open the targets."""
        self.ensure_one()
        self._check_can_import()
        # Concurrent imports wait here; the later one then sees the earlier one.
        self.plan_id.target_ids.lock_for_update()
        self.env.invalidate_all()
        reader = self._read()
        if reader.problems:
            raise UserError(
                self.env._("Correct the cells that are listed, then import again.")
            )
        if self._get_fingerprint(reader) != self.fingerprint:
            raise UserError(
                self.env._(
                    "The plan has changed since this preview. Review the changes again."
                )
            )
        self._apply(reader)
        return self.plan_id.action_open_targets()

    # ------------------------------------------------------------------
    # Business methods
    # ------------------------------------------------------------------

    def _check_can_import(self):
        if self.plan_id.state in ("running", "closed"):
            raise UserError(
                self.env._(
                    "The targets of %(plan)s are in force. Request an adjustment"
                    " instead of importing a file.",
                    plan=self.plan_id.name,
                )
            )
        self.plan_id._check_targets_can_change()

    def _read(self):
        return TargetSheetReader(self.plan_id, base64.b64decode(self.file))

    def _reopen(self):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Import Targets"),
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
            "target": "new",
        }

    def _get_fingerprint(self, reader):
        """:return: a hash identifying the set of changes"""
        changes = [
            (target.id, *map(tuple, sorted(changed[target])))
            for changed in (reader.changes, reader.conflicts)
            for target in sorted(changed, key=lambda target: target.id)
        ]
        new = [
            (new.row, new.parent, *new.amounts.items()) for new in reader.new.values()
        ]
        return hashlib.sha256(repr((changes, new)).encode()).hexdigest()

    def _apply(self, reader):
        targets = self.env["sales.target"].with_context(tracking_disable=True)
        changes = dict(reader.changes)
        if self.on_conflict == "take":
            for target, conflicts in reader.conflicts.items():
                changes[target] = changes.get(target, []) + conflicts
        amounts = {
            (target.id, change.month): change.new
            for target, changed in changes.items()
            for change in changed
        }
        changed = targets.browse(target.id for target in changes)
        changed._set_months(amounts)
        self._log(changes)
        created = {}
        for level in by_level({row: new.parent for row, new in reader.new.items()}):
            records = targets.create(
                [
                    targets._prepare_with_months(
                        new.values, created.get(new.parent, new.parent), new.amounts
                    )
                    for new in map(reader.new.get, level)
                ]
            )
            created |= dict(zip(level, records, strict=True))

    def _log(self, changes):
        """Log the imported changes on each target, in one batch unlike tracking."""
        bodies = {
            target.id: Markup("%s<br/>%s")
            % (
                self.env._("Imported from a workbook:"),
                plaintext2html(self._describe(changed), with_paragraph=False),
            )
            for target, changed in changes.items()
        }
        self.env["sales.target"].browse(bodies)._message_log_batch(bodies)

    # ------------------------------------------------------------------
    # Preview
    # ------------------------------------------------------------------

    def _get_lines(self, reader):
        """:return: values of the preview lines: conflicts, changes, new targets"""
        lines = []
        for target in reader.conflicts | reader.changes:
            changes = reader.changes.get(target, []) + reader.conflicts.get(target, [])
            lines.append(
                {
                    "kind": "conflict" if target in reader.conflicts else "changed",
                    "name": target.display_name,
                    "metric_id": target.metric_id.id,
                    "month_count": len(changes),
                    "amount_before": target.amount,
                    "amount_after": self._get_year(target, changes),
                    "details": self._describe(
                        changes, reader.conflicts.get(target, ())
                    ),
                }
            )
        for new in reader.new.values():
            draft = self.env["sales.target"].new(new.values)
            total = sum(new.amounts.values())
            if not draft.is_additive:
                total /= len(new.amounts) or 1
            lines.append(
                {
                    "kind": "new",
                    "name": draft.display_name,
                    "metric_id": draft.metric_id.id,
                    "month_count": len(new.amounts),
                    "amount_after": draft._round(total),
                    "details": self.env._("Row %s", new.row),
                }
            )
        return lines

    def _get_year(self, target, changes):
        amounts = {line.month: line.amount for line in target.month_ids}
        amounts |= {change.month: change.new for change in changes}
        total = sum(amounts.values())
        return target._round(total if target.is_additive else total / len(amounts))

    def _describe(self, changes, conflicts=()):
        """:return: the changes by month, as text"""
        return "\n".join(
            self._describe_change(change, change in conflicts)
            for change in sorted(changes)
        )

    def _describe_change(self, change, is_conflict):
        values = {
            "month": format_period(self.env, change.month, SHORT_MONTH),
            "present": formatLang(self.env, change.present),
            "new": formatLang(self.env, change.new),
            "exported": formatLang(self.env, change.exported),
        }
        if is_conflict:
            return self.env._(
                "%(month)s: %(exported)s when exported, %(present)s now, %(new)s in"
                " the file",
                **values,
            )
        return self.env._("%(month)s: %(present)s → %(new)s", **values)
