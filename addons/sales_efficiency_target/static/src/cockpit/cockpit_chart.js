import {Component, onWillStart, useEffect, useRef} from "@odoo/owl";
import {getColor, getCustomColor} from "@web/core/colors/colors";
import {_t} from "@web/core/l10n/translation";
import {cookie} from "@web/core/browser/cookie";
import {formatFigure} from "../sales_figure/format_figure";
import {loadBundle} from "@web/core/assets";

/** The months of the year: actual against the target and last year. */
export class CockpitChart extends Component {
    static template = "sales_efficiency_target.CockpitChart";
    static props = {
        chart: Object,
        metric: Object,
        currencyId: Number,
        openFigures: Function,
    };

    setup() {
        this.canvas = useRef("canvas");
        onWillStart(() => loadBundle("web.chartjs_lib"));
        useEffect(
            () => {
                const chart = new Chart(this.canvas.el, this.config);
                return () => chart.destroy();
            },
            () => [this.props.chart]
        );
    }

    get datasets() {
        const {chart} = this.props;
        const scheme = cookie.get("color_scheme");
        const muted = getCustomColor(scheme, "#9a9ca5", "#8b8d98");
        const actual = getColor(1, scheme, "md");
        return [
            {
                label: _t("Actual"),
                data: chart.actual,
                borderColor: actual,
                backgroundColor: actual + "22",
                borderWidth: 3,
                fill: chart.is_cumulative ? "origin" : false,
                order: 1,
            },
            {
                label: _t("Projected"),
                data: chart.projected,
                borderColor: actual,
                borderDash: [2, 4],
                borderWidth: 2,
                order: 2,
            },
            {
                label: _t("Target"),
                data: chart.target,
                borderColor: getCustomColor(scheme, "#374151", "#e4e4e4"),
                borderWidth: 2,
                order: 3,
            },
            {
                label: _t("Last year"),
                data: chart.last_year,
                borderColor: muted,
                borderDash: [6, 4],
                borderWidth: 2,
                order: 4,
            },
        ].filter((dataset) => dataset.data.length);
    }

    get config() {
        const scheme = cookie.get("color_scheme");
        const label = getCustomColor(scheme, "#4b5563", "#c9cbd3");
        const grid = getCustomColor(scheme, "#e5e7eb", "#3c3e4b");
        return {
            type: "line",
            data: {
                labels: this.props.chart.labels,
                datasets: this.datasets.map((dataset) => ({
                    backgroundColor: dataset.borderColor,
                    pointRadius: 0,
                    pointHitRadius: 12,
                    pointHoverRadius: 5,
                    tension: 0.15,
                    ...dataset,
                })),
            },
            options: {
                animation: false,
                maintainAspectRatio: false,
                interaction: {mode: "index", intersect: false},
                onClick: (ev, [element]) => element && this.open(element.index),
                onHover: (ev, elements) => {
                    ev.native.target.style.cursor = elements.length ? "pointer" : "";
                },
                plugins: {
                    legend: {
                        position: "bottom",
                        labels: {
                            color: label,
                            usePointStyle: true,
                            pointStyle: "line",
                            pointStyleWidth: 28,
                        },
                    },
                    tooltip: {
                        callbacks: {
                            label: ({dataset, raw}) =>
                                `${dataset.label}: ${this.format(raw)}`,
                        },
                    },
                },
                scales: {
                    x: {grid: {display: false}, ticks: {color: label}},
                    y: {
                        beginAtZero: true,
                        border: {display: false},
                        grid: {color: grid},
                        ticks: {
                            color: label,
                            maxTicksLimit: 8,
                            callback: (value) => this.format(value, true),
                        },
                    },
                },
            },
        };
    }

    /** What somebody hears who does not see the chart */
    get summary() {
        const {labels, actual, target} = this.props.chart;
        return labels
            .slice(0, actual.length)
            .map((month, number) =>
                _t("%(month)s: %(actual)s of %(target)s", {
                    month,
                    actual: this.format(actual[number] || 0),
                    target: this.format(target[number]),
                })
            )
            .join("; ");
    }

    format(value, humanReadable) {
        return formatFigure(value, {
            unit: this.props.metric.unit,
            currencyId: this.props.currencyId,
            whole: true,
            humanReadable,
        });
    }

    open(month) {
        if (month < this.props.chart.actual.length) {
            this.props.openFigures(this.props.chart.result_ids[month]);
        }
    }
}
