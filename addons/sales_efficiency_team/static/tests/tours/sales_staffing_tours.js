import {registry} from "@web/core/registry";
import {stepUtils} from "@web_tour/tour_utils";

registry.category("web_tour.tours").add("sales_staffing_of_hr", {
    steps: () => [
        {
            content: "There is no plan yet",
            trigger: ".o_view_nocontent:contains(How many people)",
        },
        {
            trigger: ".o_list_button_add",
            run: "click",
        },
        {
            content: "The year is that of the company",
            trigger: ".o_field_widget[name=name] input:value(Staffing)",
        },
        ...stepUtils.saveForm(),
        {
            content: "The need is read from the targets",
            trigger: "button[name=action_propose].btn-primary",
            run: "click",
        },
        {
            trigger: "[name=need_ids] .o_data_row:contains(Test Field)",
        },
        {
            content: "A rate can be changed",
            trigger: "[name=need_ids] .o_data_row .o_data_cell[name=rate]",
            run: "click",
        },
        {
            trigger: "[name=need_ids] .o_selected_row [name=rate] input",
            run: "edit 500000 && press Tab",
        },
        ...stepUtils.saveForm(),
        {
            trigger: "button[name=action_propose]:not(.btn-primary)",
            run: "click",
        },
        {
            trigger: ".o_notebook .nav-link[name=positions]",
            run: "click",
        },
        {
            content: "The positions are planned, with their reason",
            trigger:
                "[name=line_ids] .o_data_row:contains(Sales Representative) [name=reason]:contains(Target)",
        },
        {
            content: "HR knows what they cost",
            trigger: "[name=line_ids] .o_data_row .o_data_cell[name=monthly_cost]",
            run: "click",
        },
        {
            trigger: "[name=line_ids] .o_selected_row [name=monthly_cost] input",
            run: "edit 4000 && press Tab",
        },
        ...stepUtils.saveForm(),
        {
            trigger: "button[name=action_submit]",
            run: "click",
        },
        {
            trigger: ".o_arrow_button_current[data-value=submitted]",
        },
    ],
});

registry.category("web_tour.tours").add("sales_staffing_of_director", {
    steps: () => [
        {
            content: "The director sees the need",
            trigger: "[name=need_ids] .o_data_row:contains(Test Field)",
        },
        {
            trigger: "button[name=validate_tier]",
            run: "click",
        },
        {
            content: "and says why",
            trigger: ".modal [name=comment] input",
            run: "edit The targets ask for them.",
        },
        {
            trigger: ".modal .btn-primary",
            run: "click",
        },
        {
            content: "Now it is the turn of the HR manager",
            trigger:
                "body:not(:has(.modal)) .o_form_view:not(:has(button[name=validate_tier]))",
        },
    ],
});
