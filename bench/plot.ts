export interface Curve {
  readonly what: string;
  readonly points: readonly (readonly [x: number, y: number])[];
}

interface Axes {
  readonly x: string;
  readonly y: string;
  /** The y axis goes at least so far. */
  readonly most: number;
}

const WIDTH = 720;
const HEIGHT = 320;
const MARGIN = { left: 56, right: 16, top: 34, bottom: 44 };
const COLOURS = ['#0b6e99', '#b3541e'];
const LINES = 4;

/** Curves from zero, as an SVG that reads on a light and on a dark page. */
export function plot(curves: readonly Curve[], axes: Axes): string {
  const all = curves.flatMap(({ points }) => points);
  const far = Math.max(1, ...all.map(([x]) => x));
  const high = Math.max(axes.most, ...all.map(([, y]) => y));
  const across = (x: number): string => (MARGIN.left + (x / far) * (WIDTH - MARGIN.left - MARGIN.right)).toFixed(1);
  const up = (y: number): string =>
    (HEIGHT - MARGIN.bottom - (y / high) * (HEIGHT - MARGIN.top - MARGIN.bottom)).toFixed(1);
  const steps = Array.from({ length: LINES + 1 }, (_, i) => i / LINES);
  const text = (words: string, place: string): string => `<text ${place}>${words}</text>`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="sans-serif" font-size="12" fill="#333">`,
    `<rect width="${WIDTH}" height="${HEIGHT}" fill="#fff"/>`,
    ...steps.map((step) => {
      const y = up(step * high);
      const line = `<line x1="${MARGIN.left}" x2="${WIDTH - MARGIN.right}" y1="${y}" y2="${y}" stroke="#ddd"/>`;
      return line + text(String(Math.round(step * high)), `x="${MARGIN.left - 8}" y="${y}" dy="4" text-anchor="end"`);
    }),
    ...steps.map((step) =>
      text(String(Math.round(step * far)), `x="${across(step * far)}" y="${HEIGHT - 24}" text-anchor="middle"`),
    ),
    text(axes.x, `x="${WIDTH / 2}" y="${HEIGHT - 6}" text-anchor="middle"`),
    text(axes.y, `x="${MARGIN.left}" y="20"`),
    ...curves.flatMap(({ what, points }, i) => {
      const colour = COLOURS[i % COLOURS.length] ?? '';
      const line = points.map(([x, y]) => `${across(x)},${up(y)}`).join(' ');
      return [
        `<polyline points="${line}" fill="none" stroke="${colour}" stroke-width="2"/>`,
        text(what, `x="${WIDTH - MARGIN.right}" y="${20 + i * 16}" text-anchor="end" fill="${colour}"`),
      ];
    }),
    '</svg>\n',
  ].join('\n');
}
