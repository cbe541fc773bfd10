import {Component} from "@odoo/owl";

/** What a sale would bring, rule by rule and in words. */
export class Estimate extends Component {
    static template = "sales_efficiency_incentive.Estimate";
    static props = {estimate: Object};
}
