import {registry} from "@web/core/registry";

registry.category("web_tour.tours").add("sales_data_of_owner", {
    steps: () => [
        {
            content: "The owner sees own issues only",
            trigger:
                ".o_list_view:has(.o_data_row:contains(Customer North)):not(:contains(Customer South))",
        },
        {
            trigger:
                ".o_data_row:contains(Phone is 02-2469-4407) .o_data_cell[name=record_name]",
            run: "click",
        },
        {
            content: "There is a proposal for the record",
            trigger: ".o_form_view button[name=action_open_proposals]",
            run: "click",
        },
        {
            content: "Before and after",
            trigger:
                ".o_list_view .o_data_row:contains(02-2469-4407):contains(+886 2 2469 4407)",
        },
        {
            trigger: ".o_data_row button[name=action_apply]:first",
            run: "click",
        },
        {
            trigger: ".o_notification:contains(Applied: 1.)",
        },
        {
            content: "Applied and gone from what is proposed: it can be undone",
            trigger: ".o_facet_remove",
            run: "click",
        },
        {
            trigger: ".o_data_row:contains(Applied) button[name=action_undo]",
            run: "click",
        },
        {
            trigger: ".o_data_row:contains(Undone)",
        },
        {
            trigger: ".o_breadcrumb .o_back_button, .breadcrumb-item.o_back_button",
            run: "click",
        },
        {
            content: "It is right as it is",
            trigger: ".o_form_view .o_field_widget[name=note] input",
            run: "edit Written as they wish.",
        },
        {
            trigger: "button[name=action_accept]",
            run: "click",
        },
        {
            trigger: ".o_form_view .o_arrow_button_current:contains(Accepted)",
        },
    ],
});
