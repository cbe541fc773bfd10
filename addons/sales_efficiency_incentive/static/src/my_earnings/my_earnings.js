import {Component, onWillStart, useState} from "@odoo/owl";
import {KeepLast} from "@web/core/utils/concurrency";
import {Layout} from "@web/search/layout";
import {WhatIf} from "./what_if";
import {registry} from "@web/core/registry";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";
import {useService} from "@web/core/utils/hooks";
import {useSetupAction} from "@web/search/action_hook";

/** A month of the user's earnings: what was earned, why, and what comes next. */
export class MyEarnings extends Component {
    static template = "sales_efficiency_incentive.MyEarnings";
    static components = {Layout, WhatIf};
    static props = {...standardActionServiceProps};

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.keepLast = new KeepLast();
        this.display = {controlPanel: {}};
        this.month = this.props.globalState?.month || null;
        this.state = useState({data: null, error: "", isLoading: false});
        useSetupAction({getGlobalState: () => ({month: this.month})});
        onWillStart(() => this.load());
    }

    get data() {
        return this.state.data;
    }

    async load() {
        this.state.isLoading = true;
        this.state.error = "";
        try {
            this.state.data = await this.keepLast.add(
                this.orm.call("sales.incentive.earnings", "get_data", [this.month])
            );
        } catch (error) {
            this.state.error = error.data?.message || error.message;
        }
        this.state.isLoading = false;
    }

    chooseMonth(month) {
        this.month = month;
        return this.load();
    }

    openDocument(line) {
        return this.action.doActionButton({
            type: "object",
            name: "action_open_document",
            resModel: "sales.incentive.entry",
            resId: line.id,
            resIds: [line.id],
        });
    }

    openEntries() {
        return this.action.doAction(
            "sales_efficiency_incentive.sales_incentive_entry_my_action"
        );
    }

    openStatements() {
        return this.action.doAction(
            "sales_efficiency_incentive.sales_incentive_statement_my_action"
        );
    }
}

registry.category("actions").add("sales_efficiency_incentive.my_earnings", MyEarnings);
