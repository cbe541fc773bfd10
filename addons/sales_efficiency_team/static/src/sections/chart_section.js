import {Component, useEffect, useRef, useState} from "@odoo/owl";
import {sectionKinds, sectionProps, useSectionOpeners} from "./section";
import {_t} from "@web/core/l10n/translation";
import {formatFloat} from "@web/views/fields/formatters";
import {getColor} from "@web/core/colors/colors";
import {loadBundle} from "@web/core/assets";

/** A bar, line or scatter chart; a click opens the records behind it. */
export class ChartSection extends Component {
    static template = "sales_efficiency_team.ChartSection";
    static props = sectionProps;

    setup() {
        this.openers = useSectionOpeners();
        this.canvas = useRef("canvas");
        // Load the library without delaying the other sections.
        this.state = useState({isReady: false});
        loadBundle("web.chartjs_lib").then(() => {
            this.state.isReady = true;
        });
        useEffect(
            (_section, isReady) => {
                if (!isReady) {
                    return undefined;
                }
                const chart = new Chart(this.canvas.el, this.config);
                return () => chart.destroy();
            },
            () => [this.props.section, this.state.isReady]
        );
    }

    /** Colour from the current (light or dark) style sheet */
    getShade(name) {
        return getComputedStyle(this.canvas.el)
            .getPropertyValue(`--o-sales-cockpit-${name}`)
            .trim();
    }

    get datasets() {
        return this.props.section.datasets.map(({label, data, is_plan}, number) => {
            const color = is_plan
                ? this.getShade("ink")
                : // Neighbours in the palette look alike.
                  getColor(2 * number + 1, null, "md");
            return {
                label,
                data,
                borderColor: color,
                backgroundColor: color,
                borderWidth: this.isLine ? 3 : 0,
                borderDash: is_plan ? [6, 4] : [],
                pointRadius: this.isLine ? 2 : 6,
                pointHoverRadius: 8,
                maxBarThickness: 48,
            };
        });
    }

    get isLine() {
        return this.props.section.type === "line";
    }

    get isScatter() {
        return this.props.section.type === "scatter";
    }

    get config() {
        const {type, labels} = this.props.section;
        return {
            type,
            data: {labels, datasets: this.datasets},
            options: {
                animation: false,
                maintainAspectRatio: false,
                onClick: () => this.openers.openAll(this.props.section),
                plugins: {
                    legend: {
                        display: !this.isScatter,
                        position: "bottom",
                        labels: {
                            color: this.getShade("ink"),
                            boxWidth: 16,
                            ...(this.isLine && {
                                usePointStyle: true,
                                pointStyle: "line",
                                pointStyleWidth: 28,
                            }),
                        },
                    },
                    tooltip: {
                        callbacks: {label: (item) => this.describeItem(item)},
                    },
                },
                scales: {x: this.getAxis("x"), y: this.getAxis("y")},
            },
        };
    }

    getAxis(name) {
        const {stacked, [`${name}_title`]: title} = this.props.section;
        const color = this.getShade("ink");
        return {
            stacked: Boolean(stacked),
            beginAtZero: !this.isScatter,
            title: {display: Boolean(title), text: title, color},
            border: {display: false},
            grid: {display: name === "y", color: this.getShade("grid")},
            // People are whole.
            ticks: {color, ...(this.isScatter ? {} : {precision: 0})},
        };
    }

    describeItem({dataset, raw}) {
        return this.isScatter
            ? this.describePoint(raw)
            : `${dataset.label}: ${this.format(raw)}`;
    }

    describePoint({name, x, y}) {
        return _t("%(name)s: %(x)s, %(y)s", {
            name,
            x: this.format(x),
            y: this.format(y),
        });
    }

    format(value) {
        return value === null || value === false
            ? "–"
            : formatFloat(value, {digits: [16, 2], trailingZeros: false});
    }

    /** Text alternative of the chart for screen readers */
    get summary() {
        const {datasets, labels} = this.props.section;
        const texts = this.isScatter
            ? datasets.flatMap(({data}) =>
                  data.map((point) => this.describePoint(point))
              )
            : labels.map((label, number) => {
                  const values = datasets.map(
                      (dataset) =>
                          `${dataset.label} ${this.format(dataset.data[number])}`
                  );
                  return `${label}: ${values.join(", ")}`;
              });
        return texts.join("; ");
    }
}

sectionKinds.add("chart", ChartSection);
