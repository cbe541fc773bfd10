# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.fields import Domain

# Models whose records not everybody may read who may read what they belong to. Rules
# search with the rights of the program.
PRIVATE = {
    "ir.attachment",
    "mail.activity",
    "mail.followers",
    "mail.message",
    "mail.notification",
    "mail.tracking.value",
}


def find_private_field(records, domain):
    """Return the field of a domain that looks into messages or files, or None."""
    for condition in domain.iter_conditions():
        found, model = _follow(records, condition.field_expr)
        if not found and "any" in condition.operator:
            found = find_private_field(model, Domain(condition.value))
        if found:
            return found
    return None


def _follow(model, path):
    """:return: the private field on a path, or None, and the model where it ends"""
    for name in path.split("."):
        field = model._fields[name]
        if field.related and (found := _follow(model, field.related)[0]):
            return found, model
        if not field.relational:
            return None, model
        if field.comodel_name in PRIVATE:
            return field, model
        model = model.env[field.comodel_name]
    return None, model
