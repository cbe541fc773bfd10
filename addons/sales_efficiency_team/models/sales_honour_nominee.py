# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models

CONCERNED = "sales_efficiency_base.group_sales_director,hr.group_hr_user"


class SalesHonourNominee(models.Model):
    """A person or team in an election, as they were on the day of it.

    Winners of published elections are the hall of fame. Only code writes them.
    """

    _name = "sales.honour.nominee"
    _inherit = "sales.guard.mixin"
    _description = "Nominee"
    _order = "date_to desc, honour_id, is_winner desc, place, id"

    honour_id = fields.Many2one(
        comodel_name="sales.honour",
        string="Election",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(related="honour_id.company_id", store=True)
    currency_id = fields.Many2one(related="honour_id.currency_id")
    kind = fields.Selection(related="honour_id.kind", store=True)
    date_to = fields.Date(related="honour_id.date_to", store=True, index=True)
    rhythm = fields.Selection(related="honour_id.rhythm", store=True)
    name = fields.Char(required=True, readonly=True, help="As on that day.")
    user_id = fields.Many2one(
        comodel_name="res.users",
        string="Person",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
    )
    team_id = fields.Many2one(
        comodel_name="crm.team",
        string="Sales Team",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
    )
    member_ids = fields.Many2many(
        comodel_name="res.users",
        string="Members",
        readonly=True,
        help="The members of the team at that time, or the person.",
    )
    member_names = fields.Char(
        string="Members of That Time", readonly=True, help="As on that day."
    )
    place = fields.Integer(string="Placing", readonly=True, aggregator=None)
    is_winner = fields.Boolean(string="Honoured", readonly=True, index=True)
    is_shortlisted = fields.Boolean(string="Nominated", readonly=True)
    figure = fields.Char(readonly=True, help="What everybody sees of the figures.")

    # What only those see who prepare and approve the election
    rank = fields.Integer(
        string="Rank by Figures", readonly=True, aggregator=None, groups=CONCERNED
    )
    value = fields.Float(digits=0, readonly=True, groups=CONCERNED)
    attainment = fields.Float(
        string="Attainment (%)",
        digits=(16, 2),
        readonly=True,
        aggregator=None,
        groups=CONCERNED,
    )
    months = fields.Integer(
        string="Months in Sales", readonly=True, aggregator=None, groups=CONCERNED
    )
    is_eligible = fields.Boolean(
        string="Meets the Conditions", readonly=True, groups=CONCERNED
    )
    reason = fields.Char(readonly=True, groups=CONCERNED)
    vote_count = fields.Integer(string="Votes", readonly=True, groups=CONCERNED)

    @api.depends("name", "honour_id")
    def _compute_display_name(self):
        for nominee in self:
            nominee.display_name = nominee.name

    def action_vote(self):
        """Vote for this nominee."""
        self.ensure_one()
        self.check_access("read")
        self.honour_id._vote(self)

    @api.readonly
    def action_print_certificate(self):
        self.check_access("read")
        return self.env.ref(
            "sales_efficiency_team.sales_honour_certificate"
        ).report_action(self)

    def _get_place_name(self):
        """:return: the place in words, in the language of the user"""
        self.ensure_one()
        names = {
            1: self.env._("1st place"),
            2: self.env._("2nd place"),
            3: self.env._("3rd place"),
        }
        return names.get(self.place) or self.env._("Place %s", self.place)

    def _name_all(self):
        """:return: the name, of a team with its members of that time"""
        self.ensure_one()
        if not self.member_names:
            return self.name
        return f"{self.name} ({self.member_names})"

    @api.model
    def _get_certificate_languages(self):
        """:return: the languages of the certificate: all of the database"""
        return [code for code, _name in self.env["res.lang"].get_installed()]
