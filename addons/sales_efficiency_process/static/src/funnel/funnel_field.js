import {Component} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {formatFigure} from "@sales_efficiency_base/sales_figure/format_figure";
import {registry} from "@web/core/registry";
import {standardFieldProps} from "@web/views/fields/standard_field_props";
import {useService} from "@web/core/utils/hooks";

const STAYS = "sales_efficiency_process.sales_stage_report_action";

/** The steps of a funnel: how many came to each, and how long they stayed. */
export class FunnelField extends Component {
    static template = "sales_efficiency_process.FunnelField";
    static props = standardFieldProps;

    setup() {
        this.action = useService("action");
    }

    get answer() {
        return this.props.record.data[this.props.name] || {};
    }

    get steps() {
        return this.answer.steps || [];
    }

    format(value, unit) {
        if (value === null || value === undefined) {
            return "–";
        }
        return formatFigure(value, {
            unit,
            currencyId: this.answer.currency_id,
            whole: true,
        });
    }

    async openStays(step, domain = this.answer.domain) {
        const action = await this.action.loadAction(STAYS);
        return this.action.doAction({
            ...action,
            name: step.name,
            views: [
                [false, "list"],
                [false, "kanban"],
                [false, "pivot"],
                [false, "graph"],
            ],
            domain: [...domain, ["stage_id", "in", step.stage_ids]],
            context: {},
        });
    }

    openWaiting(step) {
        return this.openStays(step, this.answer.waiting_domain);
    }
}

registry.category("fields").add("sales_funnel", {
    component: FunnelField,
    displayName: _t("Funnel"),
    supportedTypes: ["json"],
});
