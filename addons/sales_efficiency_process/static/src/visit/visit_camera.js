import {Component, useRef, useState} from "@odoo/owl";
import {checkFileSize} from "@web/core/utils/files";
import {getDataURLFromFile} from "@web/core/utils/urls";
import {registry} from "@web/core/registry";
import {standardWidgetProps} from "@web/views/widgets/standard_widget_props";
import {useService} from "@web/core/utils/hooks";

/** Takes photos with the camera of the phone, or picks them, and adds them at once. */
export class VisitCamera extends Component {
    static template = "sales_efficiency_process.VisitCamera";
    static props = standardWidgetProps;

    setup() {
        this.orm = useService("orm");
        this.notification = useService("notification");
        this.input = useRef("input");
        this.state = useState({isBusy: false});
    }

    async add(ev) {
        const files = [...ev.target.files].filter((file) =>
            checkFileSize(file.size, this.notification)
        );
        ev.target.value = "";
        const {record} = this.props;
        if (!files.length || !(await record.save())) {
            return;
        }
        this.state.isBusy = true;
        try {
            // One after the other: phones upload slowly, and a failure keeps the others.
            for (const file of files) {
                const data = await getDataURLFromFile(file);
                await this.orm.create("sales.visit.photo", [
                    {visit_id: record.resId, image: data.split(",")[1]},
                ]);
            }
        } finally {
            this.state.isBusy = false;
            await record.load();
        }
    }
}

registry.category("view_widgets").add("sales_visit_camera", {component: VisitCamera});
