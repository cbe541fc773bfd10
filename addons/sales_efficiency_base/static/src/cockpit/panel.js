import {registry} from "@web/core/registry";

/**
 * The panels of the cockpit. An add-on registers under the key of its panel on the
 * server (a subclass of `Panel`) the component that shows it, and where it stands:
 *
 * - `control_panel`: above the page, beside its title
 * - `toolbar`: beside the buttons of scope and period
 * - `help`: in place of a page that has nothing to show
 * - `row`: as wide as the page
 * - `detail`, `list`: beside others of its kind
 *
 * The `sequence` puts those of one place in order.
 */
export const cockpitPanels = registry.category("sales_cockpit_panels");

cockpitPanels.addValidation({
    component: Function,
    place: {
        validate: (place) =>
            ["control_panel", "toolbar", "help", "row", "detail", "list"].includes(
                place
            ),
    },
});

/** The props of each component of a panel. */
export const cockpitPanelProps = {
    // What the panel on the server says
    data: true,
    // What is chosen, and what can be: scope, period, ...
    choice: Object,
    // Chooses something else, by the arguments of `get_data`
    choose: Function,
    reload: Function,
    // What the panel wants to find again when the user comes back
    memory: Object,
};
