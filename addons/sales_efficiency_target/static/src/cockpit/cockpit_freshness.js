import {CockpitFreshness} from "@sales_efficiency_base/cockpit/cockpit_freshness";
import {_t} from "@web/core/l10n/translation";
import {cockpitPanels} from "@sales_efficiency_base/cockpit/panel";

/** Age of the results. */
export class CockpitResultFreshness extends CockpitFreshness {
    get waiting() {
        const isMeasuring = this.props.data.is_measuring;
        return super.waiting || (isMeasuring ? _t("Being measured") : "");
    }
}

cockpitPanels.add(
    "freshness",
    {component: CockpitResultFreshness, place: "control_panel"},
    {force: true}
);
