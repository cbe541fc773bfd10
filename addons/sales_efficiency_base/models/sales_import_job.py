# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import logging

from psycopg2 import OperationalError

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tools import SQL

from ..engine import ImportDraft

_logger = logging.getLogger(__name__)


class SalesImport(models.Model):
    """Saves an import as a whole in the background, and undoes it as a whole.

    All rows are saved in one transaction, which a lock on the import keeps to one
    worker; a worker that is killed leaves nothing, and the next run of the job starts
    again.
    """

    _inherit = "sales.import"

    error = fields.Text(readonly=True, copy=False)
    saved_count = fields.Integer(string="Imported", readonly=True, copy=False)
    done_at = fields.Datetime(string="Imported On", readonly=True, copy=False)
    # Only the program reads and writes what undoing puts back into tables.
    replaced = fields.Json(groups=fields.NO_ACCESS, copy=False, prefetch=False)
    created = fields.Json(groups=fields.NO_ACCESS, copy=False)
    kept = fields.Json(groups=fields.NO_ACCESS, copy=False)

    # ------------------------------------------------------------------
    # Saving
    # ------------------------------------------------------------------

    @api.model
    def _cron_run(self):
        """Save what waits, each import in a transaction of its own."""
        cron = self.env["ir.cron"]
        waiting = self.search([("state", "=", "running")], order="id")
        cron._commit_progress(remaining=len(waiting))
        for record in waiting:
            record._run()
            if not cron._commit_progress(1):
                break

    def _run(self):
        """Save an import as a whole, unless another worker is at it."""
        self.ensure_one()
        if not self.try_lock_for_update(allow_referencing=True):
            return
        self.invalidate_recordset()
        if self.state != "running":
            return
        # The rights are those of the user who chose the file.
        record = self._as_importer_of(self)
        try:
            with self.env.cr.savepoint():
                record._save()
        except OperationalError:
            # Somebody else has written the same: the job tries again.
            raise
        except (UserError, AccessError, ValidationError) as error:
            self._fail(str(error))
        except Exception:
            _logger.exception("Import %s failed", self.id)
            self._fail(
                self.env._("The program failed; the log of the server says why.")
            )

    def _as_importer_of(self, record):
        user = record.create_uid
        return (
            record.with_user(user)
            .with_company(record.company_id)
            .with_context(
                lang=user.lang,
                allowed_company_ids=record.company_id.ids,
                tracking_disable=False,
            )
        )

    def _fail(self, reason):
        self.env.invalidate_all()
        self.error = reason
        self._set_state("failed")

    def _save(self):
        """Save all rows in this transaction."""
        draft = ImportDraft(self)
        draft.read_rows()
        if draft.get_fingerprint() != self.fingerprint or draft.problems:
            raise UserError(
                self.env._(
                    "What is there has changed since the preview. Look at it again."
                )
            )
        created = draft.create_missing()
        tell = self.progress_ids._get_teller(len(draft.get_new_rows()))
        count = self._get_subject()._write(draft, tell)
        # sudo: nobody else reads or writes what undoing removes.
        self.sudo().created = created
        self.write({"saved_count": count, "done_at": fields.Datetime.now()})
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
        self._get_subject()._undo(self)
        self._put_back()
        self._delete_created()
        self._set_state("undone")
        self.env["sales.mart"]._wake()

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
            table = SQL.identifier(model._table)
            self.env.cr.execute(
                SQL(
                    """
                    INSERT INTO %(table)s
                    SELECT row.* FROM sales_import i, jsonb_populate_recordset(
                        NULL::%(table)s, i.replaced -> %(model)s
                    ) row
                     WHERE i.id = %(id)s
                    """,
                    table=table,
                    model=name,
                    id=self.id,
                )
            )
            model.invalidate_model()
        # sudo: nobody else reads or writes what undoing puts back.
        self.sudo().replaced = False

    def _delete_created(self):
        """Delete the records made for unknown names, as far as nothing else has come
        to use them."""
        # sudo: as in _save; the import itself has created these records.
        for name, ids in (self.sudo().created or {}).items():
            for record in self.env[name].sudo().browse(ids).exists():
                try:
                    with self.env.cr.savepoint():
                        record.unlink()
                except Exception:
                    _logger.info("%s of import %s is in use", record, self.id)
        self.sudo().created = False  # sudo: as above
