import {Component} from "@odoo/owl";
import {cockpitPanelProps, cockpitPanels} from "@sales_efficiency_base/cockpit/panel";
import {formatPercent} from "@sales_efficiency_base/sales_figure/format_figure";
import {useOpeners} from "./cockpit_openers";

/** The targets above the selected one. */
export class CockpitPath extends Component {
    static template = "sales_efficiency_target.CockpitPath";
    static props = cockpitPanelProps;

    setup() {
        this.openers = useOpeners();
    }

    formatAttainment({attainment}) {
        return attainment === null ? "–" : formatPercent(attainment);
    }
}

cockpitPanels.add("path", {component: CockpitPath, place: "row"}, {sequence: 30});
