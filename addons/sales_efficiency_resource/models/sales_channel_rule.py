# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import ormcache


class SalesChannelRule(models.Model):
    """Which channel an order comes through, by its source and team (policy 5.2.2)."""

    _name = "sales.channel.rule"
    _inherit = "sales.guard.mixin"
    _description = "Rule for the Channel of Orders"
    _order = "sequence, id"
    _check_company_auto = True

    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        comodel_name="res.company",
        index=True,
        help="Rules without company are for all companies.",
    )
    source_id = fields.Many2one(
        comodel_name="utm.source",
        index="btree_not_null",
        ondelete="cascade",
        help="Where the order comes from. Empty: from anywhere.",
    )
    team_id = fields.Many2one(
        comodel_name="crm.team",
        string="Sales Team",
        index="btree_not_null",
        ondelete="cascade",
        check_company=True,
        help="Of this very team. Empty: of any team.",
    )
    channel_id = fields.Many2one(
        comodel_name="sales.channel",
        required=True,
        index=True,
        ondelete="cascade",
        check_company=True,
    )

    @api.depends_context("lang")
    @api.depends("source_id.name", "team_id.name", "channel_id.name")
    def _compute_display_name(self):
        for rule in self:
            names = (rule.source_id.name, rule.team_id.name)
            rule.display_name = (
                f"{', '.join(filter(None, names))} → {rule.channel_id.name or ''}"
            )

    @api.constrains("source_id", "team_id", "channel_id")
    def _check_condition(self):
        for rule in self:
            if not (rule.source_id or rule.team_id):
                raise ValidationError(
                    self.env._(
                        "A rule for %s needs a source or a sales team.",
                        rule.channel_id.display_name,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        rules = super().create(vals_list)
        self.env.registry.clear_cache()
        return rules

    def write(self, vals):
        res = super().write(vals)
        self.env.registry.clear_cache()
        return res

    def unlink(self):
        res = super().unlink()
        self.env.registry.clear_cache()
        return res

    @api.model
    @ormcache("company_id")
    def _get_conditions(self, company_id):
        """Return the rules of a company, which orders ask for all the time.

        :return: tuple of (source id, team id, channel id, whether it is a web shop)
        """
        # sudo: the rules hold for everybody.
        rules = self.sudo().search([("company_id", "in", (False, company_id))])
        return tuple(
            (
                rule.source_id.id,
                rule.team_id.id,
                rule.channel_id.id,
                rule.channel_id.kind == "ecommerce",
            )
            for rule in rules
            if rule.channel_id.active
        )

    @api.model
    @ormcache("company_id")
    def _get_web_channel(self, company_id):
        """:return: id of the first channel that is a web shop, or False"""
        # sudo: see above
        channels = self.env["sales.channel"].sudo()
        domain = [
            ("kind", "=", "ecommerce"),
            ("company_id", "in", (False, company_id)),
        ]
        return channels.search(domain, order="company_id, id", limit=1).id

    @api.model
    def _find_channel(self, company_id, source_id, team_id, is_web=False):
        """Return the id of the channel of an order, or False.

        An order of a web shop comes through a web shop: that of the rules, e.g. by the
        team of the website, else the first one.
        """
        for source, team, channel, is_shop in self._get_conditions(company_id):
            if (
                source in (False, source_id)
                and team in (False, team_id)
                and (is_shop or not is_web)
            ):
                return channel
        return is_web and self._get_web_channel(company_id)
