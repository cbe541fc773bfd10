import {cockpitPanelProps, cockpitPanels} from "@sales_efficiency_base/cockpit/panel";
import {Component} from "@odoo/owl";
import {sectionKinds} from "../sections/section";

/** A section of the team board, or the way to it, in the cockpit. */
export class CockpitSection extends Component {
    static template = "sales_efficiency_team.CockpitSection";
    static props = cockpitPanelProps;

    get component() {
        return sectionKinds.get(this.props.data.kind);
    }
}

for (const [number, key] of [
    "team",
    "my_development",
    "team_head_count",
    "team_grades",
    "team_judgements",
].entries()) {
    cockpitPanels.add(
        key,
        {component: CockpitSection, place: "list"},
        {sequence: 60 + number}
    );
}
