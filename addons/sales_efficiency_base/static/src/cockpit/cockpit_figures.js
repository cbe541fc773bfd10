import {cockpitPanelProps, cockpitPanels} from "./panel";
import {formatFigure, formatGrowth} from "../sales_figure/format_figure";
import {Component} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {useService} from "@web/core/utils/hooks";

/** The first metrics of the scope, each with a drill-down to its facts. */
export class CockpitFigures extends Component {
    static template = "sales_efficiency_base.CockpitFigures";
    static props = cockpitPanelProps;

    setup() {
        this.action = useService("action");
    }

    format({value, unit}) {
        return value === null
            ? "–"
            : formatFigure(value, {
                  unit,
                  currencyId: this.props.data.currency_id,
                  whole: true,
              });
    }

    describeGrowth({growth, unit}) {
        return _t("%s against the same days of last year", formatGrowth(growth, unit));
    }

    open({name, domain}) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            name,
            res_model: "sales.fact",
            domain,
            views: [
                [false, "list"],
                [false, "pivot"],
                [false, "graph"],
            ],
        });
    }

    openAll() {
        return this.action.doAction("sales_efficiency_base.sales_metric_action");
    }
}

cockpitPanels.add("figures", {component: CockpitFigures, place: "row"}, {sequence: 40});
