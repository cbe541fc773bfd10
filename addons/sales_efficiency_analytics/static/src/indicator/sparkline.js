import {Component} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";

const WIDTH = 120;
const HEIGHT = 32;
const MARGIN = 3;

/** A small line without axes: the course of a figure. Missing values are gaps. */
export class Sparkline extends Component {
    static template = "sales_efficiency_analytics.Sparkline";
    static props = {values: Array, labels: Array, format: Function};

    get size() {
        return {width: WIDTH, height: HEIGHT};
    }

    get points() {
        const {values} = this.props;
        const known = values.filter((value) => value !== null);
        const low = Math.min(...known);
        const height = Math.max(...known) - low;
        const step = (WIDTH - 2 * MARGIN) / Math.max(values.length - 1, 1);
        return values.map((value, place) => {
            if (value === null) {
                return null;
            }
            const share = height ? (value - low) / height : 0.5;
            return {
                x: MARGIN + place * step,
                y: HEIGHT - MARGIN - share * (HEIGHT - 2 * MARGIN),
            };
        });
    }

    /** The points of each line: a gap starts a new one. */
    get lines() {
        const lines = [[]];
        for (const point of this.points) {
            if (point) {
                lines.at(-1).push(`${point.x.toFixed(1)},${point.y.toFixed(1)}`);
            } else if (lines.at(-1).length) {
                lines.push([]);
            }
        }
        return lines.filter((line) => line.length).map((line) => line.join(" "));
    }

    get last() {
        return this.points.findLast((point) => point);
    }

    get title() {
        const {values, labels, format} = this.props;
        const first = values.findIndex((value) => value !== null);
        const last = values.findLastIndex((value) => value !== null);
        return _t("%(start)s: %(first)s; %(end)s: %(last)s", {
            start: labels[first],
            first: format(values[first]),
            end: labels[last],
            last: format(values[last]),
        });
    }
}
