# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Reasons of entries: codes whose words the model fills from the entry's own fields.

A reason names no amount of its own, so that its words, in any language, can never
contradict the entry.
"""

#: base × rate, a slice of the table, or a share of the target incentive
SALE = "sale"
#: a document of a locked month is new, larger, smaller or gone
CHANGED = "changed"
#: the rate reached has changed for what was sold before
RATE = "rate"
#: what a locked month earns by what is known now: version, targets, actuals
RESTATED = "restated"
#: bonus of the target incentive by attainment
BONUS = "bonus"
#: share of a pool
POOL = "pool"
#: cap or minimum of ``limit``
LIMIT = "limit"
#: what a cap has withheld goes on to later months, or comes from earlier ones
CAPPED = "capped"
#: waits until the customer pays, or until the holdback ends
WAITS = "waits"
#: the customer has paid, or the holdback has ended
RELEASED = "released"
#: waits again: no longer paid, or overdue
UNPAID = "unpaid"
#: waited longer than is granted after the end of the assignment
LAPSED = "lapsed"
#: waits until the plan letter is accepted; is taken back while it waits; is released
UNACCEPTED = "unaccepted"
TAKEN = "taken"
ACCEPTED = "accepted"
#: fills up to the draw; repaid from what exceeds it
DRAW = "draw"
REPAID = "repaid"
#: a negative rest goes on to the next month; comes from the month before
CARRIED = "carried"
#: decided by hand
ADJUSTED = "adjusted"
PAID = "paid"
#: a payout was undone
REVERSED = "reversed"
