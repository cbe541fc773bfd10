import {Component, onWillStart, useState} from "@odoo/owl";
import {deserializeDateTime, toLocaleDateTimeString} from "@web/core/l10n/dates";
import {_t} from "@web/core/l10n/translation";
import {useBus, useService} from "@web/core/utils/hooks";
import {formatInteger} from "@web/views/fields/formatters";

/** Says above the figures how fresh they are, and lets directors refresh them. */
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
        return this.state.pending === 1
            ? _t("1 change waiting")
            : _t("%s changes waiting", formatInteger(this.state.pending));
    }

    async load() {
        const freshness = await this.orm.silent.call(
            "sales.mart.source",
            "get_freshness",
            []
        );
        Object.assign(this.state, {
            asOf: toLocaleDateTimeString(deserializeDateTime(freshness.as_of), {
                showSeconds: false,
            }),
            pending: freshness.pending_count,
            canRefresh: freshness.can_refresh,
        });
    }

    async refresh() {
        const action = await this.orm.call("sales.mart.source", "action_refresh", [[]]);
        await this.action.doAction(action);
    }
}
