import {Component, onWillStart, useRef, useState} from "@odoo/owl";
import {KeepLast} from "@web/core/utils/concurrency";
import {Layout} from "@web/search/layout";
import {sectionKinds} from "./section";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";
import {useService} from "@web/core/utils/hooks";
import {useSetupAction} from "@web/search/action_hook";

/** A page of sections; a subclass names the `model` that describes them. */
export class SectionPage extends Component {
    static template = "sales_efficiency_team.SectionPage";
    static components = {Layout};
    static props = {...standardActionServiceProps};
    static model = "";

    setup() {
        this.orm = useService("orm");
        this.keepLast = new KeepLast();
        this.display = {controlPanel: {}};
        // What the user has chosen: arguments of `get_data`
        this.choice = {...this.props.globalState?.choice};
        this.state = useState({data: null, error: "", isLoading: false});
        useSetupAction({
            rootRef: useRef("root"),
            getGlobalState: () => ({choice: this.choice}),
        });
        onWillStart(() => this.load());
    }

    get data() {
        return this.state.data;
    }

    getComponent({kind}) {
        return sectionKinds.get(kind);
    }

    async load() {
        this.state.isLoading = true;
        this.state.error = "";
        try {
            this.state.data = await this.keepLast.add(
                this.orm.call(this.constructor.model, "get_data", [], this.choice)
            );
        } catch (error) {
            this.state.error = error.data?.message || error.message;
        }
        this.state.isLoading = false;
    }

    choose(key, value) {
        this.choice[key] = Number(value) || false;
        return this.load();
    }
}
