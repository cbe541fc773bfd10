import {_t} from "@web/core/l10n/translation";
import {formatCurrency, getCurrency} from "@web/core/currency";
import {formatFloat} from "@web/views/fields/formatters";
import {roundDecimals} from "@web/core/utils/numbers";

/**
 * Format a figure in the unit of its metric, which is always written.
 *
 * @param {number} value
 * @param {object} options
 * @param {string} options.unit currency, quantity, percent, points, count or days
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
    switch (unit) {
        case "currency":
            return formatCurrency(value, currencyId, {
                digits: humanReadable ? [16, 1] : whole ? [16, 0] : undefined,
                trailingZeros: !Number.isInteger(value),
                humanReadable,
            });
        case "percent":
            return isDifference ? _t("%s points", number) : `${number} %`;
        case "points":
            return _t("%s points", number);
        case "days":
            return _t("%s days", number);
        default:
            return number;
    }
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
    return {after: {percent: "%", points: _t("points"), days: _t("days")}[unit]};
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
        ? _t("%s points", formatFloat(rounded, {digits: [16, 1]}))
        : formatPercent(rounded);
    return rounded > 0 ? `+${growth}` : growth;
}
