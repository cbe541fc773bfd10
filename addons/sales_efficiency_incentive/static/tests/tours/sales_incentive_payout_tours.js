import {registry} from "@web/core/registry";

registry.category("web_tour.tours").add("sales_incentive_of_finance", {
    steps: () => [
        {
            content: "An approved month is locked",
            trigger: "button[name=action_lock]",
            run: "click",
        },
        {
            trigger: ".modal .btn-primary",
            run: "click",
        },
        {
            trigger: ".o_arrow_button_current[data-value=locked]",
        },
        {
            content: "then paid",
            trigger: "button[name=action_pay]",
            run: "click",
        },
        {
            trigger:
                "[name=line_ids] .o_data_row:contains(Test Salesperson) [name=amount]:contains(100.00)",
        },
        {
            trigger: ".o_arrow_button_current[data-value=draft]",
        },
        {
            trigger: "button[name=action_pay]",
            run: "click",
        },
        {
            trigger: ".modal .btn-primary",
            run: "click",
        },
        {
            trigger: ".o_arrow_button_current[data-value=paid]",
        },
        {
            content: "The payroll gets a file",
            trigger: "button[name=action_download_xlsx]",
        },
    ],
});
