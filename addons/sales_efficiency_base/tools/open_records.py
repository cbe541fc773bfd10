# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).


def open_records(env, xml_id, domain=(), **values):
    """Return a window action that shows only some records.

    :param str xml_id: external id of the action
    :param domain: the records to show
    :param values: other values of the action; its context is empty by default
    """
    action = env["ir.actions.act_window"]._for_xml_id(xml_id)
    if "name" in values:
        values["display_name"] = values["name"]  # The web client shows this one.
    if "views" in values:
        # Phones would open the one that the action itself opens there.
        values["mobile_view_mode"] = values["views"][0][1]
    return action | {"domain": list(domain), "context": {}, **values}
