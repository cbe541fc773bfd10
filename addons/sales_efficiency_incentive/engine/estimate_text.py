# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tools import format_list, formatLang

from ..tools import write_number


class EstimateText:
    """Says what a sale would bring, rule by rule and in words.

    :param own: :class:`.OwnMonth`, in the language of the reader
    """

    def __init__(self, own):
        self.env = own.env
        self._own = own
        self._currency = own.company.currency_id

    def describe(self, estimates):
        """Describe estimates for the client.

        :param dict estimates: assignment id → :class:`.Estimate`
        """
        earned = sum(estimate.earned for estimate in estimates.values())
        return {
            "earned": self._write(earned),
            "rules": [
                row
                for id_, one in estimates.items()
                for row in self._describe(id_, one)
            ],
            "notes": [
                *self._note_balances(estimates.values()),
                *self._note_left_out(),
            ],
        }

    def _write(self, amount):
        return formatLang(self.env, float(amount), currency_obj=self._currency)

    def _describe(self, id_, estimate):
        lines = self._get_lines(estimate)
        rows = []
        for rule_of, rule, terms in self._own.get_rules():
            earned = estimate.by_root[terms.root_id]
            found = lines.get(terms.root_id, ())
            if rule_of == id_ and (found or earned):
                rows.append(
                    {
                        "name": rule.name,
                        "summary": rule.summary,
                        "earned": self._write(earned),
                        "explanation": self._explain(rule, found, earned),
                    }
                )
        if rest := estimate.by_root[None]:
            rows.append(
                {
                    "name": self.env._("Limits and draw of the plan"),
                    "summary": "",
                    "earned": self._write(rest),
                    "explanation": "",
                }
            )
        return rows

    @staticmethod
    def _get_lines(estimate):
        """:return: dict root → entries of the lines that do not exist"""
        lines = {}
        for entry in estimate.statement.entries:
            if (
                entry.key
                and entry.kind == "earning"
                and entry.document in estimate.made
            ):
                lines.setdefault(entry.root_id, []).append(entry)
        return lines

    def _explain(self, rule, lines, earned):
        if not lines:
            return self.env._("By a higher attainment of the target")
        base = sum(entry.base for entry in lines)
        first, last = lines[0].cumulated_before, lines[-1].cumulated_after
        texts = [self.env._("%s counts.", self._write_base(rule, base))]
        if first:
            texts = [
                self.env._(
                    "%(base)s counts: from %(before)s to %(after)s.",
                    base=self._write_base(rule, base),
                    before=self._write_base(rule, first),
                    after=self._write_base(rule, last),
                )
            ]
        if earned != sum(entry.amount for entry in lines):
            texts.append(
                self.env._("It also changes what earlier sales earn, or meets a limit.")
            )
        return " ".join(texts)

    def _write_base(self, rule, base):
        if rule.metric_id.unit == "currency":
            return self._write(base)
        return write_number(self.env, float(base))

    def _note_balances(self, estimates):
        """:return: texts about what is not payable at once"""
        texts = {
            "waiting": self.env._("%s of it waits until a holdback ends."),
            "capped": self.env._("%s of it is above a cap and carried on."),
            "owed": self.env._("%s repays what is owed."),
        }
        added = {
            balance: sum(estimate.added[balance] for estimate in estimates)
            for balance in texts
        }
        return [
            text.replace("%s", self._write(added[balance]))
            for balance, text in texts.items()
            if added[balance] > 0
        ]

    def _note_left_out(self):
        """:return: texts about what else the sale may bring"""
        texts = []
        rules = dict.fromkeys(rule for _id, rule, _terms in self._own.get_rules())
        if pools := [rule.name for rule in rules if rule.kind == "pool"]:
            texts.append(
                self.env._(
                    "Without your share of %s: it depends on what the whole team"
                    " sells.",
                    format_list(self.env, pools),
                )
            )
        if deals := [rule.name for rule in rules if self._counts_deals(rule)]:
            texts.append(
                self.env._(
                    "Without %s: it counts opportunities, not quotations.",
                    format_list(self.env, deals),
                )
            )
        return texts

    def _counts_deals(self, rule):
        events = set(rule.metric_id.event_ids.mapped("event"))
        return bool(events) and events.issubset(
            self.env["sales.fact.source.opportunity"]._get_events()
        )
