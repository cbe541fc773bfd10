import {registry} from "@web/core/registry";
import {stepUtils} from "@web_tour/tour_utils";

function setMonth(number, amount) {
    const row = `[name=line_ids] .o_data_row:nth-child(${number})`;
    return [
        {
            trigger: `${row} [name=amount]`,
            run: "click",
        },
        {
            trigger: `${row}.o_selected_row [name=amount] input`,
            run: `edit ${amount}`,
        },
    ];
}

const validate = [
    {
        trigger: "button[name=validate_tier]",
        run: "click",
    },
    {
        trigger: ".modal [name=comment] input",
        run: "edit The plant has closed indeed.",
    },
    {
        trigger: ".modal .btn-primary",
        run: "click",
    },
];

registry.category("web_tour.tours").add("sales_target_adjustment_request", {
    steps: () => [
        {
            trigger: ".o_statusbar_buttons button:contains(Ask for an Adjustment)",
            run: "click",
        },
        {
            trigger: ".o_field_widget[name=ground] input",
            run: "click",
        },
        {
            trigger: ".o_select_menu_item:contains(market)",
            run: "click",
        },
        {
            trigger: ".o_field_widget[name=reason] textarea",
            run: "edit The largest customer has closed its plant.",
        },
        ...setMonth(11, 0),
        ...setMonth(12, 4000),
        ...stepUtils.saveForm(),
        {
            trigger: ".o_field_widget[name=difference]:contains(-16,000)",
        },
        {
            trigger: ".o_notebook .nav-link[name=effects]",
            run: "click",
        },
        {
            content: "The effect on all above is shown before it is sent",
            trigger:
                "[name=effect_ids] .o_data_row:contains(120,000):contains(104,000)",
        },
        {
            trigger: "button[name=action_request]",
            run: "click",
        },
        {
            trigger: ".o_arrow_button_current:contains(Requested)",
        },
    ],
});

registry.category("web_tour.tours").add("sales_target_adjustment_superior", {
    steps: () => [
        ...validate,
        {
            content: "A large change needs the director too: it is still a request",
            trigger: ".o_arrow_button_current:contains(Requested)",
        },
        {
            trigger: ".o_form_view:not(:has(button[name=validate_tier]))",
        },
    ],
});

registry.category("web_tour.tours").add("sales_target_adjustment_director", {
    steps: () => [
        ...validate,
        {
            trigger: ".o_arrow_button_current:contains(Approved)",
        },
    ],
});
