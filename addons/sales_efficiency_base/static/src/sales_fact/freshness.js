import {deserializeDateTime, toLocaleDateTimeString} from "@web/core/l10n/dates";
import {_t} from "@web/core/l10n/translation";
import {formatInteger} from "@web/views/fields/formatters";

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
