import {ExpenseBenefit} from "@sales_efficiency_resource/expense_benefit/expense_benefit";
import {download} from "@web/core/network/download";
import {registry} from "@web/core/registry";

const MODEL = "sales.lead.report";

/** Which sources bring leads, what they cost and what they return. */
export class LeadReport extends ExpenseBenefit {
    static template = "sales_efficiency_process.LeadReport";

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

    async openFigures(row) {
        const action = await this.orm.call(MODEL, "action_open_figures", [], {
            ...this.choice,
            record_id: row.id || null,
        });
        return this.action.doAction(action);
    }

    openCosts() {
        return this.action.doAction("sales_efficiency_process.sales_lead_cost_action");
    }

    download() {
        const asked = Object.entries(this.choice).filter(([, value]) => value);
        return download({
            url: "/sales_efficiency_process/leads/xlsx",
            data: Object.fromEntries(asked),
        });
    }
}

registry.category("actions").add("sales_efficiency_process.lead_report", LeadReport);
