import {sectionKinds, sectionProps, useSectionOpeners} from "./section";
import {Component} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {getStatusColor} from "@sales_efficiency_base/sales_status/status_color";

/** What there is or is to be done, a row each. */
export class ListSection extends Component {
    static template = "sales_efficiency_team.ListSection";
    static props = sectionProps;

    setup() {
        this.openers = useSectionOpeners();
    }

    get more() {
        const {count, rows} = this.props.section;
        return _t("%s more", count - rows.length);
    }

    canOpen(row) {
        return Boolean(row.action ?? this.props.section.action);
    }

    /** Colour of the progress: its own status, or else that of the row */
    getBarColor({bar, status}) {
        return bar || status ? this.getColor(bar || status) : "info";
    }

    getColor({kind, value}) {
        return getStatusColor(kind, value);
    }
}

sectionKinds.add("list", ListSection);
