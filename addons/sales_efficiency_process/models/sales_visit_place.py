# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.fields import Domain

# Places erased in one transaction
BATCH = 500
ERASED = {"latitude": 0, "longitude": 0, "accuracy": 0, "distance": 0}


class SalesVisitPlace(models.Model):
    """Where a salesperson was when they checked in or out (policy 3.1.3).

    Only the person and their leaders see it, only code writes it, and after some months
    nothing but the mark and the reason is left.
    """

    _name = "sales.visit.place"
    _inherit = "sales.guard.mixin"
    _description = "Place of a Check-In"
    _order = "at desc, id desc"

    visit_id = fields.Many2one(
        comodel_name="sales.visit",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    user_id = fields.Many2one(
        related="visit_id.user_id", string="Salesperson", store=True, index=True
    )
    team_id = fields.Many2one(
        related="visit_id.team_id", store=True, index="btree_not_null"
    )
    company_id = fields.Many2one(related="visit_id.company_id", store=True, index=True)
    partner_id = fields.Many2one(
        related="visit_id.partner_id", string="Customer", store=True, index=True
    )
    moment = fields.Selection(
        selection=[("in", "Check-In"), ("out", "Check-Out")],
        required=True,
        readonly=True,
    )
    at = fields.Datetime(string="When", required=True, readonly=True)
    state = fields.Selection(
        selection=[
            ("inside", "At the Customer"),
            ("outside", "Elsewhere"),
            ("unplaced", "No Place"),
        ],
        string="Place",
        required=True,
        readonly=True,
    )
    problem = fields.Selection(
        selection=[
            ("outside", "Away from the customer"),
            ("refused", "Not allowed to locate"),
            ("no_signal", "No signal"),
            ("unknown", "Place of the customer not known"),
        ],
        readonly=True,
    )
    reason = fields.Char(readonly=True)
    latitude = fields.Float(digits=(10, 7), readonly=True, aggregator=None)
    longitude = fields.Float(digits=(10, 7), readonly=True, aggregator=None)
    accuracy = fields.Float(
        string="Accuracy (m)", digits=(16, 0), readonly=True, aggregator=None
    )
    distance = fields.Float(
        string="Distance (m)",
        digits=(16, 0),
        readonly=True,
        aggregator="avg",
        help="From the place of the customer.",
    )
    is_erased = fields.Boolean(string="Erased", readonly=True, index=True)

    _moment_uniq = models.UniqueIndex(
        "(visit_id, moment)", "This visit has been checked in or out already."
    )
    _place_range = models.Constraint(
        "CHECK (latitude BETWEEN -90 AND 90 AND longitude BETWEEN -180 AND 180)",
        "Latitudes go from -90 to 90, longitudes from -180 to 180.",
    )

    @api.depends("visit_id", "moment")
    def _compute_display_name(self):
        moments = dict(self._fields["moment"]._description_selection(self.env))
        for place in self:
            place.display_name = (
                f"{moments.get(place.moment, '')}: {place.partner_id.name}"
            )

    @api.readonly
    def action_open_visit(self):
        self.ensure_one()
        return self.visit_id._get_records_action()

    @api.model
    def _cron_erase(self):
        """Erase places that are old, and all of companies that want none."""
        cron, last = self.env["ir.cron"], 0
        domain = self._get_old_domain()
        cron._commit_progress(remaining=self.search_count(domain))
        while places := self.search(
            domain & Domain("id", ">", last), order="id", limit=BATCH
        ):
            count, last = len(places), places[-1].id
            places.try_lock_for_update().write({**ERASED, "is_erased": True})
            if not cron._commit_progress(count):
                return

    @api.model
    def _get_old_domain(self):
        """:return: the :class:`Domain` of the places to erase"""
        now = fields.Datetime.now()
        domains = []
        # Those of archived companies, too
        companies = self.env["res.company"].search([("active", "in", (True, False))])
        for company in companies:
            domain = Domain("company_id", "=", company.id)
            if company.sales_visit_places:
                months = relativedelta(months=company.sales_visit_place_months)
                domain &= Domain("at", "<", now - months)
            domains.append(domain)
        return Domain("is_erased", "=", False) & Domain.OR(domains)
