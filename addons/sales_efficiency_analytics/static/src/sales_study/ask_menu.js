import {Component} from "@odoo/owl";
import {DropdownItem} from "@web/core/dropdown/dropdown_item";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";

const ACTION = "sales_efficiency_analytics.sales_study_action_ask";

/** Asks a question about the figures that a screen shows. */
export class AskMenu extends Component {
    static template = "sales_efficiency_analytics.AskMenu";
    static components = {DropdownItem};
    static props = {};

    setup() {
        this.action = useService("action");
    }

    ask() {
        return this.action.doAction(ACTION, {
            additionalContext: {study_domain: this.env.searchModel.domain},
        });
    }
}

registry.category("cogMenu").add(
    "sales-study-ask",
    {
        Component: AskMenu,
        groupNumber: 10,
        isDisplayed: ({config, searchModel}) =>
            searchModel?.resModel === "sales.fact" && config.viewType !== "form",
    },
    {sequence: 5}
);
