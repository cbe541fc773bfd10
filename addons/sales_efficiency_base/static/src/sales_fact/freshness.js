import {deserializeDateTime, toLocaleDateTimeString} from "@web/core/l10n/dates";
import {_t} from "@web/core/l10n/translation";
import {formatInteger} from "@web/views/fields/formatters";

/**
 * Write the time of figures without seconds.
 *
 * @param {string} asOf as the server says it, in UTC
 * @returns {string}
 */
export function formatAsOf(asOf) {
    return toLocaleDateTimeString(deserializeDateTime(asOf), {showSeconds: false});
}

/**
 * Say how many changes of documents the figures do not show yet.
 *
 * @param {number} count
 * @returns {string}
 */
export function describeWaiting(count) {
    return count === 1
        ? _t("1 change waiting")
        : _t("%s changes waiting", formatInteger(count));
}
