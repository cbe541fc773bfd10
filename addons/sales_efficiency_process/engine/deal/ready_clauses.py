# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tools import LazyTranslate

# Constants have no environment: their language is that of whoever asks.
# pylint: disable=prefer-env-translation
_lt = LazyTranslate(__name__)

READY_TYPE = _lt("Sales Contract")
# Clause, what to check, text to start from
READY_CLAUSES = (
    (
        _lt("Parties and authority"),
        _lt(
            "Full names, registration numbers and addresses of both sides. Whoever"
            " signs may sign for their side."
        ),
        _lt(
            "This contract is made between the parties named above. Each party confirms"
            " that whoever signs for it is authorised to do so."
        ),
    ),
    (
        _lt("Subject of the contract"),
        _lt("What is sold: products, quantities, quality, documents."),
        _lt(
            "The seller delivers, and the buyer takes, the goods and services of the"
            " orders that name this contract."
        ),
    ),
    (
        _lt("Price and payment"),
        _lt("Prices, currency, taxes, due dates, interest on late payment."),
        _lt(
            "Prices and due dates are those of the order. Taxes are added as the law"
            " requires. Late payments bear the statutory interest."
        ),
    ),
    (
        _lt("Delivery and acceptance"),
        _lt("Place, day, risk, inspection, and when goods count as accepted."),
        _lt(
            "The seller delivers to the place and by the day of the order. The buyer"
            " inspects the goods within seven days and reports defects in writing."
        ),
    ),
    (
        _lt("Warranty and service"),
        _lt("How long, what for, and how fast help comes."),
        _lt(
            "The seller repairs or replaces, free of charge, what is defective within"
            " twelve months from acceptance."
        ),
    ),
    (
        _lt("Liability"),
        _lt("Limits of liability and penalties; what cannot be limited by law."),
        _lt(
            "Each party is liable for damage that it causes by fault, up to the value"
            " of the contract, unless the law provides otherwise."
        ),
    ),
    (
        _lt("Term and termination"),
        _lt("First and last day, renewal, days of notice, reasons to end it at once."),
        _lt(
            "The contract runs from its first to its last day. Either party may end it"
            " for good cause in writing."
        ),
    ),
    (
        _lt("Confidentiality and data"),
        _lt("What stays secret, for how long, and whose personal data is used."),
        _lt(
            "The parties keep each other's business secrets, also after the end of the"
            " contract, and use personal data only to fulfil it."
        ),
    ),
    (
        _lt("Property rights"),
        _lt("Retention of title, drawings, software, trademarks."),
        _lt("The goods stay the seller's property until they are paid for."),
    ),
    (
        _lt("Force majeure"),
        _lt("What counts, who tells whom, and what follows if it lasts."),
        _lt(
            "Neither party is liable for what it could neither foresee nor prevent. It"
            " informs the other at once."
        ),
    ),
    (
        _lt("Law and place of jurisdiction"),
        _lt("Which law applies, which court or arbitration decides."),
        _lt(
            "The law of the seller's country applies. The courts at the seller's seat"
            " decide."
        ),
    ),
    (
        _lt("Changes and annexes"),
        _lt("In writing; which annexes belong to it, and what comes first."),
        _lt("Changes need the written form. Annexes are part of the contract."),
    ),
)
