# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from functools import partial

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import split_every

from odoo.addons.sales_efficiency_base.tools import each_alone, open_records

from ..engine import CleaningProposals

# Records looked at in one transaction
BATCH = 1000
# Odoo merges at most three at once.
MOST_AT_ONCE = 3


class SalesDataCleaning(models.Model):
    """A better way to write a value, proposed every night (policy 6.1.2).

    Somebody who may edit the record applies it, and may undo it. Nothing is applied to
    a record that has changed meanwhile.
    """

    _name = "sales.data.cleaning"
    _description = "Data Cleaning"
    _inherit = "sales.guard.mixin"
    _order = "id desc"

    kind = fields.Selection(
        selection=[
            ("name", "Name"),
            ("email", "E-mail"),
            ("phone", "Phone"),
            ("tax_id", "Tax ID"),
            ("state", "State or Province"),
            ("duplicate", "Duplicate"),
        ],
        string="What",
        required=True,
        readonly=True,
    )
    res_model = fields.Char(
        string="Record Type",
        required=True,
        readonly=True,
        export_string_translation=False,
    )
    res_id = fields.Many2oneReference(
        string="Record",
        model_field="res_model",
        required=True,
        readonly=True,
        export_string_translation=False,
    )
    field_name = fields.Char(readonly=True, export_string_translation=False)
    record_name = fields.Char(compute="_compute_record_name")
    before = fields.Char(readonly=True)
    after = fields.Char(readonly=True)
    old = fields.Json(readonly=True, export_string_translation=False)
    new = fields.Json(readonly=True, export_string_translation=False)
    company_id = fields.Many2one(
        comodel_name="res.company",
        index="btree_not_null",
        ondelete="cascade",
        readonly=True,
    )
    user_id = fields.Many2one(
        comodel_name="res.users",
        string="Salesperson",
        index="btree_not_null",
        ondelete="set null",
        readonly=True,
    )
    state = fields.Selection(
        selection=[
            ("proposed", "Proposed"),
            ("applied", "Applied"),
            ("undone", "Undone"),
            ("dismissed", "Dismissed"),
            ("outdated", "Outdated"),
        ],
        string="Status",
        required=True,
        default="proposed",
        index=True,
        readonly=True,
        help="Outdated: the record has changed since, so nothing was applied.",
    )
    applied_by_id = fields.Many2one(
        comodel_name="res.users",
        string="Applied By",
        index="btree_not_null",
        ondelete="set null",
        readonly=True,
    )
    applied_at = fields.Datetime(string="Applied On", readonly=True)

    _record = models.Index("(res_model, res_id)")

    # ------------------------------------------------------------------
    # Computed fields
    # ------------------------------------------------------------------

    @api.depends("res_model", "res_id")
    def _compute_record_name(self):
        for cleaning in self:
            # sudo: those who see what is proposed see the name.
            record = cleaning.sudo()._get_record()
            cleaning.record_name = record.display_name or self.env._("Deleted record")

    @api.depends("record_name", "kind")
    @api.depends_context("lang")
    def _compute_display_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for cleaning in self:
            kind = kinds.get(cleaning.kind, "")
            cleaning.display_name = f"{cleaning.record_name}: {kind}"

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_apply(self):
        """Write what is proposed, as the user; duplicates open Odoo's merge."""
        proposed = self._filter_state("proposed")
        if duplicates := proposed.filtered(lambda c: c.kind == "duplicate"):
            if len(proposed) > 1:
                raise UserError(
                    self.env._(
                        "Duplicates are merged one at a time: %s.",
                        duplicates[0].record_name,
                    )
                )
            return duplicates._open_merge()
        applied = proposed._write_to_records("old", "new")
        applied.write(
            {
                "state": "applied",
                "applied_by_id": self.env.uid,
                "applied_at": fields.Datetime.now(),
            }
        )
        # sudo: users cannot write the status.
        (proposed - applied).sudo().state = "outdated"
        return self._tell(len(applied), len(proposed - applied))

    def action_undo(self):
        """Write back what was there before.

        :raise UserError: for merged customers
        """
        applied = self._filter_state("applied")
        if any(cleaning.kind == "duplicate" for cleaning in applied):
            raise UserError(self.env._("Customers that are merged stay merged."))
        undone = applied._write_to_records("new", "old")
        undone.write({"state": "undone"})
        return self._tell(len(undone), len(applied - undone), is_undo=True)

    def action_dismiss(self):
        """Note that the records are right as they are: it is not proposed again."""
        proposed = self._filter_state("proposed")
        for cleaning in proposed:
            record = cleaning._get_record()
            record.check_access("write")
            if cleaning.kind == "duplicate":
                partners = record.browse(cleaning.new["ids"]).exists()
                self.env["sales.customer.distinct"]._tell_apart(partners)
        # sudo: users cannot write the status; the rights on the records were checked.
        proposed.sudo().state = "dismissed"

    @api.readonly
    def action_open_record(self):
        self.ensure_one()
        self.check_access("read")
        record = self._get_record()
        if not record:
            raise UserError(self.env._("The record has been deleted."))
        record.check_access("read")
        return record._get_records_action()

    @api.model
    def action_propose_soon(self):
        """Look for proposals in the background."""
        if not self.env.user.has_group("sales_efficiency_base.group_sales_director"):
            raise UserError(
                self.env._("Only sales directors can have proposals looked for.")
            )
        # sudo: the job is for all companies.
        self.env.ref(
            "sales_efficiency_analytics.ir_cron_data_cleaning"
        ).sudo()._trigger()
        return self._notify(
            self.env._("Proposals are being looked for. Reload the page in a minute."),
        )

    # ------------------------------------------------------------------
    # Scheduled work
    # ------------------------------------------------------------------

    @api.model
    def _cron_propose(self):
        """Look for proposals, one batch of records per transaction; a job that is
        killed has proposed what it has seen, and the next one sees all."""
        batches = [
            partial(CleaningProposals.propose, model=model, ids=batch)
            for model, ids in CleaningProposals(self.env).find_records().items()
            for batch in split_every(BATCH, ids)
        ]
        batches.append(CleaningProposals.propose_duplicates)
        each_alone(self.env, batches, self._propose_batch)

    @api.model
    def _propose_batch(self, propose):
        """:param propose: what is called on the proposals"""
        self.env["sales.mart"]._lock(self._table)
        propose(CleaningProposals(self.env))

    # ------------------------------------------------------------------
    # Business methods
    # ------------------------------------------------------------------

    @api.model
    def _propose_all(self):
        """Look for all proposals at once."""
        proposals = CleaningProposals(self.env)
        for model, ids in proposals.find_records().items():
            proposals.propose(model, ids)
        proposals.propose_duplicates()

    def _get_record(self):
        """:return: the record; empty if it no longer exists"""
        self.ensure_one()
        return self.env[self.res_model].browse(self.res_id).exists()

    def _filter_state(self, state):
        self.check_access("read")
        return self.filtered(lambda cleaning: cleaning.state == state)

    def _write_to_records(self, expected, wanted):
        """Write values as the user, to the records that have not changed meanwhile.

        :param str expected: the field with the value that the record must have
        :param str wanted: the field with the value that it gets
        :return: the cleanings that were written, as superuser
        """
        done = self.browse()
        for cleaning in self:
            record = cleaning._get_record()
            if not record:
                continue
            record.check_access("write")
            name = cleaning.field_name
            if name not in record._fields:
                continue  # of an add-on that has gone
            value = record[name]
            value = value.id if record._fields[name].relational else value
            if value == cleaning[expected]["value"]:
                record.write({name: cleaning[wanted]["value"]})
                done |= cleaning
        # sudo: users cannot write the status; they could write the records.
        return done.sudo()

    def _open_merge(self):
        """Open Odoo's merge with the duplicates."""
        self.ensure_one()
        self.env["sales.customer.duplicate"].check_access("create")
        partners = self.env["res.partner"].browse(self.new["ids"]).exists()
        if len(partners) < 2:
            raise UserError(self.env._("These customers are merged already."))
        return open_records(
            self.env,
            "base.action_partner_merge",
            context={
                "active_model": partners._name,
                "active_ids": partners[:MOST_AT_ONCE].ids,
                "active_test": False,
            },
        )

    def _tell(self, done, left, is_undo=False):
        """Say how many records were written, and how many had changed meanwhile."""
        message = (
            self.env._("Undone: %(done)s.", done=done)
            if is_undo
            else self.env._("Applied: %(done)s.", done=done)
        )
        if left:
            message = self.env._(
                "%(message)s Left as they are, because they have changed since:"
                " %(left)s.",
                message=message,
                left=left,
            )
        return self._notify(message, "warning" if left else "success")

    @api.model
    def _notify(self, message, kind="info"):
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": kind,
                "message": message,
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }

    @api.model
    def _merge_partners(self, src_ids, dst):
        """Note duplicates that are merged as applied, and drop what was proposed for
        the customers that go.

        :param list src_ids: the partners that go
        :param dst: the one that remains
        """
        # sudo: users who merge contacts may not see what is proposed.
        cleanings = self.sudo().search(
            [("res_model", "=", dst._name), ("state", "=", "proposed")]
        )
        gone = set(src_ids)
        merged = cleanings.filtered(
            lambda c: c.kind == "duplicate" and gone & set(c.new["ids"])
        )
        (cleanings - merged).filtered(lambda c: c.res_id in gone).unlink()
        merged.write(
            {
                "state": "applied",
                "res_id": dst.id,
                "applied_by_id": self.env.uid,
                "applied_at": fields.Datetime.now(),
            }
        )
