import {isAndroid, isIOS} from "@web/core/browser/feature_detection";
import {Component} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {standardFieldProps} from "@web/views/fields/standard_field_props";

/**
 * Return the address that opens a place in the phone's own map.
 *
 * @param {object} place
 * @param {number|boolean} place.latitude false if it is not known
 * @param {number|boolean} place.longitude
 * @param {string} place.address
 * @param {string} place.name
 * @returns {string}
 */
export function getMapUrl({latitude, longitude, address, name}) {
    const isKnown = latitude !== false && longitude !== false;
    const point = `${latitude},${longitude}`;
    const query = encodeURIComponent(address || name);
    if (isIOS()) {
        return isKnown
            ? `maps:?ll=${point}&q=${encodeURIComponent(name)}`
            : `maps:?q=${query}`;
    }
    if (isAndroid()) {
        return isKnown
            ? `geo:${point}?q=${point}(${encodeURIComponent(name)})`
            : `geo:0,0?q=${query}`;
    }
    return isKnown
        ? `https://www.openstreetmap.org/?mlat=${latitude}&mlon=${longitude}#map=17/${latitude}/${longitude}`
        : `https://www.openstreetmap.org/search?query=${query}`;
}

/** A place as a link to the phone's own map; nothing is sent anywhere before. */
export class MapLinkField extends Component {
    static template = "sales_efficiency_process.MapLinkField";
    static props = standardFieldProps;

    get place() {
        return this.props.record.data[this.props.name];
    }

    get url() {
        return getMapUrl(this.place);
    }
}

registry.category("fields").add("sales_map_link", {
    component: MapLinkField,
    displayName: _t("Link to the Map"),
    supportedTypes: ["json"],
});
