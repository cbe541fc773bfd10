# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.tools import SQL


class SalesCustomerMixin(models.AbstractModel):
    """A part of the file of a customer, in one company.

    The customer is the commercial partner, whichever of its contacts is named.
    """

    _name = "sales.customer.mixin"
    _inherit = "sales.guard.mixin"
    _description = "Part of a Customer File"

    partner_id = fields.Many2one(
        comodel_name="res.partner",
        string="Customer",
        required=True,
        index=True,
        ondelete="cascade",
        check_company=True,
        domain="['|', ('parent_id', '=', False), ('is_company', '=', True)]",
    )
    company_id = fields.Many2one(
        comodel_name="res.company",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([self._name_customer(vals) for vals in vals_list])

    def write(self, vals):
        res = super().write(self._name_customer(vals))
        if "partner_id" in vals and not self.env.su:
            # Check again: nothing moves into the file of a customer of others.
            self.check_access("write")
        return res

    @api.model
    def _name_customer(self, vals):
        """:return: values with the commercial partner as customer"""
        partner_id = vals.get("partner_id")
        if not isinstance(partner_id, int):
            return vals
        partner = self.env["res.partner"].browse(partner_id)
        # Unreadable partners are refused afterwards, as any reference.
        customer = partner._filtered_access("read").commercial_partner_id
        return {**vals, "partner_id": customer.id or partner_id}

    # ------------------------------------------------------------------
    # Merged customers
    # ------------------------------------------------------------------

    @api.model
    def _merge_partners(self, src_ids, dst):
        """Move the records of merged partners to the one that is left.

        Records that now say the same are joined; see ``_absorb``.
        """
        into = dict.fromkeys(src_ids, dst.id)
        records = self.with_context(active_test=False).search(
            self._get_merged_domain([*src_ids, dst.id])
        )
        groups = records.grouped(lambda record: record._get_merge_key(into))
        for group in groups.values():
            own = group.filtered(lambda record: record.partner_id == dst)
            # Among those of one partner, an active record is kept.
            [kept, *others] = (own or group).sorted(
                lambda record: not record._is_in_use()
            ) + (group - own if own else group.browse())
            for other in others:
                kept._absorb(other)
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                "UPDATE %s SET partner_id = %s WHERE partner_id = ANY(%s)",
                SQL.identifier(self._table),
                dst.id,
                list(src_ids),
            )
        )
        self.env.invalidate_all()

    @api.model
    def _get_merged_domain(self, partner_ids):
        return [("partner_id", "in", partner_ids)]

    def _get_merge_key(self, into):
        """Return what only one record may say.

        :param dict into: id of a merged partner -> id of the one that is left
        """
        self.ensure_one()
        return self.company_id, into.get(self.partner_id.id, self.partner_id.id)

    def _is_in_use(self):
        """Return whether the record is not archived."""
        self.ensure_one()
        return "active" not in self._fields or self.active

    def _absorb(self, other):
        """Take over what refers to another record of the same, and delete it."""
        self.ensure_one()
        wizard = self.env["base.partner.merge.automatic.wizard"]
        self.env.flush_all()
        wizard._update_foreign_keys_generic(self._name, other, self)
        wizard._update_reference_fields_generic(self._name, other, self)
        self.env.invalidate_all()
        other.unlink()
