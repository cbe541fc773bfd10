# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from odoo.fields import Domain

ACTIVITY = "sales_efficiency_analytics.mail_activity_type_data"
# Days to correct
DAYS = 7


def is_of(user, company):
    """:return: whether issues of a company count for a user, as they may see them"""
    return not company or company in user.company_ids


class DataToDos:
    """Gives each owner one to-do for each rule with open issues, and ends it with them.

    A to-do that its owner has ticked off comes back only when further issues are found.

    :param env: environment of the superuser
    """

    def __init__(self, env):
        self.env = env
        self._rules = env["sales.data.rule"]
        self._activities = env["mail.activity"].with_context(
            # Without an e-mail for each: owners get a digest.
            mail_activity_quick_update=True,
            active_test=False,
        )

    def update(self):
        """The number of queries does not depend on that of issues."""
        wanted = self._count()
        open_, done = {}, {}
        for activity in self._find():
            key = activity.res_id, activity.user_id.id
            if activity.active:
                open_.setdefault(key, self._activities.browse())
                open_[key] |= activity
            elif activity.date_done:
                done[key] = max(activity.date_done, done.get(key, activity.date_done))
        gone = [some for key, some in open_.items() if key not in wanted]
        self._activities.union(*gone).unlink()
        self._plan(
            {
                key: count
                for key, (count, last) in wanted.items()
                if key not in open_ and not (key in done and last <= done[key])
            }
        )
        for key, (count, _last) in wanted.items():
            if key in open_:
                self._rename(open_[key], count)

    def _count(self):
        """:return: dict (rule id, user id) -> (number of issues, day of the last)"""
        groups = self.env["sales.data.issue"]._read_group(
            [
                ("state", "=", "open"),
                ("rule_id.active", "=", True),
                ("owner_id.active", "=", True),
            ],
            ["rule_id", "owner_id", "company_id"],
            ["__count", "opened_at:max"],
        )
        wanted = {}
        for rule, user, company, count, last in groups:
            if is_of(user, company):
                before, day = wanted.get((rule.id, user.id), (0, last.date()))
                wanted[rule.id, user.id] = before + count, max(day, last.date())
        return wanted

    def _find(self):
        activity_type = self.env.ref(ACTIVITY, raise_if_not_found=False)
        return self._activities.search(
            Domain("res_model", "=", self._rules._name)
            & Domain("activity_type_id", "=", activity_type and activity_type.id)
        )

    def _plan(self, counts):
        users = self.env["res.users"].browse({user_id for _id, user_id in counts})
        by_id = {user.id: user for user in users}
        self._activities.create(
            [
                self._activities._prepare_sales_to_do(
                    self._rules.browse(rule_id),
                    by_id[user_id],
                    ACTIVITY,
                    summary=self._summarize(rule_id, by_id[user_id], count),
                    date_deadline=by_id[user_id]._get_sales_today()
                    + timedelta(days=DAYS),
                )
                for (rule_id, user_id), count in counts.items()
            ]
        )

    def _rename(self, activities, count):
        for activity in activities:
            summary = self._summarize(activity.res_id, activity.user_id, count)
            if activity.summary != summary:
                activity.summary = summary

    def _summarize(self, rule_id, user, count):
        """:return: the summary in the language of the owner"""
        rule = self._rules.with_context(lang=user.lang).browse(rule_id)
        return rule.env._("%(rule)s: %(count)s", rule=rule.name, count=count)
