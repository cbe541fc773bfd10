import {Component, useState} from "@odoo/owl";
import {Estimate} from "@sales_efficiency_incentive/estimate/estimate";
import {KeepLast} from "@web/core/utils/concurrency";
import {parseFloat} from "@web/views/fields/parsers";
import {useService} from "@web/core/utils/hooks";

/** Answers what a sale of an amount would bring. */
export class WhatIf extends Component {
    static template = "sales_efficiency_incentive.WhatIf";
    static components = {Estimate};
    static props = {company: Object};

    setup() {
        this.orm = useService("orm");
        this.keepLast = new KeepLast();
        this.state = useState({amount: "", ruleId: "", estimate: null, error: ""});
    }

    async ask() {
        this.state.error = "";
        try {
            this.state.estimate = await this.keepLast.add(
                this.orm.silent.call("sales.incentive.earnings", "get_estimate", [
                    this.props.company.id,
                    parseFloat(this.state.amount || "0"),
                    Number(this.state.ruleId) || null,
                ])
            );
        } catch (error) {
            this.state.estimate = null;
            this.state.error = error.data?.message || error.message;
        }
    }
}
