import {registry} from "@web/core/registry";

registry.category("web_tour.tours").add("sales_market_research", {
    steps: () => [
        {
            content: "Nothing was found so far",
            trigger: ".o_form_view button[name=action_done]",
        },
        {
            content: "Note what was heard",
            trigger: ".o_field_widget[name=finding_ids] .o_field_x2many_list_row_add a",
            run: "click",
        },
        {
            trigger: ".modal .o_field_widget[name=name] input",
            run: "edit They deliver in two days",
        },
        {
            trigger: ".modal .o_field_widget[name=source] input",
            run: "edit A buyer",
        },
        {
            trigger: ".modal .o_form_button_save",
            run: "click",
        },
        {
            content: "Say what it means",
            trigger:
                "body:not(:has(.modal)) .o_notebook .nav-link:contains(Conclusion)",
            run: "click",
        },
        {
            trigger: ".o_field_widget[name=conclusion] textarea",
            run: "edit Deliver faster",
        },
        {
            trigger: "button[name=action_done]",
            run: "click",
        },
        {
            content: "It is done",
            trigger: ".o_statusbar_status .o_arrow_button_current:contains(Done)",
        },
    ],
});

registry.category("web_tour.tours").add("sales_market_lost", {
    steps: () => [
        {
            trigger: ".o_form_view button:contains(Lost)",
            run: "click",
        },
        {
            content: "It asks who got it",
            trigger: ".modal .o_field_widget[name=sales_lost_competitor_id] input",
            run: "edit Test Rival",
        },
        {
            trigger: ".ui-autocomplete .dropdown-item:contains(Test Rival)",
            run: "click",
        },
        {
            trigger: ".modal button[name=action_lost_reason_apply]",
            run: "click",
        },
        {
            trigger:
                "body:not(:has(.modal)) .o_field_widget[name=sales_lost_competitor_id]",
        },
    ],
});

registry.category("web_tour.tours").add("sales_market_size", {
    steps: () => [
        {
            trigger: ".o_list_button_add",
            run: "click",
        },
        {
            trigger: ".o_field_widget[name=region_id] input",
            run: "edit Test North",
        },
        {
            trigger: ".ui-autocomplete .dropdown-item:contains(Test North)",
            run: "click",
        },
        {
            trigger: ".o_field_widget[name=amount] input",
            run: "edit 12000000",
        },
        {
            trigger: ".o_form_button_save",
            run: "click",
        },
        {
            content: "It is saved",
            trigger: ".o_form_saved",
        },
    ],
});

registry.category("web_tour.tours").add("sales_lead_sources", {
    steps: () => [
        {
            content: "600 for 4 leads",
            trigger:
                ".o_sales_lead_report tr:contains(Trade Fair) td[name=per_lead]:contains(150)",
        },
        {
            content: "Nobody was won: no cost of a win",
            trigger:
                ".o_sales_lead_report tr:contains(Trade Fair) td[name=per_won]:contains(–)",
        },
        {
            content: "By campaign",
            trigger: ".o_sales_lead_report button[name=campaign_id]",
            run: "click",
        },
        {
            trigger: ".o_sales_lead_report button[name=campaign_id].active",
        },
        {
            trigger: ".o_sales_lead_report tr:contains(Not known)",
        },
        {
            trigger: ".o_sales_lead_report button[name=costs]",
            run: "click",
        },
        {
            trigger: ".o_list_view .o_data_row:contains(Test Cost)",
        },
    ],
});

registry.category("web_tour.tours").add("sales_lead_priority", {
    steps: () => [
        {
            content: "The lead is of class A",
            trigger: ".o_data_row:contains(Test Lead) [name=sales_class]:contains(A)",
        },
        {
            trigger: ".o_data_row:contains(Test Lead) [name=name]",
            run: "click",
        },
        {
            trigger: ".o_notebook .nav-link:contains(Potential and Competitors)",
            run: "click",
        },
        {
            content: "It says why",
            trigger:
                ".o_field_widget[name=sales_point_ids] .o_data_row:contains(Talked to us at a fair):contains(70)",
        },
    ],
});
