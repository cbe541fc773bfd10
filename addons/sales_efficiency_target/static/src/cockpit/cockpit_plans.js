import {Component} from "@odoo/owl";
import {Dropdown} from "@web/core/dropdown/dropdown";
import {DropdownItem} from "@web/core/dropdown/dropdown_item";
import {cockpitPanelProps, cockpitPanels} from "@sales_efficiency_base/cockpit/panel";

/** Selects the plan. */
export class CockpitPlans extends Component {
    static template = "sales_efficiency_target.CockpitPlans";
    static components = {Dropdown, DropdownItem};
    static props = cockpitPanelProps;

    choosePlan(id) {
        return this.props.choose({plan_id: id, date_from: null});
    }
}

cockpitPanels.add("plans", {component: CockpitPlans, place: "toolbar"});
