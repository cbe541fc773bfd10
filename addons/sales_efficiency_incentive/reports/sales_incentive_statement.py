# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.tools import SQL

from odoo.addons.sales_efficiency_base.tools import open_records

from ..engine import EARNED, PayStatement

# Ids are made of that of the assignment and the number of the month since then.
EPOCH = 1990
MONTHS = 1200


class SalesIncentiveStatement(models.Model):
    """What one person earns and gets in one month, from sales to pay.

    There is one for everybody who is paid by an approved plan in the month, with or
    without sales.
    """

    _name = "sales.incentive.statement"
    _description = "Pay Statement"
    _auto = False
    _order = "month desc, payee, id"

    company_id = fields.Many2one(comodel_name="res.company", readonly=True)
    currency_id = fields.Many2one(comodel_name="res.currency", readonly=True)
    period_id = fields.Many2one(
        comodel_name="sales.incentive.period", string="Month", readonly=True
    )
    month = fields.Date(string="First Day", readonly=True)
    state = fields.Selection(
        selection=lambda self: self._selection_state(),
        string="Status",
        readonly=True,
    )
    plan_id = fields.Many2one(comodel_name="sales.incentive.plan", readonly=True)
    assignment_id = fields.Many2one(
        comodel_name="sales.incentive.assignment", readonly=True
    )
    user_id = fields.Many2one(comodel_name="res.users", string="Person", readonly=True)
    payee = fields.Char(string="Paid To", readonly=True)

    earned = fields.Monetary(readonly=True, help="By what was sold, after caps.")
    taken_back = fields.Monetary(
        readonly=True, help="For returns and corrections of earlier months."
    )
    held = fields.Monetary(
        string="Held Back", readonly=True, help="Waits, and is released later."
    )
    released = fields.Monetary(readonly=True, help="Has waited, and is now payable.")
    carried = fields.Monetary(
        string="Carried On",
        readonly=True,
        help="Above a cap or below zero: it goes on to other months.",
    )
    adjusted = fields.Monetary(readonly=True)
    draw = fields.Monetary(readonly=True)
    repaid = fields.Monetary(string="Draws Repaid", readonly=True)
    payable = fields.Monetary(readonly=True, help="Change in this month.")
    waiting = fields.Monetary(readonly=True, help="Change in this month.")
    capped = fields.Monetary(readonly=True, help="Change in this month.")
    owed = fields.Monetary(
        readonly=True, help="Change in this month. What is owed is negative."
    )

    booked = fields.Monetary(
        string="As Booked",
        readonly=True,
        help="Booked in the month for its own sales, payable at once or later.",
    )
    corrected = fields.Monetary(
        string="Booked Later",
        readonly=True,
        help="Booked in later months for the sales of this one.",
    )
    as_of_today = fields.Monetary(
        string="As of Today",
        readonly=True,
        help="Earnings of the month if it were computed today.",
    )

    jump = fields.Float(
        string="Change (%)",
        compute="_compute_jump",
        help="Payable amount compared with the average of the three months before.",
    )
    summary = fields.Html(compute="_compute_summary", sanitize=False)
    line_ids = fields.Many2many(
        comodel_name="sales.incentive.entry",
        string="Lines",
        compute="_compute_line_ids",
    )
    other_line_ids = fields.Many2many(
        comodel_name="sales.incentive.entry",
        string="Lines of Balances",
        compute="_compute_line_ids",
    )

    _depends = {
        "sales.incentive.entry": [
            "amount",
            "assignment_id",
            "balance",
            "kind",
            "month",
            "origin",
        ],
        "sales.incentive.period": ["company_id", "month", "state"],
        "sales.incentive.assignment": ["date_from", "date_to", "plan_id", "user_id"],
        "sales.incentive.version": ["date_from", "plan_id", "state"],
    }

    @property
    def _table_query(self):
        return SQL(
            """
            SELECT a.id * %(months)s
                   + 12 * (EXTRACT(year FROM p.month)::int - %(epoch)s)
                   + EXTRACT(month FROM p.month)::int AS id,
                   p.company_id, c.currency_id, p.id AS period_id, p.month, p.state,
                   a.plan_id, a.id AS assignment_id, a.user_id,
                   COALESCE(e.payee, partner.name) AS payee,
                   %(columns)s, (%(corrected)s) AS corrected,
                   (%(as_of_today)s) AS as_of_today
              FROM sales_incentive_period p
              JOIN res_company c ON c.id = p.company_id
              JOIN sales_incentive_assignment a ON a.company_id = p.company_id
               AND a.date_from < p.month + INTERVAL '1 month'
              LEFT JOIN res_users u ON u.id = a.user_id
              LEFT JOIN res_partner partner
                ON partner.id = COALESCE(u.partner_id, a.partner_id)
              LEFT JOIN LATERAL (%(sums)s) e ON TRUE
             WHERE e.number > 0
                OR ((a.date_to IS NULL OR a.date_to >= p.month)
                    AND EXISTS (SELECT FROM sales_incentive_version v
                                 WHERE v.plan_id = a.plan_id AND v.state = 'approved'
                                   AND v.date_from <= p.month))
            """,
            months=MONTHS,
            epoch=EPOCH,
            columns=SQL(", ").join(
                SQL("COALESCE(e.%s, 0) AS %s", name, name)
                for name in map(SQL.identifier, self._get_amounts())
            ),
            sums=self._select_sums(),
            corrected=self._select_earned(SQL("month > p.month")),
            as_of_today=self._select_earned(SQL("month >= p.month")),
        )

    def _select_earned(self, condition):
        """Return what is booked for the sales of the month.

        Queries of other columns do not look for it.
        """
        return SQL(
            """
            SELECT COALESCE(SUM(amount), 0)
              FROM sales_incentive_entry
             WHERE assignment_id = a.id AND origin = p.month AND kind IN %s AND %s
            """,
            tuple(EARNED),
            condition,
        )

    def _select_sums(self):
        return SQL(
            """
            SELECT COUNT(*) AS number, MAX(payee) AS payee, %s
              FROM sales_incentive_entry
             WHERE period_id = p.id AND assignment_id = a.id
            """,
            SQL(", ").join(
                SQL(
                    "SUM(amount) FILTER (WHERE %s) AS %s",
                    condition,
                    SQL.identifier(name),
                )
                for name, condition in self._get_amounts().items()
            ),
        )

    @api.model
    def _get_amounts(self):
        """:return: dict column → condition of the entries that it sums up"""
        kinds = {
            "earned": ("earning", "true_up", "cap"),
            "taken_back": ("clawback",),
            "held": ("holdback",),
            "released": ("release",),
            "carried": ("carried",),
            "draw": ("draw",),
            "repaid": ("recovery",),
        }
        known = sum(kinds.values(), ("payout",))
        payable = SQL("balance = 'payable'")
        return {
            **{
                name: SQL("%s AND kind IN %s", payable, of_part)
                for name, of_part in kinds.items()
            },
            "adjusted": SQL("%s AND kind NOT IN %s", payable, known),
            "payable": SQL("%s AND kind <> 'payout'", payable),
            "booked": SQL("month = origin AND kind IN %s", tuple(EARNED)),
            **{
                name: SQL("balance = %s", name)
                for name in ("waiting", "capped", "owed")
            },
        }

    # ------------------------------------------------------------------
    # Computed fields
    # ------------------------------------------------------------------

    @api.model
    def _selection_state(self):
        return (
            self.env["sales.incentive.period"]
            ._fields["state"]
            ._description_selection(self.env)
        )

    @api.depends("payee", "period_id")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for statement in self:
            statement.display_name = self.env._(
                "Pay statement: %(person)s, %(month)s",
                person=statement.payee or "",
                month=statement.period_id.display_name or "",
            )

    @api.depends("payable")
    def _compute_jump(self):
        jumps = PayStatement(self).read_jumps() if self else {}
        for statement in self:
            statement.jump = jumps[statement]

    @api.depends("payable")
    @api.depends_context("lang")
    def _compute_summary(self):
        if not self:
            return
        sums = PayStatement(self)
        parts, rules = sums.read_parts(), sums.read_rules()
        notes = self._read_notes()
        for statement in self:
            statement.summary = self.env["ir.qweb"]._render(
                "sales_efficiency_incentive.sales_incentive_statement_summary",
                statement._get_summary(*parts[statement], rules[statement])
                | {"notes": notes.get(statement, [])},
            )

    @api.depends("payable")
    def _compute_line_ids(self):
        # At once, however many: else they would be read by the thousand.
        entries = self.env["sales.incentive.entry"].search_fetch(
            [
                ("assignment_id", "in", self.assignment_id.ids),
                ("period_id", "in", self.period_id.ids),
            ],
            ["assignment_id", "balance", "period_id"],
            order="date, id",
        )
        lines = entries.grouped(lambda e: (e.assignment_id, e.period_id))
        for statement in self:
            found = lines.get(
                (statement.assignment_id, statement.period_id), entries.browse()
            )
            payable = found.filtered(lambda entry: entry.balance == "payable")
            statement.line_ids = payable
            statement.other_line_ids = found - payable

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    @api.readonly
    def action_open_corrections(self):
        self.ensure_one()
        return open_records(
            self.env,
            "sales_efficiency_incentive.sales_incentive_entry_action",
            [
                ("assignment_id", "=", self.assignment_id.id),
                ("origin", "=", self.month),
                ("month", ">", self.month),
            ],
            name=self.env._("Booked Later"),
        )

    # ------------------------------------------------------------------
    # Business methods
    # ------------------------------------------------------------------

    def _get_summary(self, of_month, of_year, balances, rules):
        """:return: the values of the summary, on the screen and on paper"""
        self.ensure_one()
        labels = self.fields_get(attributes=["string"])
        parts = [
            (labels[name]["string"], of_month[name], of_year[name])
            for name in (
                "earned",
                "taken_back",
                "held",
                "released",
                "carried",
                "adjusted",
                "draw",
                "repaid",
            )
            if of_month[name] or of_year[name]
        ]
        paid = of_month.pop("paid", 0), of_year.pop("paid", 0)
        return {
            "doc": self,
            "currency": self.currency_id,
            "parts": parts,
            "payable": (sum(of_month.values()), sum(of_year.values())),
            "paid": paid if any(paid) else None,
            "balances": [
                (labels[name]["string"], amount) for name, amount in balances.items()
            ],
            # sudo: the rules that one is paid by are no secret, also replaced ones.
            "rules": [(one.rule.sudo(), one.base, one.earned) for one in rules],
        }

    def _read_notes(self):
        """Hook: say what no entry says, e.g. why something pays nothing.

        :return: dict statement → list of sentences
        """
        return {}

    def _get_payee_language(self):
        """:return: code of the language of the person who gets the statement"""
        return self.assignment_id._get_payee_language()

    def _get_sections(self):
        """:return: list of kind in words and its entries, as printed"""
        kinds = dict(self.line_ids._fields["kind"]._description_selection(self.env))
        grouped = self.line_ids.grouped("kind")
        return [(kinds[kind], grouped[kind]) for kind in kinds if kind in grouped]

    def _send(self):
        """Tell people that their statement is there; in the queue of mails."""
        template = self.env.ref(
            "sales_efficiency_incentive.mail_template_statement",
            raise_if_not_found=False,
        )
        if template and self:
            template.send_mail_batch(
                self.ids, email_layout_xmlid="mail.mail_notification_light"
            )
