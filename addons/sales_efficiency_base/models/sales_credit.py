# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import float_repr, float_round, formatLang


class SalesCredit(models.Model):
    """The share of an order credited to one salesperson.

    The shares of an order add up to exactly 100 %, if there are any.
    """

    _name = "sales.credit"
    _inherit = "sales.guard.mixin"
    _description = "Sales Credit"
    _order = "order_id, share desc, id"

    order_id = fields.Many2one(
        comodel_name="sale.order",
        required=True,
        index=True,
        ondelete="cascade",
    )
    user_id = fields.Many2one(
        comodel_name="res.users",
        string="Salesperson",
        required=True,
        index=True,
        ondelete="restrict",
        domain="[('share', '=', False)]",
    )
    team_id = fields.Many2one(
        comodel_name="crm.team",
        string="Sales Team",
        compute="_compute_team_id",
        store=True,
        readonly=False,
        precompute=True,
        index="btree_not_null",
        ondelete="restrict",
    )
    share = fields.Float(
        string="Share (%)",
        required=True,
        digits=(5, 2),
        aggregator="sum",
    )

    _order_user_uniq = models.Constraint(
        "UNIQUE (order_id, user_id)",
        "A salesperson can have only one share of an order.",
    )
    _share_range = models.Constraint(
        "CHECK (share > 0 AND share <= 100)",
        "A share is more than 0 % and at most 100 %.",
    )

    @api.depends("user_id")
    def _compute_team_id(self):
        for credit in self:
            team, company = credit.user_id.sale_team_id, credit.order_id.company_id
            is_foreign = team.company_id and company and team.company_id != company
            credit.team_id = credit.order_id.team_id if is_foreign else team

    @api.constrains("team_id", "order_id")
    def _check_team_company(self):
        for credit in self:
            company = credit.team_id.company_id
            if company and company != credit.order_id.company_id:
                raise ValidationError(
                    self.env._(
                        "%(name)s belongs to %(company)s: choose another for"
                        " %(document)s.",
                        name=credit.team_id.name,
                        company=company.name,
                        document=credit.order_id.display_name,
                    )
                )

    @api.depends("user_id", "share")
    def _compute_display_name(self):
        for credit in self:
            share = float_repr(credit.share, 2)
            credit.display_name = f"{credit.user_id.name} {share} %"

    @api.model_create_multi
    def create(self, vals_list):
        default = self.env.context.get("default_order_id")
        self._check_orders({vals.get("order_id", default) for vals in vals_list})
        return super().create(vals_list)

    def write(self, vals):
        self._check_orders({*self.order_id.ids, vals.get("order_id")})
        return super().write(vals)

    def unlink(self):
        self._check_orders(self.order_id.ids)
        return super().unlink()

    @api.model
    def _check_orders(self, order_ids):
        """Refuse to change a confirmed order. Called before the change.

        The total of the shares is checked at the end of the transaction, because lines
        are edited one by one.

        :param order_ids: ids of the orders whose lines are about to change
        :raise UserError: if one is confirmed and the user is not a sales administrator
        """
        orders = self.env["sale.order"].browse(filter(None, order_ids))
        confirmed = orders.filtered(lambda order: order.state == "sale")
        if confirmed and not orders._can_correct_sales_credit():
            raise confirmed[0]._get_sales_credit_frozen_error()
        precommit = self.env.cr.precommit
        if "sales_credit.before" not in precommit.data:
            precommit.data["sales_credit.before"] = {}
            # sudo: every share counts, also of people whom the user may not see.
            precommit.add(self.env["sales.credit"].sudo()._finish_orders)
        before = precommit.data["sales_credit.before"]
        # sudo: as above; the description goes to the log of the order.
        descriptions = self.sudo()._describe(confirmed)
        for order in orders:
            before.setdefault(order.id, descriptions.get(order.id))

    @api.model
    def _finish_orders(self):
        """Check the orders changed in this transaction and log the corrections."""
        before = self.env.cr.precommit.data.pop("sales_credit.before")
        orders = self.env["sale.order"].browse(before).exists()
        self._check_totals(orders)
        corrected = orders.filtered(lambda order: before[order.id])
        after = self._describe(corrected)
        corrected._message_log_batch(
            {
                order.id: self.env._(
                    "Credit corrected from %(before)s to %(after)s.",
                    before=before[order.id],
                    after=after[order.id],
                )
                for order in corrected
                if before[order.id] != after[order.id]
            }
        )

    @api.model
    def _check_totals(self, orders):
        """:raise ValidationError: if the shares of an order do not add up to 100 %"""
        totals = self._read_group(
            [("order_id", "in", orders.ids)], ["order_id"], ["share:sum"]
        )
        for order, total in totals:
            difference = float_round(100 - total, precision_digits=2)
            if difference:
                raise ValidationError(
                    self.env._(
                        "The credit of %(order)s adds up to %(total)s %%, which is"
                        " %(difference)s %% %(direction)s. It must be exactly 100 %%.",
                        order=order.display_name,
                        total=formatLang(self.env, total, digits=2),
                        difference=formatLang(self.env, abs(difference), digits=2),
                        direction=self.env._("too little")
                        if difference > 0
                        else self.env._("too much"),
                    )
                )

    @api.model
    def _describe(self, orders):
        """:return: dict of order id -> its shares, as text"""
        credits_ = self.search([("order_id", "in", orders.ids)])
        by_order = credits_.grouped("order_id")
        return {
            order.id: ", ".join(by_order[order].mapped("display_name"))
            if order in by_order
            else order.user_id.name or self.env._("nobody")
            for order in orders
        }
