import type { SummaryCard } from '../../domain/cards/summary-card';
import { count, plainName, plainTime } from './words';

/** The summary drawn as SVG: deliveries over time, and answers. Pure; turned into PNG by slack/picture.ts. */

const WIDTH = 960;
const HEIGHT = 420;
const CHART = { left: 70, right: 560, top: 90, bottom: 350 };
const BARS = { left: 640, right: 930, top: 90 };
const MOST_BARS = 8;
const INK = '#1d2b36';
const GREY = '#5f6f7a';
const GREEN = '#0b6e6e';
const ORANGE = '#c2571a';
const RED = '#b3261e';

export const summarySvg = (card: SummaryCard): string =>
  [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}" font-family="DejaVu Sans">`,
    `<rect width="${WIDTH}" height="${HEIGHT}" fill="#ffffff"/>`,
    words([30, 40], plainName(card.templateName, 50), { size: 22 }),
    ...deliveries(card),
    ...answers(card),
    '</svg>',
  ].join('');

const deliveries = (card: SummaryCard): string[] => {
  const { left, right, top, bottom } = CHART;
  let sum = 0;
  const cumulated = card.delivered.map((some) => (sum += some));
  const most = Math.max(1, card.recipients);
  const x = (step: number): number => left + ((right - left) * step) / Math.max(1, cumulated.length);
  const y = (value: number): number => bottom - ((bottom - top) * Math.min(value, most)) / most;
  const points = [0, ...cumulated].map((value, step) => `${x(step).toFixed(1)},${y(value).toFixed(1)}`).join(' ');
  return [
    words([left, 74], `${count(card.counts.delivered)} of ${count(card.recipients)} delivered`, {
      size: 15,
      color: GREY,
    }),
    `<line x1="${left}" y1="${bottom}" x2="${right}" y2="${bottom}" stroke="${GREY}"/>`,
    `<line x1="${left}" y1="${top}" x2="${right}" y2="${top}" stroke="#d5dde2" stroke-dasharray="4 4"/>`,
    `<polygon points="${left},${bottom} ${points} ${right},${bottom}" fill="${GREEN}" fill-opacity="0.15"/>`,
    `<polyline points="${points}" fill="none" stroke="${GREEN}" stroke-width="3"/>`,
    words([left - 8, bottom + 5], '0', { size: 12, color: GREY, anchor: 'end' }),
    words([left - 8, top + 5], count(card.recipients), { size: 12, color: GREY, anchor: 'end' }),
    words([left, bottom + 24], plainTime(card.from, card.timeZone), { size: 12, color: GREY }),
    words([right, bottom + 44], plainTime(card.to, card.timeZone), { size: 12, color: GREY, anchor: 'end' }),
  ];
};

const answers = (card: SummaryCard): string[] => {
  const failed = card.counts.failed + card.counts.undelivered;
  const all = [
    ...(card.urgent > 0 ? [{ label: 'urgent', some: card.urgent, color: RED }] : []),
    ...card.answers.slice(0, MOST_BARS - 4).map(({ label, count: some }) => ({ label, some, color: GREEN })),
    { label: 'unexpected', some: card.unexpected, color: ORANGE },
    { label: 'opted out', some: card.optOuts, color: ORANGE },
    { label: 'failed', some: failed, color: ORANGE },
  ];
  const most = Math.max(1, ...all.map(({ some }) => some));
  const { left, right, top } = BARS;
  return [
    words([left, 74], 'Answers and troubles', { size: 15, color: GREY }),
    ...all.flatMap(({ label, some, color }, index) => {
      const at = top + index * 34;
      const length = Math.max(1, ((right - left) * some) / most);
      return [
        words([left, at + 12], `${count(some)} ${plainName(label, 28)}`, { size: 12 }),
        `<rect x="${left}" y="${at + 17}" width="${length.toFixed(1)}" height="8" rx="2" fill="${color}"/>`,
      ];
    }),
  ];
};

interface Style {
  readonly size: number;
  readonly color?: string;
  readonly anchor?: 'start' | 'end';
}

const words = (
  [x, y]: readonly [number, number],
  text: string,
  { size, color = INK, anchor = 'start' }: Style,
): string =>
  `<text x="${x}" y="${y}" font-size="${size}" fill="${color}" text-anchor="${anchor}">${escapeXml(text)}</text>`;

const escapeXml = (text: string): string =>
  text
    // XML takes no control characters.
    .replace(/\p{Cc}/gu, ' ')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;');
