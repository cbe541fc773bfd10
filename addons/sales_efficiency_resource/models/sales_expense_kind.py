# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command
from odoo.tools import SQL

from odoo.addons.base.models.ir_model import MODULE_UNINSTALL_FLAG
from odoo.addons.sales_efficiency_base.engine.record_uses import find_used

from ..engine import ExpenseDocuments


class SalesExpenseKind(models.Model):
    """What money is spent on to sell: marketing, travel, entertainment, training
    (policy 5.3.1).

    The product of an item decides which kind it belongs to, then its category or the
    nearest one above it, then the account, see :class:`.KindMapping`. Every kind has a
    metric of its own, so that everything that takes metrics takes kinds.
    """

    _name = "sales.expense.kind"
    _inherit = ["sales.tree.mixin", "mail.thread"]
    _description = "Kind of Sales Expense"
    _parent_store = True

    parent_id = fields.Many2one(
        comodel_name="sales.expense.kind",
        string="Parent Kind",
        index=True,
        ondelete="restrict",
        check_company=True,
    )
    child_ids = fields.One2many(
        comodel_name="sales.expense.kind",
        inverse_name="parent_id",
        string="Sub-kinds",
    )
    product_ids = fields.Many2many(
        comodel_name="product.product",
        relation="sales_expense_kind_product_rel",
        column1="kind_id",
        column2="product_id",
        string="Products",
        domain="['|', ('can_be_expensed', '=', True), ('purchase_ok', '=', True)]",
        copy=False,
        help="Claims and bills of these products belong to this kind.",
    )
    categ_ids = fields.Many2many(
        comodel_name="product.category",
        relation="sales_expense_kind_categ_rel",
        column1="kind_id",
        column2="categ_id",
        string="Product Categories",
        copy=False,
        help="Products of these categories, and of those below, belong to this kind"
        " unless a kind names the product or a nearer category.",
    )
    account_ids = fields.Many2many(
        comodel_name="account.account",
        relation="sales_expense_kind_account_rel",
        column1="kind_id",
        column2="account_id",
        string="Accounts",
        domain="[('account_type', '=like', 'expense%')]",
        copy=False,
        help="Items on these accounts belong to this kind unless a kind names the"
        " product or its category.",
    )
    counts_all = fields.Boolean(
        string="Count Everything",
        help="Count also what no salesperson, team, region, channel or campaign has"
        " spent, e.g. advertising for the whole company. Applies to sub-kinds, too.",
    )
    metric_id = fields.Many2one(
        comodel_name="sales.metric",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
    )
    fact_count = fields.Integer(
        string="Figures",
        compute="_compute_fact_count",
        groups="sales_efficiency_base.group_sales_director,"
        "account.group_account_user,account.group_account_manager",
    )

    def _compute_fact_count(self):
        """Count the figures of the kinds and of those below, in one query."""
        rows = self.env.execute_query(
            SQL(
                """
                SELECT kind.id, SUM(cell.facts)
                  FROM sales_expense_kind kind
                  JOIN sales_expense_kind below
                    ON starts_with(below.parent_path, kind.parent_path)
                  JOIN sales_fact_cell cell ON cell.expense_kind_id = below.id
                   AND cell.company_id = ANY(%s)
                 WHERE kind.id = ANY(%s)
                 GROUP BY kind.id
                """,
                self.env.companies.ids,
                self._origin.ids,
            )
        )
        counts = dict(rows)
        for kind in self:
            kind.fact_count = counts.get(kind._origin.id, 0)

    # ------------------------------------------------------------------
    # Constraints
    # ------------------------------------------------------------------

    @api.constrains("product_ids", "categ_ids", "account_ids", "company_id", "active")
    def _check_overlap(self):
        for name in ("product_ids", "categ_ids", "account_ids"):
            for id_, kind, other in self._find_overlaps(self._fields[name]):
                # sudo: an item or a kind of another company may be in the way.
                item = self.env[self._fields[name].comodel_name].sudo().browse(id_)
                kinds = self.sudo().browse([kind, other])
                raise ValidationError(
                    self.env._(
                        "%(item)s would belong to both %(kind)s and %(other)s. Remove"
                        " it from one of the two kinds.",
                        item=item.display_name,
                        kind=kinds[0].complete_name,
                        other=kinds[1].complete_name,
                    )
                )

    @api.constrains("account_ids")
    def _check_accounts(self):
        for kind in self:
            for account in kind.account_ids:
                if not account.account_type.startswith("expense"):
                    raise ValidationError(
                        self.env._(
                            "%(account)s is not an expense account. Choose others for"
                            " %(kind)s.",
                            account=account.display_name,
                            kind=kind.complete_name,
                        )
                    )

    # ------------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        kinds = super().create(vals_list)
        kinds._create_metrics()
        return kinds

    def write(self, vals):
        res = super().write(vals)
        if "name" in vals:
            self._rename_metrics()
        shared = {name: vals[name] for name in ("active", "company_id") if name in vals}
        if shared:
            # sudo: finance keeps kinds, but may not change metrics.
            self.sudo().metric_id.write(shared)
        return res

    def unlink(self):
        # sudo: see ``write``
        metrics = self.sudo().metric_id
        res = super().unlink()
        if not self.env.context.get(MODULE_UNINSTALL_FLAG):
            self._delete_metrics(metrics)
        return res

    @api.ondelete(at_uninstall=False)
    def _unlink_except_with_figures(self):
        # sudo: what another company has spent counts, too.
        if used := self.sudo()._filter_used():
            raise UserError(
                self.env._(
                    "Expenses count for %(names)s: archive the kind instead.",
                    names=", ".join(used.mapped("complete_name")),
                )
            )

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    @api.readonly
    def action_open_facts(self):
        """Open the figures of the kind and of those below."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "sales_efficiency_resource.sales_expense_fact_action"
        )
        return {
            **action,
            "name": self.complete_name,
            "domain": [("expense_kind_id", "child_of", self.id)],
        }

    # ------------------------------------------------------------------
    # Business methods
    # ------------------------------------------------------------------

    def _filter_used(self):
        """Return the kinds with expenses, of whichever company, and whether or not
        figures show them yet.

        The closings of months that are over name kinds, too.
        """
        self.env.flush_all()
        documents = ExpenseDocuments(self.env)
        below = self.with_context(active_test=False).search(
            [("id", "child_of", self.ids)]
        )
        rows = self.env.execute_query(
            SQL(
                """
                SELECT DISTINCT item.expense_kind_id FROM (
                    SELECT expense_kind_id FROM (%s) AS item
                     UNION ALL SELECT expense_kind_id FROM (%s) AS claim
                     UNION ALL SELECT expense_kind_id FROM sales_fact_cell
                     UNION ALL SELECT expense_kind_id FROM sales_expense_closing
                ) AS item
                 WHERE item.expense_kind_id = ANY(%s)
                """,
                documents.items(),
                documents.claims(),
                below.ids,
            )
        )
        found = self.browse(id_ for (id_,) in rows)
        return self.filtered(
            lambda kind: any(
                used.parent_path.startswith(kind.parent_path) for used in found
            )
        )

    def _find_overlaps(self, field):
        """Return items that one of the kinds shares with another kind.

        Two companies may map an item differently, but not a company and one above it.
        """
        self.env.flush_all()
        return self.env.execute_query(
            SQL(
                """
                SELECT rel.%(item)s, kind.id, other.id
                  FROM %(rel)s rel
                  JOIN %(rel)s other_rel ON other_rel.%(item)s = rel.%(item)s
                   AND other_rel.kind_id <> rel.kind_id
                  JOIN sales_expense_kind kind ON kind.id = rel.kind_id
                  JOIN sales_expense_kind other ON other.id = other_rel.kind_id
                  LEFT JOIN res_company company ON company.id = kind.company_id
                  LEFT JOIN res_company rival ON rival.id = other.company_id
                 WHERE rel.kind_id = ANY(%(ids)s) AND kind.active AND other.active
                   AND (company.id IS NULL OR rival.id IS NULL
                        OR starts_with(company.parent_path, rival.parent_path)
                        OR starts_with(rival.parent_path, company.parent_path))
                 LIMIT 1
                """,
                rel=SQL.identifier(field.relation),
                item=SQL.identifier(field.column2),
                ids=self.ids,
            )
        )

    def _create_metrics(self):
        """Give each kind a metric: what was spent on it and on the kinds below."""
        spent = self.env.ref("sales_efficiency_resource.sales_metric_event_spent")
        # As the system: metrics check their filter as whoever makes them, and finance
        # may not read figures of salespeople.
        metrics = self.env["sales.metric"].with_user(SUPERUSER_ID)
        for kind in self.sudo():
            kind.metric_id = metric = metrics.create(
                {
                    "name": kind._get_metric_name(),
                    "code": f"expense_kind_{kind.id}",
                    "sequence": 720,
                    "kind": "sum",
                    "measure": "amount",
                    "higher_is_better": False,
                    "event_ids": [Command.set(spent.ids)],
                    "domain": repr([("expense_kind_id", "=", kind.id)]),
                    "company_id": kind.company_id.id,
                    "active": kind.active,
                }
            )
            # It belongs to the add-on, and cannot be deleted by itself.
            self.env["ir.model.data"].sudo().create(
                {
                    "module": self._original_module,
                    "name": f"sales_metric_{metric.code}",
                    "model": metric._name,
                    "res_id": metric.id,
                    "noupdate": True,
                }
            )
        self._rename_metrics()

    @api.model
    def _delete_metrics(self, metrics):
        """Delete the metrics of deleted kinds.

        :raise UserError: if something else needs one of them
        """
        if used := find_used(metrics):
            raise UserError(
                self.env._(
                    "%(names)s is in use, e.g. in a budget: archive the kind instead.",
                    names=", ".join(used.mapped("name")),
                )
            )
        names = [("model", "=", metrics._name), ("res_id", "in", metrics.ids)]
        # sudo: external ids are not for users
        self.env["ir.model.data"].sudo().search(names).unlink()
        metrics.unlink()

    def _rename_metrics(self):
        for lang, _name in self.env["res.lang"].get_installed():
            # sudo: see ``write``
            for kind in self.with_context(lang=lang).sudo():
                kind.metric_id.name = kind._get_metric_name()

    def _get_metric_name(self):
        return self.env._("Expenses: %(kind)s", kind=self.name)
