# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.tools import format_list

# Fields that keep the record together, or that others write
BOOK_KEEPING = ("message_", "activity_", "website_message_", "property_stock_")
TYPES = {
    "char",
    "text",
    "html",
    "selection",
    "many2one",
    "many2many",
    "one2many",
    "integer",
    "float",
    "date",
}


class SalesCustomerClassField(models.Model):
    """What belongs into the file of a customer of a class, and how much it counts
    (policy 5.1.1)."""

    _name = "sales.customer.class.field"
    _inherit = "sales.guard.mixin"
    _description = "Content of Customer Files"
    _order = "class_id, sequence, id"
    _rec_name = "name"

    class_id = fields.Many2one(
        comodel_name="sales.customer.class",
        index="btree_not_null",
        ondelete="cascade",
        help="Leave empty for all customers whose class has no list of its own.",
    )
    company_id = fields.Many2one(
        related="class_id.company_id", store=True, precompute=True, index=True
    )
    sequence = fields.Integer(default=10)
    name = fields.Selection(selection="_selection_name", string="Field", required=True)
    weight = fields.Float(
        required=True,
        default=1.0,
        digits=(5, 2),
        aggregator=None,
        help="Weights count in proportion to their sum.",
    )

    _name_uniq = models.UniqueIndex(
        "(COALESCE(class_id, 0), name)",
        "The list already has this field.",
    )
    _weight_positive = models.Constraint(
        "CHECK (weight > 0)",
        "The weight of a field is more than 0. Delete the line if it does not count.",
    )

    @api.model
    def _selection_name(self):
        partners = self.env["res.partner"]
        return sorted(
            (
                (name, field._description_string(self.env))
                for name, field in partners._fields.items()
                if self._belongs_in_file(field)
            ),
            key=lambda item: item[1],
        )

    @api.model
    def _belongs_in_file(self, field):
        """Return whether a field of the customer can be asked for: salespeople can fill
        it in and it is kept, with the contact or in the file."""
        if field.related and field.related.startswith("sales_file_id."):
            return True
        if not field.store or field.type not in TYPES:
            return False
        if field.name in models.MAGIC_COLUMNS or field.readonly:
            return False
        if field.name.startswith(BOOK_KEEPING):
            return False
        if field.type == "one2many" and not self._is_kept(field):
            return False
        # Fields of other departments are hidden from salespeople.
        return not field.groups or field.name.startswith("sales_")

    @api.model
    def _is_kept(self, field):
        """:return: whether the lines of a field have a column for the customer"""
        lines = self.env[field.comodel_name]
        inverse = lines._fields.get(field.inverse_name)
        return bool(lines._auto and inverse and inverse.type == "many2one")

    @api.depends("name")
    def _compute_display_name(self):
        labels = dict(self._fields["name"]._description_selection(self.env))
        for line in self:
            line.display_name = labels.get(line.name, line.name)

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines._forget_view()
        return lines

    def write(self, vals):
        res = super().write(vals)
        self._forget_view()
        return res

    def unlink(self):
        res = super().unlink()
        self._forget_view()
        return res

    @api.model
    def _forget_view(self):
        """The form in which files are completed shows the fields of these lines."""
        self.env.registry.clear_cache("templates")

    @api.model
    def _label_names(self, names):
        """:return: the labels of fields of customers, as one text"""
        labels = dict(self._fields["name"]._description_selection(self.env))
        return format_list(self.env, [labels.get(name, name) for name in names])
