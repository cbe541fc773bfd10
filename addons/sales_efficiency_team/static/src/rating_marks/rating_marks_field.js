import {Component} from "@odoo/owl";
import {registry} from "@web/core/registry";
import {standardFieldProps} from "@web/views/fields/standard_field_props";

const MARKS = ["1", "2", "3", "4", "5"];

/** Five large buttons for each criterion, on a phone as on a desk. */
export class RatingMarksField extends Component {
    static template = "sales_efficiency_team.RatingMarksField";
    static props = {...standardFieldProps};
    marks = MARKS;

    get lines() {
        return this.props.record.data[this.props.name].records;
    }

    /** A second click takes a mark back. */
    setMark(line, mark) {
        line.update({mark: line.data.mark === mark ? false : mark});
    }
}

export const ratingMarksField = {
    component: RatingMarksField,
    supportedTypes: ["one2many"],
    useSubView: true,
    isEmpty: () => false,
};

registry.category("fields").add("sales_rating_marks", ratingMarksField);
