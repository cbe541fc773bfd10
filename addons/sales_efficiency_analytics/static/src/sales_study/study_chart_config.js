import {getColor, getCustomColor, hexToRGBA} from "@web/core/colors/colors";
import {cookie} from "@web/core/browser/cookie";
import {formatFloat} from "@web/core/utils/numbers";

const MAX_LABEL = 18;
const LARGE = 10000;

/**
 * Turns a chart of a study into the configuration of Chart.js.
 *
 * What charts consist of is said in `engine/presentations` on the server.
 */
export class StudyChartConfig {
    constructor(chart) {
        this.chart = chart;
        this.scheme = cookie.get("color_scheme");
        this.gridColor = getCustomColor(this.scheme, "#d8dadd", "#3C3E4B");
        this.labelColor = getCustomColor(this.scheme, "#111827", "#E4E4E4");
    }

    get() {
        const {labels} = this.chart;
        const isBars = this.chart.series.some((series) => series.kind === "bar");
        return {
            type: labels ? (isBars ? "bar" : "line") : "scatter",
            data: {
                ...(labels ? {labels} : {}),
                datasets: this.chart.series.flatMap((series, number) =>
                    this.getDatasets(series, number)
                ),
            },
            options: this.getOptions(),
        };
    }

    get numericType() {
        return this.chart.is_log ? "logarithmic" : "linear";
    }

    getDatasets(series, number) {
        const color = getColor(number, this.scheme, this.chart.series.length);
        if (series.kind === "band") {
            return this.getBand(series, color);
        }
        const isPoints = series.kind === "points";
        return [
            {
                label: series.label,
                type: this.getType(series),
                data: series.points || series.values,
                yAxisID: series.axis || "y",
                borderColor: color,
                backgroundColor: isPoints ? hexToRGBA(color, 0.6) : color,
                borderWidth: series.kind === "bar" ? 0 : 2,
                borderDash: series.is_dashed ? [6, 4] : [],
                pointRadius: isPoints ? 4 : series.is_plain ? 0 : 2,
                showLine: !isPoints,
                barPercentage: series.is_dense ? 1 : 0.9,
                categoryPercentage: series.is_dense ? 0.96 : 0.8,
                // Lines lie over bars.
                order: series.kind === "bar" ? 1 : 0,
            },
        ];
    }

    getType(series) {
        if (series.kind === "bar") {
            return "bar";
        }
        return this.chart.labels ? "line" : "scatter";
    }

    /** The area between two lines: the upper one is filled down to the lower one. */
    getBand(series, color) {
        const common = {
            type: "line",
            yAxisID: "y",
            borderWidth: 0,
            pointRadius: 0,
            pointHitRadius: 0,
            backgroundColor: hexToRGBA(color, 0.2),
            order: 2,
        };
        return [
            {...common, label: series.label, data: series.high, fill: "+1"},
            {...common, label: "", data: series.low, fill: false},
        ];
    }

    getOptions() {
        const {chart} = this;
        return {
            maintainAspectRatio: false,
            animation: false,
            interaction: chart.labels
                ? {mode: "index", intersect: false}
                : {mode: "nearest", intersect: true},
            plugins: {
                legend: {
                    display: chart.series.length > 1,
                    position: "bottom",
                    labels: {
                        color: this.labelColor,
                        filter: (item) => Boolean(item.text),
                    },
                },
                tooltip: {
                    filter: (item) => Boolean(item.dataset.label),
                    callbacks: {
                        title: (items) => this.getTitle(items),
                        label: (item) => this.getTip(item),
                    },
                },
            },
            scales: {
                x: this.getX(),
                y: this.getY(chart.y, "left", chart.series),
                ...(chart.y2 ? {y2: this.getY2()} : {}),
            },
        };
    }

    getTitle(items) {
        if (!items.length) {
            return "";
        }
        return this.chart.labels ? items[0].label : items[0].raw.label || "";
    }

    getTip(item) {
        const axis = item.dataset.yAxisID === "y2" ? this.chart.y2 : this.chart.y;
        const value = format(item.parsed.y, axis);
        if (this.chart.labels) {
            return `${item.dataset.label}: ${value}`;
        }
        return `${format(item.parsed.x, this.chart.x)}, ${value}`;
    }

    getX() {
        const {chart} = this;
        const isNumeric = !chart.labels;
        return {
            ...(isNumeric ? {type: this.numericType} : {}),
            title: this.getAxisTitle(chart.x),
            grid: {display: isNumeric, color: this.gridColor},
            ticks: {
                color: this.labelColor,
                maxRotation: 60,
                callback(value) {
                    return isNumeric
                        ? formatTick(value, chart.x, chart.is_log)
                        : shorten(this.getLabelForValue(value));
                },
            },
        };
    }

    getY(axis, position, series) {
        return {
            type: this.numericType,
            position,
            title: this.getAxisTitle(axis),
            beginAtZero: series.some(({kind}) => kind === "bar"),
            grid: {color: this.gridColor},
            ticks: {
                color: this.labelColor,
                callback: (value) => formatTick(value, axis, this.chart.is_log),
            },
        };
    }

    getY2() {
        return {
            ...this.getY(this.chart.y2, "right", []),
            type: "linear",
            min: 0,
            max: 100,
            grid: {display: false},
        };
    }

    getAxisTitle(axis) {
        return {display: Boolean(axis.title), text: axis.title, color: this.labelColor};
    }
}

function format(value, axis) {
    if (value === null || value === undefined) {
        return "";
    }
    // Steps of an axis may be finer than the unit is usually shown.
    const digits = axis.digits ?? (Number.isInteger(value) ? 0 : 2);
    return `${axis.before}${formatFloat(value, {digits: [16, digits]})}${axis.after}`;
}

/** Ticks of large numbers are short: 12M instead of 12,000,000. */
function formatTick(value, axis, isLog) {
    // Scales by ratio have more lines than there is place for numbers.
    if (isLog && !["1", "2", "5"].includes(value.toExponential()[0])) {
        return "";
    }
    if (Math.abs(value) < LARGE) {
        return format(value, axis);
    }
    const number = formatFloat(value, {humanReadable: true, decimals: 1});
    return `${axis.before}${number}${axis.after}`;
}

function shorten(label) {
    return label.length > MAX_LABEL ? `${label.slice(0, MAX_LABEL - 1)}…` : label;
}
