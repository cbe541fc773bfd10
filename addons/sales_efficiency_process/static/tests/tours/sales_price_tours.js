import {registry} from "@web/core/registry";

const tours = registry.category("web_tour.tours");

tours.add("sales_price_of_salesperson", {
    steps: () => [
        {
            content: "The quotation says that a price is below its floor",
            trigger:
                ".o_form_view .alert-danger:contains(Below the floor):contains(85.00)",
        },
        {
            content: "It cannot be sent",
            trigger: ".o_form_view button[name=action_quotation_send]:visible",
            run: "click",
        },
        {
            trigger: ".modal:contains(below the floor) .modal-footer button",
            run: "click",
        },
        {
            trigger: "body:not(:has(.modal))",
        },
        {
            trigger: ".o_form_view button[name=action_request_price]:visible",
            run: "click",
        },
        {
            content: "The request shows what the price does to the margin",
            trigger: ".o_form_view .o_field_widget[name=given_amount]:contains(2.50)",
        },
        {
            trigger: ".o_field_widget[name=reason] textarea",
            run: "edit They take twice as many next year",
        },
        {
            trigger: ".o_form_view button[name=action_submit]:visible",
            run: "click",
        },
        {
            content: "The leader decides",
            trigger: ".o_form_view .alert-warning:contains(Test Leader)",
        },
    ],
});

tours.add("sales_price_of_leader", {
    steps: () => [
        {
            content: "A request waits",
            trigger: ".o_data_row .o_data_cell:contains(Customer North)",
            run: "click",
        },
        {
            trigger:
                ".o_form_view .o_field_widget[name=line_ids] .o_data_row:contains(85.00)",
        },
        {
            trigger: ".o_form_view button[name=validate_tier]",
            run: "click",
        },
        {
            trigger: ".modal .o_field_widget[name=comment] :is(input, textarea)",
            run: "edit Agreed for this year",
        },
        {
            trigger: ".modal button[name=add_comment]",
            run: "click",
        },
        {
            content: "The decision is made",
            trigger:
                "body:not(:has(.modal)) .o_form_view .o_arrow_button_current:contains(Approved)",
        },
    ],
});

tours.add("sales_price_of_salesperson_approved", {
    steps: () => [
        {
            content: "The gate is open",
            trigger: ".o_form_view:not(:has(.alert-danger)) .o_field_widget[name=name]",
        },
        {
            trigger: ".o_form_view button[name=action_confirm]:visible",
            run: "click",
        },
        {
            trigger:
                ".o_form_view .o_arrow_button_current:contains(Sales Order), .o_form_view .o_statusbar_status .o_arrow_button_current:contains(Sales Order)",
        },
    ],
});

tours.add("sales_price_floor_of_director", {
    steps: () => [
        {
            trigger: ".o_list_button_add, .o-kanban-button-new",
            run: "click",
        },
        {
            trigger: ".o_field_widget[name=basis] input[data-value=margin]",
            run: "click",
        },
        {
            trigger: ".o_field_widget[name=least_margin] input",
            run: "edit 20 && press Tab",
        },
        {
            trigger: ".o_field_widget[name=product_tmpl_id] input",
            run: "edit Test Goods",
        },
        {
            trigger: ".o-autocomplete--dropdown-item:contains(Test Goods)",
            run: "click",
        },
        {
            trigger: ".o_form_button_save",
            run: "click",
        },
        {
            trigger: ".o_form_saved",
        },
    ],
});
