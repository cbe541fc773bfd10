import {Component, onWillStart, useRef, useState} from "@odoo/owl";
import {deserializeDateTime, toLocaleDateTimeString} from "@web/core/l10n/dates";
import {CockpitBars} from "./cockpit_bars";
import {CockpitChart} from "./cockpit_chart";
import {CockpitGauge} from "./cockpit_gauge";
import {Dropdown} from "@web/core/dropdown/dropdown";
import {DropdownItem} from "@web/core/dropdown/dropdown_item";
import {KeepLast} from "@web/core/utils/concurrency";
import {Layout} from "@web/search/layout";
import {_t} from "@web/core/l10n/translation";
import {formatInteger} from "@web/views/fields/formatters";
import {formatList} from "@web/core/l10n/utils";
import {formatPercent} from "../sales_figure/format_figure";
import {registry} from "@web/core/registry";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";
import {useService} from "@web/core/utils/hooks";
import {useSetupAction} from "@web/search/action_hook";

/** What is promised, what is done, what it will come to, and where it is missing. */
export class SalesCockpit extends Component {
    static template = "sales_efficiency_target.SalesCockpit";
    static components = {
        CockpitBars,
        CockpitChart,
        CockpitGauge,
        Dropdown,
        DropdownItem,
        Layout,
    };
    static props = {...standardActionServiceProps};

    setup() {
        this.action = useService("action");
        this.orm = useService("orm");
        this.keepLast = new KeepLast();
        this.display = {controlPanel: {}};
        // What the user has chosen: arguments of `get_data`
        this.choice = {...this.props.state?.choice};
        this.state = useState({
            data: null,
            error: "",
            isLoading: false,
            ranking: this.props.state?.ranking,
        });
        useSetupAction({
            rootRef: useRef("root"),
            getLocalState: () => ({
                choice: this.choice,
                ranking: this.state.ranking,
            }),
        });
        onWillStart(() => this.load());
    }

    get data() {
        return this.state.data;
    }

    get ranking() {
        const {rankings} = this.data;
        return rankings.find(({id}) => id === this.state.ranking) || rankings[0];
    }

    get freshness() {
        const {as_of: asOf} = this.data.freshness;
        return (
            asOf &&
            toLocaleDateTimeString(deserializeDateTime(asOf), {showSeconds: false})
        );
    }

    get waiting() {
        const {pending_count: count, is_measuring: isMeasuring} = this.data.freshness;
        if (!count) {
            return isMeasuring ? _t("Being measured") : "";
        }
        return count === 1
            ? _t("1 change waiting")
            : _t("%s changes waiting", formatInteger(count));
    }

    async load() {
        this.state.isLoading = true;
        this.state.error = "";
        try {
            this.state.data = await this.keepLast.add(
                this.orm.call("sales.target.cockpit", "get_data", [], this.choice)
            );
        } catch (error) {
            this.state.error = error.data?.message || error.message;
        }
        this.state.isLoading = false;
    }

    choose(choice) {
        Object.assign(this.choice, choice);
        return this.load();
    }

    choosePeriod(period) {
        return this.choose({period, date_from: null});
    }

    chooseRanking(id) {
        this.state.ranking = id;
    }

    async refresh() {
        if (this.data?.freshness?.can_refresh) {
            const action = await this.orm.call("sales.mart.source", "action_refresh", [
                [],
            ]);
            // Its notification; this page reloads by itself
            await this.action.doAction({
                ...action,
                params: {...action.params, next: undefined},
            });
        }
        await this.load();
    }

    get movedMonths() {
        return formatList(this.data.moved.months);
    }

    formatPercent(value) {
        return value === null ? "–" : formatPercent(value);
    }

    // Drill-down: every number opens what it is made of

    openFigures(resultIds) {
        return this.openAction("get_figures_action", resultIds);
    }

    openPipeline(resultIds) {
        return this.openAction("get_pipeline_action", resultIds);
    }

    async openAction(method, resultIds) {
        const action = await this.orm.call("sales.target.cockpit", method, [resultIds]);
        return this.action.doAction(action);
    }

    openResults(resultIds) {
        return this.openResultsOf([["id", "in", resultIds]]);
    }

    openResultsOf(domain) {
        return this.action.doAction(
            "sales_efficiency_target.sales_target_result_action",
            {additionalContext: {search_default_to_date: 0}, props: {domain}}
        );
    }

    openTargets(targetIds) {
        const [id] = targetIds;
        return this.action.doAction({
            type: "ir.actions.act_window",
            name: _t("Targets"),
            res_model: "sales.target",
            domain: [["id", "in", targetIds]],
            ...(targetIds.length === 1
                ? {res_id: id, views: [[false, "form"]]}
                : {
                      views: [
                          [false, "list"],
                          [false, "form"],
                      ],
                  }),
        });
    }

    async explain(resultId) {
        const action = await this.orm.call(
            "sales.target.result",
            "action_open_gap_analysis",
            [[resultId]]
        );
        return this.action.doAction(action);
    }

    openWarning(id) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: "sales.alert",
            res_id: id,
            views: [[false, "form"]],
        });
    }

    openWarnings() {
        return this.action.doAction("sales_efficiency_base.sales_alert_action");
    }

    openPlans() {
        return this.action.doAction("sales_efficiency_target.sales_target_plan_action");
    }
}

registry.category("actions").add("sales_efficiency_target.cockpit", SalesCockpit);
