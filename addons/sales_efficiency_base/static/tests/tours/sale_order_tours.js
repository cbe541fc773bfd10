import {registry} from "@web/core/registry";

function addCredit(name, share) {
    return [
        {
            trigger: "[name=sales_credit_ids] .o_field_x2many_list_row_add a",
            run: "click",
        },
        {
            trigger: "[name=sales_credit_ids] .o_selected_row [name=user_id] input",
            run: `edit ${name}`,
        },
        {
            trigger: `.o-autocomplete--dropdown-item:contains(${name})`,
            run: "click",
        },
        {
            trigger: "[name=sales_credit_ids] .o_selected_row [name=share] input",
            run: `edit ${share}`,
        },
        {
            trigger: ".o_notebook .nav-link[name=sales_credit]",
            run: "click",
        },
        {
            trigger: `[name=sales_credit_ids]:not(:has(.o_selected_row)) .o_data_row:contains(${name})`,
        },
    ];
}

registry.category("web_tour.tours").add("sales_credit", {
    steps: () => [
        {
            trigger: ".o_notebook .nav-link[name=sales_credit]",
            run: "click",
        },
        ...addCredit("Test Salesperson", 60),
        {
            content: "The form says what is wrong",
            trigger: ".alert-warning:contains(exactly 100 %):contains(60.00)",
        },
        {
            trigger: ".o_form_button_save",
            run: "click",
        },
        {
            content: "... and an order with a wrong sum is not saved",
            trigger: ".modal:contains(adds up to 60.00 %):contains(40.00 % too little)",
        },
        {
            trigger: ".modal .btn-primary",
            run: "click",
        },
        ...addCredit("Test Colleague", 40),
        {
            trigger: "[name=sales_credit]:not(:has(.alert-warning))",
        },
        {
            trigger: ".o_form_button_save",
            run: "click",
        },
        {
            content: "Saved",
            trigger:
                ".o_form_status_indicator:not(:has(.o_form_status_indicator_buttons:visible))",
        },
    ],
});
