# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What jobs do record by record, so that one that fails keeps no other waiting."""

import logging
from functools import partial

from odoo.exceptions import UserError
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY

_logger = logging.getLogger(__name__)


def each_alone(env, items, *steps, take=None, tries=1, later=None, commit=None):
    """Take the steps of a job with one item after the other, each step in a transaction
    of its own.

    What is done is kept at once, so a job that is killed goes on with the others the
    next time. An item that fails is logged and left as it was before the step. The job
    ends when its time is over; Odoo begins it again at once.

    :param env: environment of the job
    :param items: records, or whatever else the steps understand
    :param steps: functions of an item; one that returns False was the last one
    :param take: function of an item, called first in the transaction of each step: it
        locks what other workers may be at, and returns whether there is something to do
    :param tries: how often a step is begun if others write the same at the same time
    :param later: function of an item, called if even the last try met somebody; without
        it, the item is left to the next run
    :param commit: what keeps a step; default: the job
    :return: whether all items have had their turn
    """
    commit = commit or env["ir.cron"]._commit_progress
    commit(remaining=len(items))
    for item in items:
        for step in steps:
            begin = partial(_begin, item, step, take, commit)
            if not _goes_on(env, item, begin, tries, later):
                break
        if not commit(1):
            return False
    return True


def _begin(item, step, take, commit):
    """:return: whether the next step is to be taken"""
    if take and not take(item):
        return False
    goes_on = step(item) is not False
    commit()
    return goes_on


def _goes_on(env, item, begin, tries, later):
    """Begin a step until nobody else writes the same.

    :return: whether the next step is to be taken
    """
    for _try in range(tries):
        try:
            return begin()
        except PG_CONCURRENCY_EXCEPTIONS_TO_RETRY:
            env.cr.rollback()
            _logger.info("%.200s: another transaction was first", item)
        except UserError as error:
            env.cr.rollback()
            _logger.warning("%.200s is left as it is: %s", item, error)
            return False
        except Exception:
            env.cr.rollback()
            _logger.exception("%.200s is left as it is", item)
            return False
    if later:
        later(item)
    return False


def take_free(record):
    """Lock a record, and read it anew.

    :return: whether it still exists and no other transaction changes it
    """
    is_locked = record.try_lock_for_update(allow_referencing=True)
    record.invalidate_recordset()
    return bool(is_locked)


def attempt(env, work, told=()):
    """Do something as a whole, or undo it and say why it cannot be done.

    :param env: environment in whose language the reason is
    :param work: function without arguments
    :param told: exceptions whose texts are meant for users, besides those of Odoo; of
        all others the log says more
    :return: the reason; None if it was done
    :raise: if another transaction writes the same, as it is worth another try
    """
    try:
        with env.cr.savepoint():
            work()
    except PG_CONCURRENCY_EXCEPTIONS_TO_RETRY:
        raise
    except (UserError, *told) as error:
        return str(error)
    except Exception:
        _logger.exception("%.200s failed", work)
        return env._("The program failed; the log of the server says why.")
    return None
