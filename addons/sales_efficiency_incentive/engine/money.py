# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from decimal import ROUND_HALF_UP, Context, Decimal

#: All computations: enough digits for the largest sums times the longest rates
CONTEXT = Context(prec=50, rounding=ROUND_HALF_UP)
#: Above the error of a quotient of 50 digits, below any difference that counts
LIFT = Decimal("1E-20")


class Money:
    """Rounds amounts to a currency, half away from zero.

    >>> cents, yen, francs = (Money(Decimal(step)) for step in ("0.01", "1", "0.05"))
    >>> cents.round(Decimal("2.675")), cents.round(Decimal("-2.675"))
    (Decimal('2.68'), Decimal('-2.68'))
    >>> yen.round(Decimal("0.5")), francs.round(Decimal("1.025"))
    (Decimal('1'), Decimal('1.05'))

    A quotient that should end exactly in half a cent counts as half a cent:

    >>> cents.round(Decimal(1) / 3 * Decimal("0.015"))
    Decimal('0.01')
    """

    __slots__ = ("_decimal", "step")

    def __init__(self, step):
        self.step = step.normalize()
        self._decimal = self.step.as_tuple().digits == (1,)

    def round(self, amount):
        amount = amount + LIFT if amount >= 0 else amount - LIFT
        if self._decimal:
            return amount.quantize(self.step, ROUND_HALF_UP)
        return (amount / self.step).quantize(Decimal(1), ROUND_HALF_UP) * self.step

    def shares(self, total, weights):
        """Split a total by weights into parts that add up to it (largest remainder).

        Equal remainders: the step goes to the earlier part. If all weights are 0, they
        count as equal.

        >>> cents = Money(Decimal("0.01"))
        >>> [str(part) for part in cents.shares(Decimal(100), [1, 1, 1])]
        ['33.34', '33.33', '33.33']
        >>> [str(part) for part in cents.shares(Decimal(10), [0, 0, 0, 0])]
        ['2.50', '2.50', '2.50', '2.50']
        """
        if not any(weights):
            weights = [1] * len(weights)
        whole = sum(weights)
        steps = int(self.round(abs(total)) / self.step)
        quotas = [divmod(steps * Decimal(weight), whole) for weight in weights]
        parts = [int(part) for part, _rest in quotas]
        by_rest = sorted(range(len(parts)), key=lambda number: -quotas[number][1])
        for number in by_rest[: steps - sum(parts)]:
            parts[number] += 1
        sign = -1 if total < 0 else 1
        return [sign * part * self.step for part in parts]
