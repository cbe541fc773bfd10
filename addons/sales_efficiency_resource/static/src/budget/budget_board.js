import {Component, onWillStart, useState} from "@odoo/owl";
import {BudgetBar} from "./budget_bar";
import {_t} from "@web/core/l10n/translation";
import {KeepLast} from "@web/core/utils/concurrency";
import {Layout} from "@web/search/layout";
import {
    formatFigure,
    formatPercent,
} from "@sales_efficiency_base/sales_figure/format_figure";
import {formatFloat} from "@web/views/fields/formatters";
import {registry} from "@web/core/registry";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";
import {useService} from "@web/core/utils/hooks";
import {useSetupAction} from "@web/search/action_hook";

/** Kinds of expenses × months: how much of each budget is used, committed and left. */
export class BudgetBoard extends Component {
    static template = "sales_efficiency_resource.BudgetBoard";
    static components = {BudgetBar, Layout};
    static props = {...standardActionServiceProps};

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.keepLast = new KeepLast();
        this.display = {controlPanel: {}};
        const {plan_id: planId, scope} = this.props.action.params || {};
        this.choice = {
            plan_id: planId || null,
            scope: scope || null,
            ...this.props.globalState?.choice,
        };
        this.state = useState({data: null});
        useSetupAction({getGlobalState: () => ({choice: this.choice})});
        onWillStart(() => this.load());
    }

    get data() {
        return this.state.data;
    }

    async load() {
        this.state.data = await this.keepLast.add(
            this.orm.call("sales.target.plan", "get_budget_board", [], this.choice)
        );
    }

    choosePlan(ev) {
        Object.assign(this.choice, {plan_id: Number(ev.target.value), scope: null});
        return this.load();
    }

    chooseScope(ev) {
        Object.assign(this.choice, {
            plan_id: this.data.plan_id,
            scope: ev.target.value,
        });
        return this.load();
    }

    format(value) {
        return formatFigure(value, {
            unit: "currency",
            currencyId: this.data.currency_id,
            whole: true,
        });
    }

    formatPercent(value) {
        return formatPercent(value);
    }

    formatRatio(value) {
        const ratio = formatFloat(value, {digits: [16, 4], trailingZeros: false});
        return _t("%s % of target", ratio);
    }

    open(row) {
        return this.action.doAction("sales_efficiency_resource.sales_budget_action", {
            viewType: "form",
            props: {resId: row.id},
        });
    }

    download(kind) {
        const scope = encodeURIComponent(this.data.scope);
        return this.action.doAction({
            type: "ir.actions.act_url",
            url: `/sales_efficiency_resource/budget/${this.data.plan_id}/${kind}?scope=${scope}`,
            target: "download",
        });
    }
}

registry.category("actions").add("sales_efficiency_resource.budget_board", BudgetBoard);
