import {registry} from "@web/core/registry";

const tours = registry.category("web_tour.tours");

tours.add("sales_file_of_salesperson", {
    steps: () => [
        {
            content: "Own customers are shown",
            trigger: ".o_data_row .o_data_cell:contains(Customer North)",
            run: "click",
        },
        {
            trigger: ".o_form_view .nav-link[name=sales_customer]",
            run: "click",
        },
        {
            content: "The file says what is missing",
            trigger:
                ".o_form_view [name=sales_completeness]:contains(Phone, Industry, Stakeholders)",
        },
        {
            content: "What the customer could buy",
            trigger: ".o_form_view [name=sales_potential_amount] input",
            run: "edit 5000",
        },
        {
            content: "Who decides",
            trigger: "[name=sales_stakeholder_ids] .o_field_x2many_list_row_add a",
            run: "click",
        },
        {
            trigger:
                "[name=sales_stakeholder_ids] .o_selected_row [name=contact_id] input",
            run: "edit Nora",
        },
        {
            trigger: ".o-autocomplete--dropdown-item:contains(Nora North)",
            run: "click",
        },
        {
            trigger: ".o_form_button_save",
            run: "click",
        },
        {
            content: "The potential is no longer missing",
            trigger:
                ".o_form_saved [name=sales_missing]:not(:contains(Potential)), .o_form_view [name=sales_missing]:not(:contains(Potential))",
        },
        {
            trigger: "button[name=action_fill_sales_file]",
            run: "click",
        },
        {
            content: "Only what is missing is asked for",
            trigger: ".modal:not(:has([name=sales_potential])) [name=phone] input",
            run: "edit +886 2 2469 4407",
        },
        {
            trigger: ".modal footer .btn-primary",
            run: "click",
        },
        {
            trigger: "body:not(:has(.modal))",
        },
        {
            trigger:
                ".o_form_view [name=sales_missing]:not(:contains(Phone)):contains(Industry)",
        },
    ],
});

tours.add("sales_duplicate_of_leader", {
    steps: () => [
        {
            content: "Two customers have the same name",
            trigger:
                ".o_data_row:contains(Same name):contains(customernorth) button[name=action_merge]",
            run: "click",
        },
        {
            trigger: ".modal .o_partner_merge_wizard",
        },
        {
            trigger: ".modal button[name=action_merge]",
            run: "click",
        },
        {
            trigger: ".modal:contains(no more contacts to merge) .btn:contains(Close)",
            run: "click",
        },
        {
            content: "The group is gone",
            trigger: ".o_list_view:not(:has(.o_data_row:contains(customernorth)))",
        },
    ],
});
