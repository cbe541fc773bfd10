# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError


class SalesContractCheck(models.Model):
    """A clause of a contract: somebody has seen to it, or it does not apply (3.3.3)."""

    _name = "sales.contract.check"
    _inherit = ["sales.guard.mixin"]
    _description = "Clause of a Contract"
    _order = "sequence, id"
    _fixed_fields = ("agreement_id", "clause_id")

    agreement_id = fields.Many2one(
        comodel_name="agreement",
        string="Contract",
        required=True,
        index=True,
        ondelete="cascade",
    )
    clause_id = fields.Many2one(
        comodel_name="sales.contract.clause",
        string="Clause of the Type",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )
    sequence = fields.Integer(default=100)
    name = fields.Char(string="Clause", required=True)
    note = fields.Text(string="To Check")
    state = fields.Selection(
        selection=[
            ("open", "To check"),
            ("done", "Done"),
            ("not_applicable", "Not applicable"),
        ],
        string="Status",
        default="open",
        required=True,
    )
    reason = fields.Char(help="Why the clause does not apply.")
    done_by_id = fields.Many2one(
        comodel_name="res.users",
        string="By",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
    )
    done_on = fields.Datetime(string="On", readonly=True, copy=False)

    @api.constrains("state", "reason")
    def _check_reason(self):
        for check in self:
            has_reason = (check.reason or "").strip()
            if check.state == "not_applicable" and not has_reason:
                raise ValidationError(
                    self.env._("Say why “%s” does not apply.", check.name)
                )

    @api.model_create_multi
    def create(self, vals_list):
        checks = super().create(vals_list)
        checks.agreement_id._check_may_change()
        checks.filtered(lambda check: check.state != "open")._stamp()
        return checks

    def write(self, vals):
        self.agreement_id._check_may_change()
        res = super().write(vals)
        if "state" in vals:
            self._stamp()
        return res

    @api.ondelete(at_uninstall=False)
    def _unlink_except_submitted(self):
        self.agreement_id._check_may_change()

    @api.ondelete(at_uninstall=False)
    def _unlink_except_of_type(self):
        """The clauses of the type do not go without a word."""
        if self.env.su:
            return
        for check in self:
            # sudo: clauses are read with the contract.
            clauses = check.sudo().agreement_id.agreement_type_id.clause_ids
            if check.clause_id in clauses:
                raise UserError(self.env._("Say why “%s” does not apply.", check.name))

    def _get_fixed_fields(self):
        """What is to be checked is said by the type of contract."""
        fixed = super()._get_fixed_fields()
        return fixed | {"name", "note"} if self.clause_id else fixed

    def action_done(self):
        """Tick the clause."""
        self.state = "done"

    def _stamp(self):
        """Note who has seen to the clauses."""
        now = fields.Datetime.now()
        for check in self.sudo():  # sudo: users cannot write who it was; it is they.
            is_open = check.state == "open"
            values = {
                "done_by_id": not is_open and self.env.uid,
                "done_on": not is_open and now,
            }
            check.write(values)
