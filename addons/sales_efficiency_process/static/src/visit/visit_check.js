import {Component, useState} from "@odoo/owl";
import {readAction} from "@sales_efficiency_base/server_action/server_action";
import {readPlace} from "@sales_efficiency_process/visit/geolocation";
import {registry} from "@web/core/registry";
import {standardWidgetProps} from "@web/views/widgets/standard_widget_props";
import {useService} from "@web/core/utils/hooks";

/** The button with which salespeople check in and out, wherever they are. */
export class VisitCheck extends Component {
    static template = "sales_efficiency_process.VisitCheck";
    static props = standardWidgetProps;

    setup() {
        this.action = useService("action");
        this.orm = useService("orm");
        this.state = useState({isBusy: false});
    }

    get step() {
        const {can_check: canCheck, state} = this.props.record.data;
        if (!canCheck || !this.props.record.resId) {
            return null;
        }
        return {planned: "check_in", visiting: "check_out"}[state] || null;
    }

    async check() {
        if (this.state.isBusy) {
            return;
        }
        this.state.isBusy = true;
        try {
            await this.send(this.step);
        } finally {
            this.state.isBusy = false;
        }
    }

    async send(step) {
        const {record} = this.props;
        // What was typed must not be lost; a form with mistakes stays open.
        if (record.isInEdition && !(await record.save())) {
            return;
        }
        const reading = record.data.is_place_asked ? await readPlace() : null;
        const action = await this.orm.call(record.resModel, step, [
            [record.resId],
            reading,
        ]);
        if (action) {
            this.action.doAction(readAction(action), {onClose: () => this.reload()});
        } else {
            await this.reload();
        }
    }

    reload() {
        return this.props.record.model.root.load();
    }
}

registry.category("view_widgets").add("sales_visit_check", {
    component: VisitCheck,
    fieldDependencies: [
        {name: "can_check", type: "boolean"},
        {name: "is_place_asked", type: "boolean"},
        {name: "state", type: "selection"},
    ],
});
