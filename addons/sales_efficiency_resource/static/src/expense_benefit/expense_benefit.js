import {Component, onWillStart, useState} from "@odoo/owl";
import {
    formatFigure,
    formatGrowth,
} from "@sales_efficiency_base/sales_figure/format_figure";
import {ExpenseBenefitChart} from "./expense_benefit_chart";
import {KeepLast} from "@web/core/utils/concurrency";
import {Layout} from "@web/search/layout";
import {download} from "@web/core/network/download";
import {registry} from "@web/core/registry";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";
import {useService} from "@web/core/utils/hooks";
import {useSetupAction} from "@web/search/action_hook";

const MODEL = "sales.expense.benefit";
// Columns that say by how much something changed
const CHANGES = ["growth", "moved"];

/** What was spent by kind, place or campaign, and what stands alongside. */
export class ExpenseBenefit extends Component {
    static template = "sales_efficiency_resource.ExpenseBenefit";
    static components = {ExpenseBenefitChart, Layout};
    static props = {...standardActionServiceProps};

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.keepLast = new KeepLast();
        this.display = {controlPanel: {}};
        // Selection of the user: arguments of `get_board`
        this.choice = {...this.props.globalState?.choice};
        this.state = useState({data: null, error: "", isLoading: false});
        const globalState = {choice: this.choice};
        useSetupAction({getGlobalState: () => globalState});
        this.props.updateActionState?.({globalState});
        onWillStart(() => this.load());
    }

    get data() {
        return this.state.data;
    }

    get isEmpty() {
        return !this.data.rows.some((row) => row.id);
    }

    /** The choices are those of the cockpit; there are no panels beside them. */
    getPanels() {
        return [];
    }

    async load() {
        this.state.isLoading = true;
        this.state.error = "";
        try {
            this.state.data = await this.keepLast.add(
                this.orm.call(MODEL, "get_board", [], this.choice)
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

    chooseKind(ev) {
        return this.choose({kind: Number(ev.target.value) || null});
    }

    format(row, column) {
        const value = row.values[column.key];
        if (value === null || value === undefined) {
            return "–";
        }
        if (CHANGES.includes(column.key)) {
            return formatGrowth(value, column.unit === "points" ? "points" : "count");
        }
        return formatFigure(value, {
            unit: column.unit,
            currencyId: this.data.currency_id,
            whole: column.unit === "currency",
        });
    }

    /** Why a figure is missing, or what it leaves out */
    getNote(row, column) {
        return row.notes[column.key] || "";
    }

    async openFigures(row) {
        const action = await this.orm.call(MODEL, "action_open_figures", [], {
            ...this.choice,
            record_id: row.id || null,
        });
        return this.action.doAction(action);
    }

    async propose() {
        const action = await this.orm.call(MODEL, "action_propose", []);
        return this.action.doAction(action);
    }

    openCampaigns() {
        return this.action.doAction("sales_efficiency_resource.sales_campaign_action");
    }

    download() {
        const asked = Object.entries(this.choice).filter(([, value]) => value);
        return download({
            url: "/sales_efficiency_resource/benefit/xlsx",
            data: Object.fromEntries(asked),
        });
    }
}

registry
    .category("actions")
    .add("sales_efficiency_resource.expense_benefit", ExpenseBenefit);
