import {formatCurrency, getCurrency} from "@web/core/currency";
import {formatFloat} from "@web/views/fields/formatters";
import {roundDecimals} from "@web/core/utils/numbers";
import {session} from "@web/session";

/**
 * Add a unit other than a currency to a number, in the format given by the server.
 *
 * @param {string} number
 * @param {string} unit
 * @returns {string}
 */
function writeUnit(number, unit) {
    const text = session.sales_units?.[unit] ?? "%s";
    // Use a function: replace() would interpret a `$` in the number.
    return text.replace("%s", () => number).replace("%%", "%");
}

/**
 * Return the decimals that a number needs once it is shortened: 600k, but 1.2M.
 *
 * @param {number} value
 * @returns {number}
 */
function getShortDecimals(value) {
    const thousands = Math.floor(Math.log10(Math.max(Math.abs(value), 1)) / 3);
    return Number.isInteger(value / 1000 ** thousands) ? 0 : 1;
}

/**
 * Format a figure, always with the unit of its metric.
 *
 * @param {number} value
 * @param {object} options
 * @param {string} options.unit one of the units of `sales.metric`
 * @param {number} [options.currencyId]
 * @param {boolean} [options.whole] money without cents, others with one decimal
 * @param {boolean} [options.humanReadable] e.g. 1.2M, if space is limited
 * @param {boolean} [options.isDifference] show rates in points instead of percent
 * @returns {string}
 */
export function formatFigure(
    value,
    {unit, currencyId, whole, humanReadable, isDifference}
) {
    const isShort = humanReadable && Math.abs(value) >= 1000;
    const decimals = getShortDecimals(value);
    const number = isShort
        ? formatFloat(value, {humanReadable, decimals})
        : formatFloat(value, {
              digits: [16, whole && !humanReadable ? 1 : 2],
              trailingZeros: false,
          });
    if (unit === "currency") {
        return formatCurrency(value, currencyId, {
            digits: humanReadable ? [16, decimals] : whole ? [16, 0] : undefined,
            trailingZeros: !Number.isInteger(value),
            humanReadable,
        });
    }
    return writeUnit(number, isDifference && unit === "percent" ? "points" : unit);
}

/**
 * Return the unit, to be shown apart from the figure.
 *
 * @param {string} unit see formatFigure
 * @param {number} [currencyId]
 * @returns {{before: string|undefined, after: string|undefined}}
 */
export function getUnit(unit, currencyId) {
    if (unit === "currency") {
        const currency = getCurrency(currencyId);
        return currency ? {[currency.position]: currency.symbol} : {};
    }
    return {after: writeUnit("", unit).trim() || undefined};
}

/**
 * Format a percentage with one decimal.
 *
 * @param {number} value
 * @returns {string}
 */
export function formatPercent(value) {
    return `${formatFloat(value, {digits: [16, 1]})} %`;
}

/**
 * Format growth: in percentage points for rates, in percent for other units.
 *
 * @param {number} value
 * @param {string} unit of the figure, see formatFigure
 * @returns {string}
 */
export function formatGrowth(value, unit) {
    const isRate = ["percent", "points"].includes(unit);
    // Avoid +0.0 and -0.0.
    const rounded = roundDecimals(value, 1) || 0;
    const growth = isRate
        ? writeUnit(formatFloat(rounded, {digits: [16, 1]}), "points")
        : formatPercent(rounded);
    return rounded > 0 ? `+${growth}` : growth;
}
