# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tools import format_amount, format_list, formatLang


class AllocationVerdict:
    """Says how good a scenario is, or what would have to give to make one possible.

    :param allocation: the scenario, with what was found and its score; texts are in the
        language of its environment
    """

    def __init__(self, allocation):
        self.env = allocation.env
        self._allocation = allocation
        self._found = allocation.found

    def sentences(self):
        """:return: list of texts, the headline first"""
        if self._found["status"] == "infeasible":
            return [*self._get_infeasible(), self._get_work()]
        found = (
            self._get_headline(),
            self._get_first(),
            self._get_proof(),
            self._get_work(),
            self._get_load(),
            self._get_overload(),
            self._get_override(),
        )
        return [sentence for sentence in found if sentence]

    @staticmethod
    def refusals(env):
        """:return: dict of the reasons for which the method refuses, in words"""
        return {
            "no_people": env._("Choose sales teams or people who take part."),
            "no_capacity": env._(
                "Nobody has hours for customers in these months. Check the working"
                " calendar, absences and the share of working time."
            ),
            "no_customers": env._("The people chosen have no customers."),
            "too_many_pairs": env._(
                "%(customers)s customers × %(people)s people are too many at once; at"
                " most %(limit)s pairs are possible. Choose fewer teams."
            ),
        }

    @classmethod
    def explain(cls, env, code, values):
        """:return: why the method refused, in words"""
        text = cls.refusals(env).get(code)
        if text is None:
            return env._("The scenario cannot be calculated (%s).", code)
        return text % {
            key: formatLang(env, value, digits=0) for key, value in values.items()
        }

    # ------------------------------------------------------------------
    # A result
    # ------------------------------------------------------------------

    def _get_headline(self):
        allocation = self._allocation
        if self._found["status"] == "unsolved":
            return self.env._("No assignment was found in the time allowed.")
        values = {
            "moves": self._number(allocation.move_count),
            "gain": self._money(abs(allocation.value_gain)),
        }
        if not allocation.move_count:
            if self._found["status"] == "optimal" and not allocation.override_count:
                return self.env._("Nobody has to move: no assignment is worth more.")
            return self.env._("Nobody would move.")
        if allocation.value_gain >= 0:
            return self.env._(
                "Customers to move: %(moves)s. Value gained: %(gain)s.", **values
            )
        return self.env._(
            "Customers to move: %(moves)s. Value lost, so that all limits hold:"
            " %(gain)s.",
            **values,
        )

    def _get_first(self):
        count = self.env["sales.allocation.line"].search_count(
            [
                ("allocation_id", "=", self._allocation.id),
                ("is_move", "=", True),
                ("user_id", "=", False),
            ]
        )
        if not count:
            return ""
        return self.env._(
            "Of these, %s had nobody before, and do not count against the limit of"
            " moves.",
            self._number(count),
        )

    def _get_proof(self):
        found = self._found
        if found["status"] == "optimal" and self._allocation.override_count:
            return self.env._(
                "Without your own choices it would be the best possible: no assignment"
                " within the limits is worth more."
            )
        if found["status"] == "optimal":
            return self.env._(
                "This is the best possible: no assignment within the limits is worth"
                " more."
            )
        if found["status"] == "stopped":
            return self.env._(
                "The time was up before this was proved to be the best: none is worth"
                " more than %(bound)s, %(gap)s %% above what was found.",
                bound=self._money(found["bound"]),
                gap=self._number(100 * found["gap"], 2),
            )
        return ""

    def _get_work(self):
        allocation = self._allocation
        return self.env._(
            "The work of %(customers)s customers takes %(hours)s hours; there are"
            " %(capacity)s.",
            customers=self._number(allocation.customer_count),
            hours=self._number(allocation.workload),
            capacity=self._number(allocation.capacity),
        )

    def _get_load(self):
        allocation = self._allocation
        return self.env._(
            "The highest load goes from %(highest_now)s %% to %(highest_new)s %% of"
            " capacity, and the gap between the highest and the lowest from"
            " %(spread_now)s to %(spread_new)s points.",
            highest_now=self._number(allocation.highest_now),
            highest_new=self._number(allocation.highest_new),
            spread_now=self._number(allocation.spread_now),
            spread_new=self._number(allocation.spread_new),
        )

    def _get_overload(self):
        people = self._allocation.person_ids.filtered("is_overloaded")
        if not people:
            return ""
        return self.env._(
            "More work than hours: %s.",
            format_list(self.env, people.user_id.mapped("name")),
        )

    def _get_override(self):
        count = self._allocation.override_count
        if not count:
            return ""
        return self.env._(
            "Customers for whom you have chosen somebody yourself: %s. This may break a"
            " limit.",
            self._number(count),
        )

    # ------------------------------------------------------------------
    # No result
    # ------------------------------------------------------------------

    def _get_infeasible(self):
        yield self.env._("No assignment keeps all limits.")
        gives = self._found["gives"]
        if not gives:
            yield self.env._(
                "Not even without them, in the time allowed. Choose more people."
            )
            return
        if self._found["together"]:
            yield self.env._(
                "No single limit is to blame. Together, these would have to give, at"
                " least:"
            )
        elif len(gives) > 1:
            yield self.env._("One of these would have to give, at least:")
        for give in gives:
            yield getattr(self, f"_explain_{give['limit']}")(give)
        if not all(give["is_proved"] for give in gives):
            yield self.env._("The time was up: less may do.")

    def _explain_capacity(self, give):
        people = self.env["res.users"].browse(user_id for user_id, _h in give["where"])
        # sudo: the names of those who take part.
        names = {user.id: user.name for user in people.sudo()}
        return self.env._(
            "Capacity: %(hours)s more hours (%(people)s).",
            hours=self._number(give["least"], 1),
            people=format_list(
                self.env,
                [
                    f"{names[user_id]} +{self._number(hours, 1)}"
                    for user_id, hours in give["where"]
                ],
            ),
        )

    def _explain_moves(self, give):
        return self.env._(
            "Moves: %(least)s instead of %(most)s.",
            least=self._number(give["least"]),
            most=self._number(self._allocation.most_moves),
        )

    def _explain_balance(self, give):
        return self.env._(
            "Balance: off the fair share by up to %(least)s %%, instead of"
            " %(most)s %%.",
            least=self._number(give["least"]),
            most=self._number(self._allocation.balance_percent),
        )

    def _explain_allowed(self, give):
        return self.env._(
            "Given to somebody who may not have them, by region, product line or a"
            " pair ruled out: %s.",
            self._number(give["least"]),
        )

    def _explain_locked(self, give):
        return self.env._("Locked pairs given up: %s.", self._number(give["least"]))

    # ------------------------------------------------------------------
    # Figures
    # ------------------------------------------------------------------

    def _number(self, value, digits=0):
        return formatLang(self.env, value, digits=digits)

    def _money(self, value):
        return format_amount(self.env, value, self._allocation.currency_id)
