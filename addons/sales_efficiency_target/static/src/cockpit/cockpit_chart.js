import {Component, useEffect, useRef, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {cockpitPanelProps, cockpitPanels} from "@sales_efficiency_base/cockpit/panel";
import {formatFigure} from "@sales_efficiency_base/sales_figure/format_figure";
import {getColor} from "@web/core/colors/colors";
import {loadBundle} from "@web/core/assets";
import {useOpeners} from "./cockpit_openers";

/** The months of the year: actual against the target and last year. */
export class CockpitChart extends Component {
    static template = "sales_efficiency_target.CockpitChart";
    static props = cockpitPanelProps;

    setup() {
        this.openers = useOpeners();
        this.canvas = useRef("canvas");
        // Load the library without delaying the figures beside the chart.
        this.state = useState({isReady: false});
        loadBundle("web.chartjs_lib").then(() => {
            this.state.isReady = true;
        });
        useEffect(
            (_chart, isReady) => {
                if (!isReady) {
                    return undefined;
                }
                const chart = new Chart(this.canvas.el, this.config);
                return () => chart.destroy();
            },
            () => [this.props.data, this.state.isReady]
        );
    }

    /** Colour from the current (light or dark) style sheet */
    getShade(name) {
        return getComputedStyle(this.canvas.el)
            .getPropertyValue(`--o-sales-cockpit-${name}`)
            .trim();
    }

    get datasets() {
        const chart = this.props.data;
        const actual = getColor(1, null, "md");
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
                borderColor: this.getShade("ink"),
                borderWidth: 2,
                order: 3,
            },
            {
                label: _t("Last year"),
                data: chart.last_year,
                borderColor: this.getShade("muted"),
                borderDash: [6, 4],
                borderWidth: 2,
                order: 4,
            },
        ].filter((dataset) => dataset.data.length);
    }

    get config() {
        const label = this.getShade("ink");
        const grid = this.getShade("grid");
        return {
            type: "line",
            data: {
                labels: this.props.data.labels,
                datasets: this.datasets.map((dataset) => ({
                    backgroundColor: dataset.borderColor,
                    pointRadius: 0,
                    pointHitRadius: 12,
                    pointHoverRadius: 5,
                    // Lines do not overshoot their points.
                    cubicInterpolationMode: "monotone",
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
                            generateLabels: (chart) => this.getLegend(chart),
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

    /** Legend items with the line width and dashes of the chart */
    getLegend(chart) {
        const {generateLabels} = Chart.defaults.plugins.legend.labels;
        return generateLabels(chart).map((item) => {
            const {borderDash, borderWidth} = chart.data.datasets[item.datasetIndex];
            return {...item, lineDash: borderDash, lineWidth: borderWidth};
        });
    }

    /** Text alternative of the chart for screen readers */
    get summary() {
        const {labels, actual, target} = this.props.data;
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
            unit: this.props.choice.metric.unit,
            currencyId: this.props.choice.plan.currency_id,
            whole: true,
            humanReadable,
        });
    }

    open(month) {
        if (month < this.props.data.actual.length) {
            this.openers.openFigures(this.props.data.result_ids[month]);
        }
    }
}

cockpitPanels.add("chart", {component: CockpitChart, place: "detail"}, {sequence: 10});
