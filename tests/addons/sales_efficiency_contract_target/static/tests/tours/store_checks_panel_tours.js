import {registry} from "@web/core/registry";

registry.category("web_tour.tours").add("sales_store_checks_panel_beside_targets", {
    steps: () => [
        {
            timeout: 30000,
            trigger:
                ".o_sales_cockpit:has(.o_sales_cockpit_gauge) section[name=store_checks]:contains(1)",
        },
    ],
});
