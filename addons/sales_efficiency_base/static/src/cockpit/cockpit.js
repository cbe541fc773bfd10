import {Component, onWillStart, useRef, useState} from "@odoo/owl";
import {cockpitPanels} from "./panel";
import {KeepLast} from "@web/core/utils/concurrency";
import {Layout} from "@web/search/layout";
import {registry} from "@web/core/registry";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";
import {useService} from "@web/core/utils/hooks";
import {useSetupAction} from "@web/search/action_hook";

/** One page of panels about a scope and a period, see `panel.js`. */
export class SalesCockpit extends Component {
    static template = "sales_efficiency_base.SalesCockpit";
    static components = {Layout};
    static props = {...standardActionServiceProps};

    setup() {
        this.orm = useService("orm");
        this.keepLast = new KeepLast();
        this.display = {controlPanel: {}};
        const {choice, memory} = this.props.globalState || {};
        // Selection of the user: arguments of `get_data`
        this.choice = {...choice};
        // State to restore, by panel key
        this.memory = {...memory};
        this.state = useState({data: null, error: "", isLoading: false});
        const globalState = {choice: this.choice, memory: this.memory};
        // Kept in the history of the browser, for its back button ...
        useSetupAction({
            rootRef: useRef("root"),
            getGlobalState: () => globalState,
        });
        // ... and in the breadcrumbs of a page that this button has opened
        this.props.updateActionState?.({globalState});
        onWillStart(() => this.load());
    }

    get data() {
        return this.state.data;
    }

    get hasPage() {
        return ["row", "detail", "list"].some((place) => this.getPanels(place).length);
    }

    /** The visible panels of a place, in order */
    getPanels(place) {
        return cockpitPanels
            .getEntries()
            .filter(([key, panel]) => panel.place === place && key in this.data.panels)
            .map(([key, {component}]) => ({
                key,
                component,
                props: {
                    data: this.data.panels[key],
                    choice: this.data,
                    choose: (choice) => this.choose(choice),
                    reload: () => this.load(),
                    memory: this.remember(key),
                },
            }));
    }

    remember(key) {
        this.memory[key] = this.memory[key] || {};
        return this.memory[key];
    }

    /** Return the content; pages that offer the same choices have their own. */
    fetch() {
        return this.orm.call("sales.cockpit", "get_data", [], this.choice);
    }

    async load() {
        this.state.isLoading = true;
        this.state.error = "";
        try {
            this.state.data = await this.keepLast.add(this.fetch());
        } catch (error) {
            this.state.error = error.data?.message || error.message;
        }
        this.state.isLoading = false;
    }

    choose(choice) {
        Object.assign(this.choice, choice);
        return this.load();
    }

    choosePeriod(period) {
        return this.choose({period, date_from: null});
    }
}

registry.category("actions").add("sales_efficiency_base.cockpit", SalesCockpit);
