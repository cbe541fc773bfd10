import {cockpitPanelProps, cockpitPanels} from "@sales_efficiency_base/cockpit/panel";
import {Component} from "@odoo/owl";
import {formatFigure} from "@sales_efficiency_base/sales_figure/format_figure";
import {useService} from "@web/core/utils/hooks";

const ACTION = "sales_efficiency_incentive.sales_incentive_earnings_action";

/** What the user has earned this month so far. */
export class CockpitMyEarnings extends Component {
    static template = "sales_efficiency_incentive.CockpitMyEarnings";
    static props = cockpitPanelProps;

    setup() {
        this.action = useService("action");
    }

    format(value) {
        return formatFigure(value, {
            unit: "currency",
            currencyId: this.props.data.currency_id,
        });
    }

    open() {
        return this.action.doAction(ACTION);
    }
}

cockpitPanels.add(
    "my_earnings",
    {component: CockpitMyEarnings, place: "list"},
    {sequence: 15}
);
