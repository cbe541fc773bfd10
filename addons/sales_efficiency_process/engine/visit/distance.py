# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from geopy.distance import geodesic


def measure(start, end):
    """Return the distance of two places in metres, on the ellipsoid WGS 84.

    >>> round(measure((25.033964, 121.564468), (25.035764, 121.564468)), 2)
    199.39

    :param start: latitude and longitude, in degrees
    :param end: as start
    """
    return geodesic(start, end).meters


def is_outside(distance, accuracy, radius):
    """Return whether somebody is away for certain, however inexact the reading.

    >>> is_outside(199.39, 0, 200)
    False
    >>> is_outside(260, 65, 200)
    False
    >>> is_outside(260, 59, 200)
    True

    :param distance: metres from the place
    :param accuracy: metres by which the reading may be wrong
    :param radius: metres around the place that belong to it
    """
    return distance - accuracy > radius
