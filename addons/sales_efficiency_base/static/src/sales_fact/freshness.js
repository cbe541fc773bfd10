import {deserializeDateTime, toLocaleDateTimeString} from "@web/core/l10n/dates";
import {_t} from "@web/core/l10n/translation";
import {browser} from "@web/core/browser/browser";
import {formatInteger} from "@web/views/fields/formatters";

const PAUSE = 1000;

/**
 * Format the time of the last refresh, without seconds.
 *
 * @param {string} asOf datetime as sent by the server, in UTC
 * @returns {string}
 */
export function formatAsOf(asOf) {
    return toLocaleDateTimeString(deserializeDateTime(asOf), {showSeconds: false});
}

/**
 * Describe the number of changed documents not yet included in the figures.
 *
 * @param {number} count
 * @returns {string}
 */
export function describeWaiting(count) {
    return count === 1
        ? _t("1 change waiting")
        : _t("%s changes waiting", formatInteger(count));
}

/**
 * Describe how much of a refresh is done.
 *
 * @param {number} share
 * @returns {string}
 */
export function describeProgress(share) {
    return _t("Refreshing: %s %", Math.floor(100 * share));
}

/**
 * Bring all waiting changes into the figures, a batch in each request.
 *
 * @param {object} orm
 * @param {Function} onProgress called with the share that is done
 * @returns {Promise<number>} the number of changes left to the background
 */
export async function refreshFigures(orm, onProgress) {
    let done = 0;
    for (;;) {
        const {
            taken,
            remaining,
            is_busy: isBusy,
        } = await orm.silent.call("sales.mart.source", "refresh_batch", []);
        done += taken;
        if (!remaining || !(taken || isBusy)) {
            return remaining;
        }
        onProgress(done / (done + remaining));
        if (isBusy) {
            await new Promise((resolve) => browser.setTimeout(resolve, PAUSE));
        }
    }
}

/**
 * Tell how a refresh has ended.
 *
 * @param {object} notification service
 * @param {number} remaining what `refreshFigures` has returned
 */
export function tellRefreshed(notification, remaining) {
    notification.add(
        remaining
            ? _t("Changes left: %s. They are processed in the background.", remaining)
            : _t("The figures are up to date."),
        {type: "success"}
    );
}
