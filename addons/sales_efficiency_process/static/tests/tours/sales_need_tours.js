import {registry} from "@web/core/registry";

const tours = registry.category("web_tour.tours");

function save() {
    return [
        {
            trigger: ".o_form_button_save",
            run: "click",
        },
        {
            trigger:
                ".o_form_saved, .o_form_status_indicator:not(:has(.o_form_button_save:visible))",
        },
    ];
}

tours.add("sales_need_to_quotation", {
    steps: () => [
        {
            content: "Whoever decides is not known yet",
            trigger: ".o_form_view .nav-link[name=sales_stakeholders]",
            run: "click",
        },
        {
            trigger: ".o_form_view .alert:contains(Nobody is known who decides)",
        },
        {
            content: "Enter a need",
            trigger: ".o_form_view .nav-link[name=sales_needs]",
            run: "click",
        },
        {
            trigger: "[name=sales_need_ids] .o_field_x2many_list_row_add a",
            run: "click",
        },
        {
            trigger: "[name=sales_need_ids] .o_selected_row [name=name] input",
            run: "edit Fewer rejects",
        },
        {
            content: "It is urgent",
            trigger:
                "[name=sales_need_ids] .o_selected_row [name=urgency] .o_priority_star:eq(4)",
            run: "click",
        },
        ...save(),
        {
            content: "What is not graded is said",
            trigger: "[name=sales_need_ids] .o_data_row:contains(Fewer rejects)",
        },
        {
            trigger: "button[name=action_create_solution]",
            run: "click",
        },
        {
            content: "The solution answers the need",
            trigger:
                ".o_form_view [name=answer_ids] .o_data_row:contains(Fewer rejects)",
        },
        {
            trigger: ".o_form_view .nav-link[name=lines]",
            run: "click",
        },
        {
            trigger: "[name=line_ids] .o_field_x2many_list_row_add a",
            run: "click",
        },
        {
            trigger: "[name=line_ids] .o_selected_row [name=product_id] input",
            run: "edit Test Goods",
        },
        {
            trigger: ".o-autocomplete--dropdown-item:contains(Test Goods)",
            run: "click",
        },
        ...save(),
        {
            trigger: "button[name=action_present]",
            run: "click",
        },
        {
            content: "It stays as the customer has it",
            trigger: "button[name=action_new_version]",
        },
        {
            trigger: "button[name=action_create_quotation]",
            run: "click",
        },
        {
            content: "The quotation has the product",
            trigger: ".o_form_view [name=order_line] .o_data_row:contains(Test Goods)",
        },
    ],
});

tours.add("sales_people_of_customer", {
    steps: () => [
        {
            content: "The matrix shows who thinks what",
            trigger: ".o_sales_people_map td:contains(Nora North)",
        },
        {
            trigger: "[name=business_process] textarea",
            run: "edit Grinding, washing, checking by hand",
        },
        ...save(),
        {
            content: "The organisation chart",
            trigger: "button[name=action_open_sales_people_chart]",
            run: "click",
        },
        {
            trigger: ".o_hierarchy_view .o_hierarchy_node:contains(Nora North)",
        },
    ],
});

tours.add("sales_need_weights", {
    steps: () => [
        {
            trigger: ".o_list_button_add",
            run: "click",
        },
        {
            trigger: ".o_selected_row [name=urgency] input",
            run: "edit 50",
        },
        {
            trigger: ".o_list_button_save",
            run: "click",
        },
        {
            content: "They are 100 together",
            trigger: ".modal:contains(120.00)",
        },
        {
            trigger: ".modal .modal-footer .btn-primary",
            run: "click",
        },
        {
            trigger: ".o_selected_row [name=importance] input",
            run: "edit 10",
        },
        {
            trigger: ".o_list_button_save",
            run: "click",
        },
        {
            trigger: ".o_list_view:not(:has(.o_selected_row)) .o_data_row",
        },
    ],
});
