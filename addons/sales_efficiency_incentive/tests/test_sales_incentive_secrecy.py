# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import re
from datetime import date
from unittest.mock import patch

from lxml import html

from odoo import Command
from odoo.exceptions import AccessError
from odoo.fields import Domain
from odoo.tests import Form, freeze_time, new_test_user, tagged

from .payout_common import IncentivePayoutCommon

# Terms that those whom they pay have agreed on, and their leaders know
TERMS = {
    "sales.incentive.plan",
    "sales.incentive.version",
    "sales.incentive.rule",
    "sales.incentive.tier",
    "sales.incentive.return.step",
}
# What leaders know of their people anyway: no pay
KNOWN = {"sales.incentive.attainment", "sales.incentive.participant"}
# Neither pay nor of one person: months, whose sums are those of what one may read, and
# rewards of one's team
SHARED = {"sales.incentive.period", "sales.incentive.reward"}


class IncentiveSecrecyCommon(IncentivePayoutCommon):
    """A commission that pays four people, and a pool that two of them share."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.paid = cls.salesperson + cls.colleague + cls.outsider + cls.leader
        cls._create_target(
            parent_id=cls.root.id, team_id=cls.team_field.id, amount=12_000
        )
        cls._start()
        first = cls._start_plan(
            terms={
                "cap_month": 98_765,
                "return_step_ids": [Command.create({"days": 90})],
            },
            rate_by="interval",
            condition_attainment=0,
            tier_ids=cls._tiers((0, 10)),
        )
        cls.commission = first.plan_id
        cls.assignments = first + first.create(
            [
                {
                    "plan_id": cls.commission.id,
                    "user_id": user.id,
                    "date_from": date(2026, 1, 1),
                }
                for user in cls.paid - cls.salesperson
            ]
        )
        cls.assignments.write({"draw_amount": 53_197, "target_incentive": 81_243})
        cls.spirit = cls.env["sales.incentive.plan"].create(
            {"name": "Team Spirit", "company_id": cls.company.id}
        )
        cls._put_into_effect(
            cls.spirit,
            date(2026, 1, 1),
            name="Pool",
            kind="pool",
            metric_id=False,
            target_metric_id=cls.ordered.id,
            team_id=cls.team_field.id,
            pool_split="hand",
            tier_ids=cls._tiers((0, 42_424)),
        )
        cls.pool_team = first.create(
            [
                {
                    "plan_id": cls.spirit.id,
                    "user_id": user.id,
                    "date_from": date(2026, 1, 1),
                }
                for user in cls.salesperson + cls.colleague
            ]
        )
        # 10 % of it is told to nobody but to who has sold it.
        for price, user in zip(
            (471_190, 391_730, 193_110, 271_350), cls.paid, strict=False
        ):
            for month in (1, 2, 3):
                cls._sell(
                    1,
                    f"2026-0{month}-05",
                    user=user,
                    price=price,
                    team_id=cls.team_field.id
                    if user in cls.salesperson + cls.colleague
                    else cls.team_other.id,
                )
        cls.env["sales.mart"]._refresh()
        cls.env["sales.target.result"]._refresh_running()

    @classmethod
    def _get_users(cls):
        groups = {
            "employee": "base.group_user",
            "hr_officer": "hr.group_hr_user",
            "portal": "base.group_portal",
        }
        return {
            name: new_test_user(
                cls.env,
                login=f"secrecy_{name}",
                groups=group,
                company_id=cls.company.id,
            )
            for name, group in groups.items()
        }

    @classmethod
    def _divide(cls, month):
        """Share the pool of a month by hand."""
        form = Form(cls.env["sales.incentive.pool.division"].with_user(cls.officer))
        form.rule_id = cls.spirit.version_ids.rule_ids
        form.month = date(2026, month, 1)
        for number, share in enumerate((70, 30)):
            with form.share_ids.edit(number) as line:
                line.share = share
        return form.save()

    @classmethod
    def _dispute(cls, user, month):
        """Have a person dispute their line of a month."""
        entry = cls.entries.search(
            [
                ("user_id", "=", user.id),
                ("month", "=", date(2026, month, 1)),
                ("kind", "=", "earning"),
                ("source", "!=", False),
            ],
            limit=1,
        ).with_user(user)
        action = entry.action_dispute()
        requests = cls.env[action["res_model"]].with_user(user)
        form = Form(requests.with_context(**action["context"]))
        form.description = "It was more."
        return cls.env["sales.incentive.dispute"].browse(
            form.save().action_open()["res_id"]
        )

    @classmethod
    def _adjust(cls, user, amount, period):
        adjustment = (
            cls.env["sales.incentive.adjustment"]
            .with_user(cls.officer)
            .create(
                {
                    "assignment_id": cls.assignments.filtered(
                        lambda one: one.user_id == user
                    ).id,
                    "period_id": period.id,
                    "amount": amount,
                    "reason": "Agreed",
                }
            )
        )
        adjustment.action_submit()
        cls.env.invalidate_all()
        return adjustment

    @classmethod
    def _plan_dinner(cls):
        return (
            cls.env["sales.incentive.reward"]
            .with_user(cls.officer)
            .create(
                {
                    "name": "Dinner",
                    "kind": "dinner",
                    "team_id": cls.team_other.id,
                    "date": date(2026, 4, 10),
                    "budget": 71_359,
                    "participant_ids": [
                        Command.set((cls.salesperson + cls.outsider).ids)
                    ],
                }
            )
        )

    @classmethod
    def _simulate(cls):
        simulation = (
            cls.env["sales.incentive.simulation"]
            .with_user(cls.officer)
            .create(
                {
                    "name": "Higher rates",
                    "version_ids": cls.commission.version_ids.ids,
                    "month_from": date(2026, 1, 1),
                    "month_to": date(2026, 3, 1),
                }
            )
        )
        simulation.action_simulate()
        return simulation


@tagged("post_install", "-at_install")
@freeze_time("2026-04-15 12:00:00")
class TestSalesIncentiveSecrecy(IncentiveSecrecyCommon):
    """Whatever way somebody takes, they read the pay of others nowhere: January is
    paid, February is published, disputed and adjusted."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._divide(1)
        cls._pay_out(1)
        cls._compute()
        february = cls._period(2)
        february.with_user(cls.officer).action_publish()
        for user in cls.salesperson + cls.outsider:
            cls._dispute(user, 2)
            cls._adjust(user, 61_827, february).with_user(cls.director)._validate_tier()
        dinner = cls._plan_dinner()
        dinner.action_submit()
        cls.env.invalidate_all()
        dinner.with_user(cls.director)._validate_tier()
        cls._simulate()
        cls._compute()
        cls.users = cls._get_users()
        cls.env.invalidate_all()

    # ------------------------------------------------------------------
    # What is there, and what somebody may know of it
    # ------------------------------------------------------------------

    def _get_models(self):
        """:return: the models of the add-on that keep something"""
        return [
            self.env[name]
            for name, model in sorted(self.registry.items())
            if model._original_module == "sales_efficiency_incentive"
            and not model._abstract
            and not model._transient
        ]

    def _get_person(self, record):
        """:return: whom a record is about; None: nobody alone"""
        if record._name in TERMS | SHARED:
            return None  # ``user_id`` is whose sales count, or who organises it.
        if "user_id" in record._fields:
            return record.user_id
        if record._fields.get("assignment_id", record._fields["id"]).relational:
            return record.assignment_id.user_id
        return None

    def _get_viewers(self):
        """:return: list of user, the people whose pay they may read, and the people of
        whom they may know what is no pay"""
        nobody = self.env["res.users"]
        team = self.salesperson + self.colleague + self.leader
        return [
            *((user, nobody, nobody) for user in self.users.values()),
            *((user, user, user) for user in self.paid - self.leader),
            (self.leader, self.leader, team),
        ]

    def _may_read(self, record, user, paid, known):
        """Return whether a person may read a record of those there are."""
        record = record.sudo()
        person = self._get_person(record)
        if person is not None:
            people = known if record._name in KNOWN else paid
            return bool(person) and person <= people
        if record._name in TERMS:
            plans = record.env["sales.incentive.assignment"].search(
                [("user_id", "in", known.ids)]
            )
            version = {
                "sales.incentive.plan": lambda: record.version_ids,
                "sales.incentive.version": lambda: record,
                "sales.incentive.tier": lambda: record.rule_id.version_id,
            }.get(record._name, lambda: record.version_id)()
            return bool(version & plans.plan_id.version_ids)
        return record._name in SHARED and user in self.paid

    def _check(self):
        """Take every way to every record that a person may not read."""
        seen = set()
        for user, paid, known in self._get_viewers():
            for records in self._get_models():
                all_ = records.search([])
                hidden = all_.filtered(
                    lambda record: not self._may_read(record, user, paid, known)  # noqa: B023
                )
                with self.subTest(user=user.login, model=records._name):
                    self._check_unread(hidden, user)
                    self._check_sums(all_ - hidden, user)
                seen.add((records._name, bool(hidden)))
        return seen

    def _check_unread(self, hidden, user):
        records = hidden.with_user(user)
        if not hidden:
            return
        if not records.has_access("read") and not records.browse().has_access("read"):
            with self.assertRaises(AccessError):
                records.search([])
            with self.assertRaises(AccessError):
                records.formatted_read_group([], [], ["__count"])
        else:
            self.assertFalse(records.search([]) & records)
            self.assertFalse(records.search_count([("id", "in", hidden.ids)]))
            self.assertFalse(
                records.web_search_read([("id", "in", hidden.ids)], {})["records"]
            )
        for record in records:
            record.invalidate_recordset()
            with self.assertRaises(AccessError):
                record.read(["display_name"])
            with self.assertRaises(AccessError):
                record.web_read({"display_name": {}})
            with self.assertRaises(AccessError):
                record._export_rows(
                    [[name] for name in ("display_name", *self._get_amounts(record))]
                )

    def _check_sums(self, open_, user):
        """Groups add up no more than what may be read."""
        records = open_.with_user(user)
        if not records.browse().has_access("read"):
            return
        names = [
            name
            for name in self._get_amounts(records)
            if records._fields[name].aggregator
        ]
        groups = records.formatted_read_group(
            [], [], ["__count", *(f"{name}:sum" for name in names)]
        )
        found = records.search([])
        self.assertLessEqual(groups[0]["__count"], len(open_))
        for name in names:
            self.assertAlmostEqual(
                groups[0][f"{name}:sum"] or 0, sum(found.sudo().mapped(name)), 2
            )

    @staticmethod
    def _get_amounts(records):
        return [
            name
            for name, field in records._fields.items()
            if field.type == "monetary"
            and (field.store or not records._auto and not field.compute)
        ]

    # ------------------------------------------------------------------
    # Records
    # ------------------------------------------------------------------

    def test_there_is_something_to_hide_of_every_model(self):
        empty = {
            records._name for records in self._get_models() if not records.search([])
        }
        # Figures that have not been computed yet, and people without a target
        self.assertLessEqual(
            empty, {"sales.incentive.change", "sales.incentive.exception"}
        )

    def test_nobody_finds_reads_groups_or_exports_the_pay_of_others(self):
        seen = self._check()
        models = {records._name for records in self._get_models()}
        self.assertGreater(len({name for name, hidden in seen if hidden}), 25)
        self.assertEqual({name for name, _hidden in seen}, models)

    def test_leaders_read_the_pay_of_their_people_where_the_company_shows_it(self):
        self.company.sales_incentive_show_pay = True
        team = self.salesperson + self.colleague + self.leader
        statements = self.env["sales.incentive.statement"].with_user(self.leader)
        self.assertEqual(statements.search([]).user_id, team)
        with patch.object(
            type(self), "_get_viewers", lambda self: [(self.leader, team, team)]
        ):
            self._check()

    def test_nobody_guesses_the_pay_of_others_by_asking_for_it(self):
        assignment = self.assignments.filtered(lambda a: a.user_id == self.colleague)
        assignment.target_incentive = 77_777
        plans = self.env["sales.incentive.plan"].with_user(self.salesperson)
        self.assertIn(self.commission, plans.search([]))
        by_terms = [("assignment_ids.target_incentive", "=", 77_777)]
        self.assertFalse(plans.search(by_terms))
        by_name = [("assignment_ids.user_id", "=", self.colleague.id)]
        self.assertFalse(plans.search(by_name))

    def test_the_sums_of_a_month_are_those_of_the_reader(self):
        month = self._period(2)
        whole = sum(
            self.entries.search(
                [("period_id", "=", month.id), ("balance", "=", "payable")]
            ).mapped("amount")
        )
        for user in self.paid:
            own = self.entries.search(
                [
                    ("period_id", "=", month.id),
                    ("balance", "=", "payable"),
                    ("user_id", "=", user.id),
                ]
            )
            self.env.invalidate_all()
            [values] = month.with_user(user).read(["payable"])
            with self.subTest(user.login):
                self.assertAlmostEqual(values["payable"], sum(own.mapped("amount")), 2)
                self.assertLess(values["payable"], whole)

    # ------------------------------------------------------------------
    # What hangs on records
    # ------------------------------------------------------------------

    def test_attachments_of_what_others_are_paid_are_not_read(self):
        self._check_hidden_too(
            self.env["ir.attachment"].create(
                [
                    {
                        "name": "Calculation",
                        "raw": b"47,119",
                        "res_model": record._name,
                        "res_id": record.id,
                    }
                    for records in self._get_models()
                    for record in records.search([], limit=20)
                ]
            ),
            "res_model",
            "raw",
        )

    def test_messages_about_what_others_are_paid_are_not_read(self):
        self._check_hidden_too(
            self.env["mail.message"].union(
                *(
                    record.message_post(body="47,119", subtype_xmlid="mail.mt_note")
                    for records in self._get_models()
                    if "message_ids" in records._fields
                    for record in records.search([], limit=20)
                )
            ),
            "model",
            "body",
        )

    def _check_hidden_too(self, attached, model_field, secret):
        """What hangs on records that somebody may not read is not read either."""
        for user, paid, known in self._get_viewers():
            hidden = attached.filtered(
                lambda one: not self._may_read(
                    self.env[one[model_field]].browse(one.res_id),
                    user,  # noqa: B023
                    paid,  # noqa: B023
                    known,  # noqa: B023
                )
            )
            for model, of_model in hidden.grouped(model_field).items():
                mine = of_model.with_user(user)
                by_id = Domain("id", "in", of_model.ids)
                by_model = Domain(model_field, "=", model)
                by_record = by_model & Domain("res_id", "in", of_model.mapped("res_id"))
                with self.subTest(user=user.login, model=model):
                    for domain in (by_id, by_model, by_model & by_id, by_record):
                        self.assertFalse(self._ask(mine, domain) & mine)
                    mine.invalidate_recordset()
                    self.assertFalse(mine._filtered_access("read"))
                    with self.assertRaises(AccessError):
                        mine[:1].read([secret])

    def _ask(self, records, domain):
        """:return: what is found, nothing if the question itself is refused"""
        try:
            return records.search(domain)
        except AccessError:
            return records.browse()

    def test_comments_of_approvals_are_not_read(self):
        reviews = self.env["tier.review"].search(
            [("model", "=like", "sales.incentive.%")]
        )
        self.assertGreater(len(set(reviews.mapped("model"))), 3)
        reviews.comment = "47,119 is too much"
        for user, _paid, _known in self._get_viewers():
            mine = reviews.with_user(user)
            with self.subTest(user.login):
                if mine.has_access("read"):
                    self.assertFalse(mine.search([("id", "in", reviews.ids)]))
                reviews.invalidate_recordset()
                for review in mine:
                    with self.assertRaises(AccessError):
                        review.read(["comment"])


@tagged("post_install", "-at_install")
@freeze_time("2026-04-15 12:00:00")
class TestSalesIncentiveSecretWords(IncentiveSecrecyCommon):
    """No amount gets into mails, to-dos, messages, the bus or names of files, whatever
    happens in a month."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # As for users, who do not leave out the mails
        cls.env = cls.env(context={"mail_notify_force_send": False})
        cls.sent = []
        bus = type(cls.env["bus.bus"])
        send = bus._sendone

        def note(self, target, notification_type, message):
            cls.sent.append(message)
            return send(self, target, notification_type, message)

        cls.startClassPatcher(patch.object(bus, "_sendone", note))
        cls.last = {
            name: cls.env[name].search([], order="id desc", limit=1).id or 0
            for name in ("mail.message", "mail.mail", "mail.activity", "ir.attachment")
        }

    def _live_through_a_month(self):
        """Let everything happen of which people are told."""
        self._divide(1)
        self.assignments[0].with_user(self.officer).target_incentive = 91_273
        letters = self.env["sales.incentive.acceptance"].search(
            [("state", "=", "open"), ("user_id", "in", self.paid.ids)]
        )
        letters[:1].with_user(letters[:1].user_id).action_accept()
        self._compute()
        january = self._period(1)
        january.with_user(self.officer).action_publish()
        dispute = self._dispute(self.salesperson, 1).with_user(self.officer)
        dispute.write({"remedy": "adjustment", "answer": "You are right."})
        dispute.action_uphold()
        refused = self._dispute(self.outsider, 1).with_user(self.officer)
        refused.answer = "It was not."
        refused.action_refuse()
        self._adjust(self.salesperson, 61_827, january).with_user(
            self.director
        )._validate_tier()
        self._adjust(self.colleague, 61_827, january).with_user(
            self.director
        )._rejected_tier()
        late = self._dispute(self.colleague, 1)
        late.date_deadline = date(2026, 4, 1)
        self.env["sales.incentive.dispute"]._cron_escalate()
        late.with_user(self.director).overrule_reason = "Later"
        late.with_user(self.director).action_overrule()
        self.env.invalidate_all()
        january.with_user(self.director).action_approve()
        january.with_user(self.finance).action_lock()
        payout = self._create_payout(1)
        payout.action_pay()
        payout.action_reverse()
        dinner = self._plan_dinner()
        dinner.action_submit()
        self.env.invalidate_all()
        dinner.with_user(self.director)._validate_tier()
        dinner.cost = 71_359
        self._simulate()
        version = self.commission.version_ids.copy({"date_from": date(2026, 5, 1)})
        version.with_user(self.officer).action_submit()
        version.with_user(self.director)._rejected_tier()
        self.env.flush_all()

    def test_no_amount_is_told(self):
        self._live_through_a_month()
        told = self._get_texts()
        self.assertGreater(len(told), 50)
        self.assertTrue(self.sent, "the bus was asked")
        secrets = self._get_secrets()
        self.assertGreater(len(secrets), 15)
        found = re.compile(rf"(?<![0-9a-zA-Z])({'|'.join(secrets)})(?![0-9a-zA-Z])")
        self.assertFalse(
            [
                (where, text)
                for where, text in told
                if found.search(re.sub(r"(?<=\d)[,.\s\xa0](?=\d{3})", "", text))
            ]
        )

    def _get_secrets(self):
        """:return: whole units of all amounts of the ledger and the terms"""
        amounts = {
            amount
            for model, names in (
                ("sales.incentive.entry", ["amount", "cumulated_after"]),
                ("sales.incentive.statement", ["earned", "payable"]),
                ("sales.incentive.assignment", ["target_incentive", "draw_amount"]),
                ("sales.incentive.adjustment", ["amount"]),
                ("sales.incentive.payout", ["amount"]),
                ("sales.incentive.reward", ["budget"]),
                ("sales.incentive.pool", ["amount", "pool_amount"]),
                ("sales.incentive.version", ["cap_month"]),
            )
            for record in self.env[model].search([])
            for amount in record.read(names)[0].values()
            if isinstance(amount, float)
        }
        return {str(int(abs(amount))) for amount in amounts if abs(amount) >= 10_000}

    def _get_texts(self):
        """:return: list of where and what was told since the plans are in effect"""
        texts = []
        of_us = ("model", "=like", "sales.incentive.%")
        for name, fields, domain in (
            ("mail.message", ["subject", "body", "record_name"], [of_us]),
            ("mail.mail", ["subject", "body_html"], [of_us]),
            (
                "mail.activity",
                ["summary", "note", "res_name"],
                [("res_model", "=like", "sales.incentive.%")],
            ),
            ("ir.attachment", ["name"], []),
        ):
            records = self.env[name].with_context(active_test=False)
            found = records.search([("id", ">", self.last[name]), *domain])
            texts += [
                (name, html.fromstring(str(text)).text_content())
                for values in found.read(fields)
                for field, text in values.items()
                if field != "id" and text and str(text).strip()
            ]
        messages = self.env["mail.message"].search(
            [("id", ">", self.last["mail.message"]), of_us]
        )
        for value in messages.tracking_value_ids:
            texts += [
                ("tracking", str(value[name]))
                for name in (
                    "old_value_char",
                    "new_value_char",
                    "old_value_float",
                    "new_value_float",
                )
                if value[name]
            ]
        for records in (
            self.env["sales.incentive.statement"],
            self.env["sales.incentive.acceptance"],
            self.env["sales.incentive.payout"],
        ):
            texts += [("file", one.display_name) for one in records.search([])]
        return texts + [("bus", text) for text in self._find_texts(self.sent)]

    def _find_texts(self, message):
        if isinstance(message, dict):
            message = list(message.values())
        if isinstance(message, list | tuple):
            return [text for part in message for text in self._find_texts(part)]
        return [message] if isinstance(message, str) else []
