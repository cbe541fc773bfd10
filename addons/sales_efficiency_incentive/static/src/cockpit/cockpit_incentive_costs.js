import {Component, useEffect, useRef, useState} from "@odoo/owl";
import {cockpitPanelProps, cockpitPanels} from "@sales_efficiency_base/cockpit/panel";
import {
    formatFigure,
    formatPercent,
} from "@sales_efficiency_base/sales_figure/format_figure";
import {_t} from "@web/core/l10n/translation";
import {getColor} from "@web/core/colors/colors";
import {loadBundle} from "@web/core/assets";
import {useService} from "@web/core/utils/hooks";

const ADDON = "sales_efficiency_incentive";

/** What incentives cost, pay against attainment, and months that wait. */
export class CockpitIncentiveCosts extends Component {
    static template = "sales_efficiency_incentive.CockpitIncentiveCosts";
    static props = cockpitPanelProps;

    setup() {
        this.action = useService("action");
        this.canvas = useRef("canvas");
        // Load the library without delaying the figures beside the chart.
        this.state = useState({isReady: false});
        loadBundle("web.chartjs_lib").then(() => {
            this.state.isReady = true;
        });
        useEffect(
            (_data, isReady) => {
                if (!isReady || !this.canvas.el) {
                    return undefined;
                }
                const chart = new Chart(this.canvas.el, this.config);
                return () => chart.destroy();
            },
            () => [this.props.data, this.state.isReady]
        );
    }

    get config() {
        const style = getComputedStyle(this.canvas.el);
        const label = style.getPropertyValue("--o-sales-cockpit-ink").trim();
        const grid = style.getPropertyValue("--o-sales-cockpit-grid").trim();
        return {
            type: "scatter",
            data: {
                datasets: [
                    {
                        data: this.props.data.points,
                        backgroundColor: getColor(1, null, "md"),
                        pointRadius: 6,
                        pointHoverRadius: 8,
                    },
                ],
            },
            options: {
                animation: false,
                maintainAspectRatio: false,
                onClick: () => this.openPay(),
                plugins: {
                    legend: {display: false},
                    tooltip: {callbacks: {label: ({raw}) => this.describe(raw)}},
                },
                scales: {
                    x: {
                        title: {display: true, text: _t("Attainment"), color: label},
                        grid: {display: false},
                        ticks: {color: label, callback: (value) => `${value} %`},
                    },
                    y: {
                        beginAtZero: true,
                        title: {display: true, text: _t("Earned"), color: label},
                        border: {display: false},
                        grid: {color: grid},
                        ticks: {
                            color: label,
                            maxTicksLimit: 6,
                            callback: (value) => this.format(value, true),
                        },
                    },
                },
            },
        };
    }

    /** Text alternative of the chart for screen readers */
    get summary() {
        return this.props.data.points.map((point) => this.describe(point)).join("; ");
    }

    describe({name, x, y}) {
        return _t("%(name)s: %(pay)s at %(attainment)s", {
            name,
            pay: this.format(y),
            attainment: formatPercent(x),
        });
    }

    format(value, humanReadable) {
        return formatFigure(value, {
            unit: "currency",
            currencyId: this.props.data.currency_id,
            whole: true,
            humanReadable,
        });
    }

    formatRate({rate, sales}) {
        return rate === null
            ? _t("nothing invoiced yet")
            : _t("%(rate)s of %(sales)s invoiced", {
                  rate: formatPercent(rate),
                  sales: this.format(sales),
              });
    }

    describeExtras({changed, exceptions}) {
        return [
            changed && _t("Changed after publishing: %s", changed),
            exceptions && _t("Exceptions: %s", exceptions),
        ]
            .filter(Boolean)
            .join(" · ");
    }

    openCosts(domain) {
        return this.action.doAction(`${ADDON}.sales_incentive_cost_action`, {
            additionalContext: {search_default_month: 0},
            props: {domain},
        });
    }

    openPay() {
        return this.action.doAction(`${ADDON}.sales_incentive_pay_action`);
    }

    openMonth(id) {
        return this.action.doAction(`${ADDON}.sales_incentive_period_action`, {
            viewType: "form",
            props: {resId: id},
        });
    }

    openMonths() {
        return this.action.doAction(`${ADDON}.sales_incentive_period_action`);
    }
}

cockpitPanels.add(
    "incentive_costs",
    {component: CockpitIncentiveCosts, place: "list"},
    {sequence: 40}
);
