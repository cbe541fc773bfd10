import {formatCurrency, getCurrency} from "@web/core/currency";
import {formatFloat} from "@web/views/fields/formatters";
import {roundDecimals} from "@web/core/utils/numbers";
import {session} from "@web/session";

/**
 * Write a number in a unit other than money, as the server says.
 *
 * @param {string} number
 * @param {string} unit
 * @returns {string}
 */
function writeUnit(number, unit) {
    const text = session.sales_units?.[unit] ?? "%s";
    // A function, for numbers may hold what replace() takes for a pattern
    return text.replace("%s", () => number).replace("%%", "%");
}

/**
 * Format a figure in the unit of its metric, which is always written.
 *
 * @param {number} value
 * @param {object} options
 * @param {string} options.unit one of the units of `sales.metric`
 * @param {number} [options.currencyId]
 * @param {boolean} [options.whole] money without cents, others with one decimal
 * @param {boolean} [options.humanReadable] e.g. 1.2M, where there is little space
 * @param {boolean} [options.isDifference] rates differ by points, not by percent
 * @returns {string}
 */
export function formatFigure(
    value,
    {unit, currencyId, whole, humanReadable, isDifference}
) {
    const number = humanReadable
        ? formatFloat(value, {humanReadable, decimals: 1})
        : formatFloat(value, {digits: [16, whole ? 1 : 2], trailingZeros: false});
    if (unit === "currency") {
        return formatCurrency(value, currencyId, {
            digits: humanReadable ? [16, 1] : whole ? [16, 0] : undefined,
            trailingZeros: !Number.isInteger(value),
            humanReadable,
        });
    }
    return writeUnit(number, isDifference && unit === "percent" ? "points" : unit);
}

/**
 * Return the unit of figures, where it stands apart from them.
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
 * Format a ratio: one decimal, and the sign of percent.
 *
 * @param {number} value
 * @returns {string}
 */
export function formatPercent(value) {
    return `${formatFloat(value, {digits: [16, 1]})} %`;
}

/**
 * Format by how much a figure has grown: rates grow by points, others by percent.
 *
 * @param {number} value
 * @param {string} unit that of the figure, see formatFigure
 * @returns {string}
 */
export function formatGrowth(value, unit) {
    const isRate = ["percent", "points"].includes(unit);
    // Neither +0.0 nor -0.0
    const rounded = roundDecimals(value, 1) || 0;
    const growth = isRate
        ? writeUnit(formatFloat(rounded, {digits: [16, 1]}), "points")
        : formatPercent(rounded);
    return rounded > 0 ? `+${growth}` : growth;
}
