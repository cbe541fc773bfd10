import {Component} from "@odoo/owl";
import {cockpitPanelProps, cockpitPanels} from "@sales_efficiency_base/cockpit/panel";
import {formatList} from "@web/core/l10n/utils";
import {useOpeners} from "./cockpit_openers";

/** Past months whose actuals have changed since. */
export class CockpitMoved extends Component {
    static template = "sales_efficiency_target.CockpitMoved";
    static props = cockpitPanelProps;

    setup() {
        this.openers = useOpeners();
    }

    get months() {
        return formatList(this.props.data.months);
    }
}

cockpitPanels.add("moved", {component: CockpitMoved, place: "row"}, {sequence: 20});
