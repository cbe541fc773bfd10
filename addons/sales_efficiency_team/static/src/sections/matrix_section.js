import {sectionKinds, sectionProps, useSectionOpeners} from "./section";
import {Component} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {getStatusColor} from "@sales_efficiency_base/sales_status/status_color";
import {useService} from "@web/core/utils/hooks";

/** People × KPIs. On a phone each person has a row of their own for every KPI. */
export class MatrixSection extends Component {
    static template = "sales_efficiency_team.MatrixSection";
    static props = sectionProps;

    setup() {
        this.action = useService("action");
        this.openers = useSectionOpeners();
        this.scoreLabel = _t("Score");
    }

    /** The statuses that occur, with the meaning of their colours */
    get legend() {
        const {legend, rows} = this.props.section;
        const found = rows.flatMap(({cells}) =>
            cells.filter(Boolean).map(({status}) => status.value)
        );
        return legend.filter(({value}) => found.includes(value));
    }

    getColor({kind, value}) {
        return getStatusColor(kind, value);
    }

    openPerson(id) {
        return this.action.doAction("sales_efficiency_team.sales_appraisal_action", {
            viewType: "form",
            props: {resId: id},
        });
    }

    openFigures({id}) {
        return this.action.doActionButton({
            type: "object",
            name: "action_open_figures",
            resModel: "sales.appraisal.kpi",
            resId: id,
            resIds: [id],
        });
    }
}

sectionKinds.add("matrix", MatrixSection);
