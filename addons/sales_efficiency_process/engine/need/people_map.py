# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).


class PeopleMap:
    """Those who decide on a purchase, by their influence and by what they think of us.

    :param stakeholders: whom the user may read
    """

    def __init__(self, stakeholders):
        self._people = stakeholders

    def describe(self):
        """:return: columns and rows as the client draws them, False without people"""
        if not self._people:
            return False
        attitudes = self._select("attitude")
        roles = dict(self._select("role"))
        groups = self._people.grouped(lambda one: (one.influence, one.attitude))
        nobody = self._people.browse()
        return {
            "columns": [label for _value, label in attitudes],
            "rows": [
                {
                    "label": label,
                    "cells": [
                        self._read_people(groups.get((influence, value), nobody), roles)
                        for value, _label in attitudes
                    ],
                }
                for influence, label in reversed(self._select("influence"))
            ],
        }

    def _select(self, name):
        field = self._people._fields[name]
        return field._description_selection(self._people.env)

    @staticmethod
    def _read_people(people, roles):
        return [
            {
                "id": one.id,
                "name": one.contact_id.name or "",
                "role": roles[one.role],
            }
            for one in people
        ]
