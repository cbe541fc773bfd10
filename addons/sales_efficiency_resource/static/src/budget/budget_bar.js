import {Component} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {formatFigure} from "@sales_efficiency_base/sales_figure/format_figure";

const COLORS = {exceeded: "bg-danger", warning: "bg-warning", ok: "bg-success"};

/** A budget as a bar: what is used, then what is committed, then what is left. */
export class BudgetBar extends Component {
    static template = "sales_efficiency_resource.BudgetBar";
    static props = {use: Object, currencyId: [Number, Boolean], label: String};

    get color() {
        return COLORS[this.props.use.state];
    }

    get title() {
        const {budget, used, committed, left} = this.props.use;
        return _t(
            "Budget %(budget)s · Used %(used)s · Committed %(committed)s · Left %(left)s",
            {
                budget: this.format(budget),
                used: this.format(used),
                committed: this.format(committed),
                left: this.format(left),
            }
        );
    }

    format(value) {
        return formatFigure(value, {
            unit: "currency",
            currencyId: this.props.currencyId,
            whole: true,
        });
    }
}
