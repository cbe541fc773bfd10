import {Component} from "@odoo/owl";
import {cockpitPanelProps, cockpitPanels} from "@sales_efficiency_base/cockpit/panel";
import {readAction} from "@sales_efficiency_base/server_action/server_action";
import {useService} from "@web/core/utils/hooks";

/** Explains why nothing is shown, and what to do. */
export class CockpitTargetHelp extends Component {
    static template = "sales_efficiency_target.CockpitTargetHelp";
    static props = cockpitPanelProps;

    setup() {
        this.action = useService("action");
        this.orm = useService("orm");
    }

    async makePlan() {
        const action = await this.orm.call("sales.target.plan", "action_make_plan", []);
        return this.action.doAction(readAction(action));
    }

    openPlans() {
        return this.action.doAction("sales_efficiency_target.sales_target_plan_action");
    }
}

cockpitPanels.add("help", {component: CockpitTargetHelp, place: "help"}, {force: true});
