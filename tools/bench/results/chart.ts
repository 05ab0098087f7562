// Draws the bar chart of a run as SVG. Each panel has its own scale from 0, a bar and a figure for
// each server, and a thin line from the smallest to the largest round. The chart follows the
// reader's light or dark mode, and has its own background because a README may have either. Node.js
// alone is omitted: beside it, all others would look alike.

import { nodeAlone } from '../servers/contenders.ts';
import type { Machine } from '../runner/machine.ts';
import type { Measured } from '../runner/rounds.ts';
import { valuesOf } from './report.ts';
import { median, spread } from '../../statistics.ts';

interface Panel {
  readonly title: string;
  readonly subtitle: string;
  readonly scenario: string;
  readonly metric: string;
  /** The end of the rows' names, after the server's name. */
  readonly suffix: string;
}

interface Bar {
  readonly label: string;
  readonly value: number;
  readonly least: number;
  readonly most: number;
}

const more = 'more is better';
const panels: readonly Panel[] = [
  {
    title: 'Public content',
    subtitle: `requests a second, ${more}`,
    scenario: 'getPublicContent',
    metric: 'perSecond',
    suffix: '',
  },
  {
    title: 'Admin content',
    subtitle: `requests a second, ${more}`,
    scenario: 'getAdminContent',
    metric: 'perSecond',
    suffix: '',
  },
  {
    title: 'Sign-in',
    subtitle: `sign-ins a second, ${more}`,
    scenario: 'signIn',
    metric: 'perSecond',
    suffix: '',
  },
  {
    title: 'Admin content while 8 connections sign in',
    subtitle: 'milliseconds that 99 in 100 reads stay below, less is better',
    scenario: 'storm',
    metric: 'p99',
    suffix: ', getAdminContent, in the storm',
  },
];

/** Pixels. */
const size = {
  width: 920,
  panel: 440,
  margin: 20,
  row: 26,
  label: 176,
  value: 76,
  head: 58,
  foot: 34,
} as const;

const fonts = "system-ui, -apple-system, 'Segoe UI', Helvetica, Arial, sans-serif";
const style = `
  text { font: 13px ${fonts}; fill: #1f2328 }
  .title { font-size: 15px; font-weight: 600 }
  .note { font-size: 12px; fill: #59636e }
  .ground { fill: #ffffff; stroke: #d1d9e0 }
  .bar { fill: #8c959f }
  .ours { fill: #0969da }
  .axis, .range { stroke: #1f2328; stroke-width: 1 }
  .axis { stroke: #d1d9e0 }
  @media (prefers-color-scheme: dark) {
    text { fill: #f0f6fc }
    .note { fill: #9198a1 }
    .ground { fill: #0d1117; stroke: #3d444d }
    .bar { fill: #656c76 }
    .ours { fill: #4493f8 }
    .range { stroke: #f0f6fc }
    .axis { stroke: #3d444d }
  }`;

export function drawChart(measured: readonly Measured[], machine: Machine, date: string): string {
  const drawn = panels
    .map((panel) => ({ panel, bars: barsOf(panel, measured) }))
    .filter(({ bars }) => bars.length > 0);
  let y = size.margin;
  const parts: string[] = [];
  for (let index = 0; index < drawn.length; index += 2) {
    const pair = drawn.slice(index, index + 2);
    parts.push(
      ...pair.map(({ panel, bars }, column) =>
        drawPanel(panel, bars, size.margin + column * size.panel, y),
      ),
    );
    y += size.head + size.row * Math.max(...pair.map(({ bars }) => bars.length)) + size.margin;
  }
  const height = y + size.foot;
  const note =
    'Medians of the rounds; the thin line goes from the slowest round to the fastest. ' +
    `${machine.processor}, ${machine.cores} cores, ` +
    `Node.js ${machine.versions['node'] ?? ''}, ${date}.`;
  const box = `viewBox="0 0 ${size.width} ${height}" width="${size.width}" height="${height}"`;
  return `<svg xmlns="http://www.w3.org/2000/svg" ${box} role="img" aria-labelledby="title">
<title id="title">Rolegate and others, measured in the same run</title>
<style>${style}
</style>
<rect class="ground" x="0.5" y="0.5" width="${size.width - 1}" height="${height - 1}" rx="6"/>
${parts.join('\n')}
${text(size.margin, height - size.margin, note, 'note')}
</svg>
`;
}

function barsOf({ scenario, metric, suffix }: Panel, measured: readonly Measured[]): Bar[] {
  const rounds = measured.find(({ name }) => name === scenario)?.rounds ?? [];
  const rows = Object.keys(rounds[0] ?? {}).filter(
    (row) => row.endsWith(suffix) && row !== nodeAlone,
  );
  return rows.flatMap((row) => {
    const values = valuesOf(rounds, row, { metric });
    if (values.length === 0) return [];
    const [least, most] = spread(values);
    return [
      { label: row.slice(0, row.length - suffix.length), value: median(values), least, most },
    ];
  });
}

function drawPanel({ title, subtitle }: Panel, bars: readonly Bar[], x: number, y: number): string {
  const left = x + size.label;
  const scale =
    (size.panel - size.margin - size.label - size.value) /
    Math.max(...bars.map(({ most }) => most));
  const top = y + size.head - 14;
  const rows = bars.map(({ label, value, least, most }, index) => {
    const rowTop = top + index * size.row;
    const middle = rowTop + size.row / 2;
    const end = left + most * scale;
    return [
      text(left - 8, middle + 4, label, '', 'end'),
      `<rect class="bar${label === 'rolegate' ? ' ours' : ''}" x="${left}" y="${rowTop + 4}" ` +
        `width="${Math.max(1, round(value * scale))}" height="${size.row - 8}"/>`,
      line('range', [round(left + least * scale), round(end)], [middle, middle]),
      text(round(Math.max(end, left + value * scale)) + 6, middle + 4, format(value)),
    ].join('\n');
  });
  return [
    text(x, y + 16, title, 'title'),
    text(x, y + 34, subtitle, 'note'),
    ...rows,
    line('axis', [left, left], [top, top + bars.length * size.row]),
  ].join('\n');
}

function text(
  x: number,
  y: number,
  content: string,
  kind = '',
  anchor: 'start' | 'end' = 'start',
): string {
  const escaped = content.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  const attributes = `${kind && ` class="${kind}"`}${anchor === 'end' ? ' text-anchor="end"' : ''}`;
  return `<text x="${x}" y="${y}"${attributes}>${escaped}</text>`;
}

type Ends = readonly [start: number, end: number];

function line(kind: string, [x1, x2]: Ends, [y1, y2]: Ends): string {
  return `<line class="${kind}" x1="${x1}" x2="${x2}" y1="${y1}" y2="${y2}"/>`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

/** `12,345`, `11.0` */
function format(value: number): string {
  return value < 100 ? value.toFixed(1) : Math.round(value).toLocaleString('en');
}
