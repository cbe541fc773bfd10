import {Component, onWillStart, useState} from "@odoo/owl";
import {describeWaiting, formatAsOf} from "./freshness";
import {useBus, useService} from "@web/core/utils/hooks";

/** Shows the age of the facts above them, and lets directors refresh them. */
export class SalesFactFreshness extends Component {
    static template = "sales_efficiency_base.SalesFactFreshness";
    static props = {};

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.state = useState({asOf: "", pending: 0, canRefresh: false});
        onWillStart(() => this.load());
        useBus(this.env.searchModel, "update", () => this.load());
    }

    get waiting() {
        return describeWaiting(this.state.pending);
    }

    async load() {
        const freshness = await this.orm.silent.call(
            "sales.mart.source",
            "get_freshness",
            []
        );
        Object.assign(this.state, {
            asOf: formatAsOf(freshness.as_of),
            pending: freshness.pending_count,
            canRefresh: freshness.can_refresh,
        });
    }

    async refresh() {
        const action = await this.orm.call("sales.mart.source", "action_refresh", [[]]);
        await this.action.doAction(action);
    }
}
