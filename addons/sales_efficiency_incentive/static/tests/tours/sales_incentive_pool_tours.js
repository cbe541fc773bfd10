import {registry} from "@web/core/registry";

registry.category("web_tour.tours").add("sales_incentive_pool_of_officer", {
    steps: () => [
        {
            content: "Say who gets how much of a pool",
            trigger: ".o_list_button_add",
            run: "click",
        },
        {
            trigger: ".o_field_widget[name=rule_id] input",
            run: "edit Spot",
        },
        {
            trigger: ".o-autocomplete--dropdown-item:contains(Spot Pool)",
            run: "click",
        },
        {
            content: "The people of the team are proposed",
            trigger: "[name=share_ids] .o_data_row:eq(0) [name=share]:contains(50.00)",
            run: "click",
        },
        {
            trigger: "[name=share_ids] .o_selected_row [name=share] input",
            run: "edit 70",
        },
        {
            trigger: "[name=share_ids] .o_data_row:eq(1) [name=share]",
            run: "click",
        },
        {
            trigger: "[name=share_ids] .o_data_row:eq(1) [name=share] input",
            run: "edit 30 && press Tab",
        },
        {
            trigger: ".o_field_widget[name=total]:contains(100.00)",
        },
        {
            trigger: ".o_form_button_save",
            run: "click",
        },
        {
            trigger:
                ".o_form_saved, .o_form_readonly, .o_form_view:not(:has(.o_form_dirty))",
        },
    ],
});

registry.category("web_tour.tours").add("sales_incentive_costs_of_director", {
    steps: () => [
        {
            content: "The cockpit says what incentives cost, and what waits",
            trigger: ".o_sales_cockpit_incentives button[name=incentive_month]",
        },
        {
            trigger: ".o_sales_cockpit_incentives canvas",
        },
        {
            trigger: ".o_sales_cockpit_incentives button[name=incentive_cost]:eq(1)",
            run: "click",
        },
        {
            trigger: ".o_pivot .o_pivot_header_cell_closed:contains(Test Field)",
        },
    ],
});

registry.category("web_tour.tours").add("sales_incentive_costs_of_salesperson", {
    steps: () => [
        {
            content: "The cockpit says what was earned this month",
            trigger: ".o_sales_cockpit_my_earnings button[name=my_earnings]",
            run: "click",
        },
        {
            trigger: ".o_sales_incentive_earnings",
        },
    ],
});
