import {registry} from "@web/core/registry";

/**
 * The panels of the cockpit. An add-on registers the component and the place of a panel
 * under the key of its server-side class (a subclass of `Panel`). Places are:
 *
 * - `control_panel`: above the page, beside its title
 * - `toolbar`: beside the buttons for scope and period
 * - `start`: above everything else of the page
 * - `help`: in place of a page without content
 * - `row`: full width of the page
 * - `detail`, `list`: beside other panels of the same place
 *
 * The `sequence` orders the panels of a place.
 */
export const cockpitPanels = registry.category("sales_cockpit_panels");

cockpitPanels.addValidation({
    component: Function,
    place: {
        validate: (place) =>
            [
                "control_panel",
                "start",
                "toolbar",
                "help",
                "row",
                "detail",
                "list",
            ].includes(place),
    },
});

/** Props of every panel component. */
export const cockpitPanelProps = {
    // Data of the server-side panel
    data: true,
    // Selected and available scope, period, ...
    choice: Object,
    // Changes the selection; takes arguments of `get_data`
    choose: Function,
    reload: Function,
    // State of the panel to restore when the user returns
    memory: Object,
};
