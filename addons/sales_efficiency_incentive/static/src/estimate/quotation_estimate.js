import {Component, onWillStart} from "@odoo/owl";
import {Estimate} from "./estimate";
import {registry} from "@web/core/registry";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";
import {useService} from "@web/core/utils/hooks";

/** What the user would earn by a quotation, in a dialog. */
export class QuotationEstimate extends Component {
    static template = "sales_efficiency_incentive.QuotationEstimate";
    static components = {Estimate};
    static props = {...standardActionServiceProps};

    setup() {
        const orm = useService("orm");
        onWillStart(async () => {
            const {order_id} = this.props.action.params;
            this.estimate = await orm.call("sale.order", "get_incentive_estimate", [
                [order_id],
            ]);
        });
    }
}

registry
    .category("actions")
    .add("sales_efficiency_incentive.quotation_estimate", QuotationEstimate);
