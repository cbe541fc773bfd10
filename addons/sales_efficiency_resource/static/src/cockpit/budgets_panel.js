import {cockpitPanelProps, cockpitPanels} from "@sales_efficiency_base/cockpit/panel";
import {BudgetBar} from "../budget/budget_bar";
import {Component} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {formatFigure} from "@sales_efficiency_base/sales_figure/format_figure";
import {useService} from "@web/core/utils/hooks";

/** How much of the budgets of the chosen scope is used. */
export class CockpitBudgets extends Component {
    static template = "sales_efficiency_resource.CockpitBudgets";
    static components = {BudgetBar};
    static props = cockpitPanelProps;

    setup() {
        this.action = useService("action");
    }

    format(value) {
        return formatFigure(value, {
            unit: "currency",
            currencyId: this.props.data.currency_id,
            whole: true,
        });
    }

    formatLeft(value) {
        return _t("%s left", this.format(value));
    }

    async openBoard() {
        const {plan_id, scope} = this.props.data;
        const action = await this.action.loadAction(
            "sales_efficiency_resource.sales_budget_board_action"
        );
        return this.action.doAction({...action, params: {plan_id, scope}});
    }
}

cockpitPanels.add(
    "expense_budgets",
    {component: CockpitBudgets, place: "list"},
    {sequence: 45}
);
