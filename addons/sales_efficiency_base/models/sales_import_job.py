# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from operator import methodcaller

from psycopg2 import IntegrityError

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tools import SQL, mute_logger

from ..engine import ImportDraft, find_used
from ..tools import attempt, each_alone, take_free


class SalesImport(models.Model):
    """Saves an import as a whole in the background, and undoes it as a whole.

    All rows are saved in one transaction, which a lock on the import keeps to one
    worker; a worker that is killed leaves nothing, and the next run of the job starts
    again.
    """

    _inherit = "sales.import"

    error = fields.Text(readonly=True, copy=False)
    saved_count = fields.Integer(string="Imported", readonly=True, copy=False)
    # Only the program says whose rights the rows are saved with.
    importer_id = fields.Many2one(
        comodel_name="res.users", groups=fields.NO_ACCESS, copy=False
    )
    imported_by_id = fields.Many2one(
        comodel_name="res.users", compute="_compute_imported_by_id", compute_sudo=True
    )
    done_at = fields.Datetime(string="Imported On", readonly=True, copy=False)
    # Only the program reads and writes what undoing puts back into tables.
    replaced = fields.Json(groups=fields.NO_ACCESS, copy=False, prefetch=False)
    created = fields.Json(groups=fields.NO_ACCESS, copy=False)
    kept = fields.Json(groups=fields.NO_ACCESS, copy=False)

    @api.depends("importer_id", "create_uid")
    def _compute_imported_by_id(self):
        for record in self:
            record.imported_by_id = record.importer_id or record.create_uid

    # ------------------------------------------------------------------
    # Saving
    # ------------------------------------------------------------------

    @api.model
    def _cron_run(self):
        """Save what waits, each import in a transaction of its own."""
        waiting = self.search([("state", "=", "running")], order="id")
        job = self.env.ref("sales_efficiency_base.ir_cron_sales_import")
        each_alone(
            self.env,
            waiting,
            methodcaller("_run"),
            # If somebody writes the same: once more at once, then with the next run
            tries=2,
            later=lambda _record: job._trigger(),
        )

    def _run(self):
        """Save an import as a whole, unless another worker is at it."""
        self.ensure_one()
        if not take_free(self) or self.state != "running":
            return
        record = self._as_importer()
        if error := attempt(record.env, record._save):
            self._fail(error)
        record._tell_importer()

    def _as_importer(self):
        """:return: the import with the rights of the user who has started it"""
        # sudo: nobody else may say who that is.
        user = self.sudo().importer_id or self.create_uid
        return (
            self.with_user(user)
            .with_company(self.company_id)
            .with_context(
                lang=user.lang,
                allowed_company_ids=self.company_id.ids,
                tracking_disable=False,
            )
        )

    def _fail(self, reason):
        self.env.invalidate_all()
        self.sudo().error = reason  # sudo: as in _save
        self._set_state("failed")

    def _tell_importer(self):
        """Tell the user how the import has ended: they may have left the page."""
        # sudo: they have started it, and may have lost their rights since.
        record = self.sudo()
        if record.state == "done":
            subject = self.env._("%s has been imported", record.name)
            body = self.env._("Imported: %s", record.saved_count)
        else:
            subject = self.env._("%s has not been imported", record.name)
            body = record.error
        record.message_notify(
            author_id=self.env.ref("base.partner_root").id,
            partner_ids=self.env.user.partner_id.ids,
            subject=subject,
            body=body,
        )

    def _save(self):
        """Save all rows in this transaction."""
        draft = ImportDraft(self)
        draft.read_rows()
        if draft.get_fingerprint() != self.fingerprint or draft.problems:
            raise UserError(
                self.env._(
                    "Records have changed since the preview. Press Continue to see the"
                    " new one."
                )
            )
        created = draft.create_missing()
        tell = self.progress_ids._get_teller(len(draft.get_new_rows()))
        count = self._get_subject()._save(draft, tell)
        # sudo: only the program says what was saved, and what undoing removes.
        self.sudo().write(
            {
                "created": created,
                "saved_count": count,
                "done_at": fields.Datetime.now(),
            }
        )
        self._set_state("done")
        self.env["sales.mart"]._wake()

    def _set_aside(self, records):
        """Delete records that the import replaces, and keep them for undoing."""
        records.check_access("unlink")
        records.flush_model()
        self.flush_recordset()
        self.env.cr.execute(
            SQL(
                """
                UPDATE sales_import SET replaced = COALESCE(replaced, '{}')
                    || jsonb_build_object(%(model)s, (
                        SELECT jsonb_agg(row) FROM %(table)s row WHERE id = ANY(%(ids)s)
                    ))
                 WHERE id = %(id)s
                """,
                model=records._name,
                table=SQL.identifier(records._table),
                ids=records.ids,
                id=self.id,
            )
        )
        records.unlink()

    def _undo(self):
        self._check_is_last()
        self._get_subject()._undo(self)
        self._put_back()
        self._delete_created()
        self._set_state("undone")
        self.env["sales.mart"]._wake()

    def _check_is_last(self):
        """
        :raise UserError: if another import has replaced records of this one: undoing
            that one later would bring them back
        """
        self.flush_model()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT id FROM sales_import i
                 WHERE state = 'done' AND id <> %(id)s AND EXISTS (
                    SELECT FROM jsonb_each(i.replaced) model (name, rows),
                           jsonb_array_elements(model.rows) row
                     WHERE row -> 'import_id' = to_jsonb(%(id)s)
                 )
                 ORDER BY id DESC LIMIT 1
                """,
                id=self.id,
            )
        )
        for [id_] in rows:
            raise UserError(
                self.env._(
                    "%s has replaced records of this import. Undo that one first.",
                    self.browse(id_).name,
                )
            )

    def _put_back(self):
        """Restore the records that the import has replaced, as they were."""
        self.flush_recordset()
        rows = self.env.execute_query(
            SQL(
                "SELECT jsonb_object_keys(replaced) FROM sales_import WHERE id = %s",
                self.id,
            )
        )
        for [name] in rows:
            model = self.env[name]
            model.check_access("create")
            query = SQL(
                """
                INSERT INTO %(table)s
                SELECT row.* FROM sales_import i, jsonb_populate_recordset(
                    NULL::%(table)s, i.replaced -> %(model)s
                ) row
                 WHERE i.id = %(id)s
                RETURNING id
                """,
                table=SQL.identifier(model._table),
                model=name,
                id=self.id,
            )
            try:
                with self.env.cr.savepoint():
                    self.env.cr.execute(query, log_exceptions=False)
                    ids = [id_ for [id_] in self.env.cr.fetchall()]
            except IntegrityError as error:
                raise UserError(self._explain_missing(model, error)) from error
            model.invalidate_model()
            self._get_subject()._after_put_back(model.browse(ids))
        # sudo: nobody else reads or writes what undoing puts back.
        self.sudo().replaced = False

    def _explain_missing(self, model, error):
        constraint = error.diag.constraint_name or ""
        name = constraint.removeprefix(f"{model._table}_").removesuffix("_fkey")
        field = model._fields.get(name)
        return self.env._(
            "What this import has replaced cannot be restored: a record that it names"
            " has been deleted (%s).",
            field._description_string(self.env) if field else constraint,
        )

    def _delete_created(self):
        """Delete the records made for unknown names, and name those that something
        else has come to use: they stay."""
        # sudo: as in _save; the import itself has created these records. Its sales are
        # gone, but their figures only follow with the next refresh.
        created = self.sudo().with_context(without_figures=True)
        left = [
            created.env[name].with_context(active_test=False).browse(ids).exists()
            for name, ids in (created.created or {}).items()
        ]
        is_changed = True
        while is_changed:
            # A record may have been used by one that is deleted just now.
            before, left = left, [self._delete_unused(records) for records in left]
            is_changed = left != before
        created.created = False
        if names := [record.display_name for records in left for record in records]:
            self._message_log(
                body=self.env._(
                    "These records stay, since others use them: %s.", ", ".join(names)
                )
            )

    def _delete_unused(self, records):
        """:return: those that are used"""
        used = find_used(records)
        for record in records - used:
            try:
                with self.env.cr.savepoint(), mute_logger("odoo.sql_db"):
                    record.unlink()
            except (UserError, AccessError, ValidationError, IntegrityError):
                used |= record
        return used
