import {registry} from "@web/core/registry";
import {stepUtils} from "@web_tour/tour_utils";

function setCell(row, name, value) {
    return [
        {
            trigger: `.modal .o_data_row:contains(${row}) [name=${name}]`,
            run: "click",
        },
        {
            trigger: `.modal .o_selected_row:contains(${row}) [name=${name}] input`,
            run: `edit ${value}`,
        },
    ];
}

registry.category("web_tour.tours").add("sales_target_plan_a_year", {
    steps: () => [
        {
            content: "A plan knows the year that it is for",
            trigger: ".o_field_widget[name=name] input:value(Sales Targets)",
        },
        {
            trigger: ".o_field_widget[name=base_percent] input",
            run: "edit 70",
        },
        ...stepUtils.saveForm(),
        {
            content: "A plan without targets cannot be submitted",
            trigger: "button[name=action_submit]",
            run: "click",
        },
        {
            trigger: ".modal:contains(has no targets yet) .btn-primary",
            run: "click",
        },
        {
            trigger: "button[name=action_open_targets]",
            run: "click",
        },
        {
            trigger: ".o_list_button_add",
            run: "click",
        },
        {
            content: "What the whole company promises",
            trigger: ".o_field_widget[name=amount] input",
            run: "edit 1000000",
        },
        ...stepUtils.saveForm(),
        {
            content: "The months add up to the year",
            trigger: "[name=month_ids] .o_data_row:contains(83,333.34)",
        },
        {
            trigger: ".o_statusbar_buttons button:contains(Break Down)",
            run: "click",
        },
        {
            trigger: ".modal .o_field_widget[name=dimension] input",
            run: "click",
        },
        {
            trigger: ".o_select_menu_item:contains(Sales teams)",
            run: "click",
        },
        {
            trigger: ".modal .o_field_widget[name=method] input",
            run: "click",
        },
        {
            trigger: ".o_select_menu_item:contains(By hand)",
            run: "click",
        },
        {
            content: "The preview has been made anew",
            trigger: ".modal .o_list_view:not(:has(th[data-name=weight]))",
        },
        // The preview can be edited before anything changes, in money or percent
        ...setCell("Test Department", "share", 60),
        ...setCell("Test Other", "amount", 300000),
        {
            content: "What is still to be assigned is shown",
            trigger: ".modal .o_field_widget[name=padding] input",
            run: "click",
        },
        {
            trigger: ".modal .o_data_row:contains(Test Other):contains(30.00)",
        },
        {
            trigger: ".modal .o_field_widget[name=difference]:contains(-100,000)",
        },
        {
            trigger: ".modal button[name=action_apply]",
            run: "click",
        },
        {
            trigger: ".o_list_view .o_data_row:contains(Test Other):contains(300,000)",
        },
        {
            trigger: ".breadcrumb-item a:contains(Ordered Amount)",
            run: "click",
        },
        {
            content: "The target says what has been assigned, and what is missing",
            trigger: "button[name=action_open_parts]:contains(90.0)",
        },
        {
            trigger: ".alert-warning:contains(-100,000)",
        },
        {
            trigger: ".o_notebook .nav-link[name=parts]",
            run: "click",
        },
        {
            trigger: ".o_field_widget[name=gap_reason] input",
            run: "edit Reserve for the new product line",
        },
        ...stepUtils.saveForm(),
        {
            trigger: ".breadcrumb-item a:contains(Sales Targets)",
            run: "click",
        },
        {
            trigger: "button[name=action_submit]",
            run: "click",
        },
        {
            trigger: "button[name=action_start]",
            run: "click",
        },
        {
            trigger: ".o_arrow_button_current:contains(Running)",
        },
    ],
});
