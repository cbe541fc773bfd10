import {cockpitPanelProps, cockpitPanels} from "./panel";
import {describeWaiting, formatAsOf} from "../sales_fact/freshness";
import {Component} from "@odoo/owl";
import {useService} from "@web/core/utils/hooks";

/** Age of the figures, with a button to refresh them. */
export class CockpitFreshness extends Component {
    static template = "sales_efficiency_base.CockpitFreshness";
    static props = cockpitPanelProps;

    setup() {
        this.action = useService("action");
        this.orm = useService("orm");
    }

    get asOf() {
        const {as_of: asOf} = this.props.data;
        return asOf && formatAsOf(asOf);
    }

    get waiting() {
        const {pending_count: count} = this.props.data;
        return count ? describeWaiting(count) : "";
    }

    async refresh() {
        if (this.props.data.can_refresh) {
            const action = await this.orm.call("sales.mart.source", "action_refresh", [
                [],
            ]);
            // Show only its notification; the page reloads below.
            await this.action.doAction({
                ...action,
                params: {...action.params, next: undefined},
            });
        }
        await this.props.reload();
    }
}

cockpitPanels.add("freshness", {component: CockpitFreshness, place: "control_panel"});
