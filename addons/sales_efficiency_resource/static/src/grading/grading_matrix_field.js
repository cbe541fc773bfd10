import {Component} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {standardFieldProps} from "@web/views/fields/standard_field_props";
import {useService} from "@web/core/utils/hooks";

/** Grade so far × new grade of a run; a number opens the customers behind it. */
export class GradingMatrixField extends Component {
    static template = "sales_efficiency_resource.GradingMatrixField";
    static props = standardFieldProps;

    setup() {
        this.action = useService("action");
    }

    get matrix() {
        return this.props.record.data[this.props.name];
    }

    /** Above the diagonal customers move down, below it up; the best grade is first. */
    getColor(row, column) {
        const from = this.matrix.columns.findIndex(({id}) => id === row.id);
        if (from < 0) {
            return "text-bg-info";
        }
        if (from === column) {
            return "text-bg-light";
        }
        return from < column ? "text-bg-danger" : "text-bg-success";
    }

    async open(row, column) {
        const action = await this.action.loadAction(
            "sales_efficiency_resource.sales_grading_result_action"
        );
        return this.action.doAction({
            ...action,
            domain: [
                ["run_id", "=", this.props.record.resId],
                ["from_grade_id", "=", row.id],
                ["to_grade_id", "=", column.id],
            ],
        });
    }
}

registry.category("fields").add("sales_grading_matrix", {
    component: GradingMatrixField,
    displayName: _t("Migration of Customers"),
    supportedTypes: ["json"],
});
