import {onMounted, onWillUnmount} from "@odoo/owl";
import {SalesStatusField} from "@sales_efficiency_base/sales_status/sales_status_field";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";

const PAUSE = 2000;
const WAITING = ["queued", "running"];

/** The status of a study; loads the form anew until there is an answer. */
export class SalesStudyStateField extends SalesStatusField {
    setup() {
        super.setup();
        onMounted(() => {
            this.timer = setInterval(() => this.refresh(), PAUSE);
        });
        onWillUnmount(() => clearInterval(this.timer));
    }

    async refresh() {
        const {record} = this.props;
        const isWaiting = WAITING.includes(record.data[this.props.name]);
        // What somebody is typing must not be lost.
        if (!isWaiting || this.isLoading || (await record.isDirty())) {
            return;
        }
        this.isLoading = true;
        try {
            await record.load();
        } finally {
            this.isLoading = false;
        }
    }
}

registry.category("fields").add("sales_study_state", {
    ...registry.category("fields").get("sales_status"),
    component: SalesStudyStateField,
    displayName: _t("Status of a Study"),
});
