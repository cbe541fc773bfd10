# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain


class SalesTreeMixin(models.AbstractModel):
    """A hierarchical dimension, shared by all companies or belonging to one.

    Concrete models set ``_parent_store`` and declare ``parent_id`` and ``child_ids``
    with themselves as comodel.
    """

    _name = "sales.tree.mixin"
    _inherit = ["sales.parent.mixin", "sales.guard.mixin"]
    _description = "Tree of a Sales Dimension"
    _order = "name, id"
    _rec_name = "complete_name"
    _rec_names_search = ["complete_name", "code"]
    _check_company_auto = True

    name = fields.Char(required=True, translate=True)
    code = fields.Char(help="A short unique code, for imports and lists.")
    complete_name = fields.Char(
        string="Full Name",
        compute="_compute_complete_name",
        search="_search_complete_name",
        recursive=True,
    )
    parent_path = fields.Char(index=True)
    company_id = fields.Many2one(
        comodel_name="res.company",
        index=True,
        help="Leave empty to share it between all companies.",
    )
    active = fields.Boolean(default=True)

    _code_company_uniq = models.UniqueIndex(
        "(code, COALESCE(company_id, 0)) WHERE code IS NOT NULL",
        "This code is already used.",
    )

    @api.depends_context("lang")
    @api.depends("name", "parent_id.complete_name")
    def _compute_complete_name(self):
        for node in self:
            names = (node.parent_id.complete_name, node.name)
            node.complete_name = " / ".join(filter(None, names))

    @api.model
    def _search_complete_name(self, operator, value):
        """Compare in Python: names are translated, and the trees are small."""
        if operator in Domain.NEGATIVE_OPERATORS:
            return NotImplemented
        every = self.with_context(active_test=False)
        nodes = every.search([])  # pylint: disable=no-search-all
        matches = nodes.filtered_domain([("complete_name", operator, value)])
        return Domain("id", "in", matches.ids)

    def _check_company_of(self, documents):
        """Refuse a dimension that belongs to another company than the document.

        :raise UserError: naming both companies
        """
        for node in self.filtered("company_id"):
            if foreign := documents.filtered(
                lambda document, node=node: document.company_id != node.company_id
            ):
                raise UserError(
                    self.env._(
                        "%(name)s belongs to %(company)s: choose another for"
                        " %(document)s.",
                        name=node.display_name,
                        company=node.company_id.name,
                        document=foreign[0].display_name,
                    )
                )
