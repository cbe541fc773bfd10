import {registry} from "@web/core/registry";

registry.category("web_tour.tours").add("sales_gap_of_leader", {
    steps: () => [
        {
            content: "A target of the team is behind: why?",
            trigger:
                ".o_data_row:contains(Test Salesperson):contains(Behind) button[name=action_open_gap_analysis]",
            run: "click",
        },
        {
            content: "The product line that has contributed most stands first",
            trigger:
                ".o_field_widget[name=scope_line_ids] .o_data_row:first:contains(Test Line)",
        },
        {
            content: "Compared with last year",
            trigger:
                ".o_field_widget[name=comparison] .o_radio_item:contains(Last year) input",
            run: "click",
        },
        {
            content: "By customers",
            trigger:
                ".o_field_widget[name=dimension] .o_radio_item:contains(Customer) input",
            run: "click",
        },
        {
            content: "The rows are those of what was chosen",
            trigger:
                ".o_field_widget[name=scope_line_ids] .o_data_row:first:contains(Customer North)",
        },
        {
            content: "It is put down to a cause",
            trigger:
                ".o_field_widget[name=scope_line_ids] .o_data_row:first button[name=action_tag_cause]",
            run: "click",
        },
        {
            trigger: ".modal .o_radio_item:contains(Competition) input",
            run: "click",
        },
        {
            trigger: ".modal .o_field_widget[name=analysis] textarea",
            run: "edit A competitor gives 20 % off",
        },
        {
            trigger: ".modal button:contains(Save)",
            run: "click",
        },
        {
            content: "The row shows what it is put down to",
            trigger:
                "body:not(:has(.modal)) .o_field_widget[name=scope_line_ids] .o_data_row:first:contains(Competition)",
        },
        {
            content: "Price, volume and mix",
            trigger: ".nav-link:contains(Price, Volume, Mix)",
            run: "click",
        },
        {
            trigger:
                ".o_field_widget[name=part_line_ids] .o_data_row:contains(Volume):contains(-)",
        },
        {
            content: "Every number opens its figures",
            trigger:
                ".o_field_widget[name=part_line_ids] .o_data_row:contains(Price) button[name=action_open_figures]",
            run: "click",
        },
        {
            trigger: ".o_breadcrumb .active:contains(Test Salesperson)",
        },
        {
            trigger: ".o_list_view .o_data_row:contains(Customer North)",
        },
    ],
});
