import { groupOf, labelOf } from './budgets.mjs'
import { PARTS } from './parts.mjs'

// Draws the ratios of all servers as bars: the first line of Node.js as bars, and every line as a number.

const PADDING = 20
/** The width of a wide character. It is larger than the average, so that fonts of other systems do not cut a label. */
const CHARACTER = 7.5
const BARS_WIDTH = 400
const NUMBER_WIDTH = 85
const ROW = 20
const GROUP_GAP = 34
const HEADER = 92
/** Longer bars end with an arrow, so that differences between short bars remain visible. */
const LONGEST_RATIO = 6

const STYLE = `
  svg { --page: #ffffff; --text: #1f2328; --quiet: #59636e; --grid: #d1d9e0;
        --bare: #afb8c1; --probe: #6e7781; --ours: #0969da; --peer: #bc4c00; }
  @media (prefers-color-scheme: dark) {
    svg { --page: #0d1117; --text: #e6edf3; --quiet: #9198a1; --grid: #30363d;
          --bare: #484f58; --probe: #8b949e; --ours: #4493f8; --peer: #db6d28; }
  }
  text { font: 13px system-ui, "Segoe UI", Helvetica, Arial, sans-serif; fill: var(--text); }
  .title { font-size: 17px; font-weight: 600; }
  .group { font-weight: 600; }
  .quiet { fill: var(--quiet); }
  .number { text-anchor: end; font-variant-numeric: tabular-nums; }
  .page { fill: var(--page); }
  .grid { stroke: var(--grid); }
  .one { stroke: var(--quiet); stroke-dasharray: 3 3; }
  .bare { fill: var(--bare); } .probe { fill: var(--probe); }
  .ours { fill: var(--ours); } .peer { fill: var(--peer); }`

const ROLES = [
  ['bare', 'bare server'],
  ['probe', 'probe: the leanest guard by hand'],
  ['ours', 'identity-web'],
  ['peer', 'other libraries'],
]

/**
 * Draws the chart.
 *
 * @param results - The stored results, one for each line of Node.js.
 * @returns The text of an SVG file.
 */
export function drawChart(results) {
  const groups = groupRows(results)
  const labels = groups.flatMap(([, rows]) => rows.map(({ label }) => label.length))
  const from = PADDING + CHARACTER * Math.max(40, ...labels)
  const bars = { from, to: from + BARS_WIDTH }
  const width = numberX(bars.to, results.length - 1) + PADDING
  const drawn = []
  let y = HEADER
  for (const [group, rows] of groups) {
    y += GROUP_GAP
    drawn.push(text(PADDING, y - 8, titleOf(group, rows), 'group'))
    for (const row of rows) {
      drawn.push(...drawRow(row, y, bars))
      y += ROW
    }
  }
  const height = y + PADDING
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-labelledby="title">`,
    `<title id="title">Server CPU time of a guarded request, relative to a bare server</title>`,
    `<style>${STYLE}</style>`,
    `<rect class="page" width="${width}" height="${height}"/>`,
    ...drawHead(results, bars),
    ...drawGrid(bars, height - PADDING),
    ...drawn,
    '</svg>\n',
  ].join('\n')
}

/** Returns the rows of each group, each with the ratios by the line of Node.js. */
function groupRows(results) {
  const groups = new Map()
  for (const { name } of PARTS.filter(({ isCharted }) => isCharted)) {
    for (const [line, { parts }] of results.entries()) {
      for (const { what, ratio } of parts[name]?.rows ?? []) {
        // A ratio over another library has another base than its group.
        if (ratio === undefined || labelOf(what).includes(' over ')) continue
        const rows = groups.get(groupOf(what)) ?? new Map()
        groups.set(groupOf(what), rows)
        const ratios = rows.get(labelOf(what)) ?? []
        rows.set(labelOf(what), ratios)
        ratios[line] = ratio.median
      }
    }
  }
  return [...groups].map(([group, rows]) => [
    group,
    [...rows].map(([label, ratios]) => ({ label, ratios })),
  ])
}

function drawHead(results, { to }) {
  const legend = ROLES.flatMap(([role, label], index) => {
    const x = PADDING + [0, 120, 375, 505][index]
    return [
      `<rect class="${role}" x="${x}" y="58" width="12" height="12"/>`,
      text(x + 18, 69, label),
    ]
  })
  return [
    text(PADDING, 34, 'Server CPU time per request, relative to a bare server', 'title'),
    ...legend,
    ...results.map(({ node }, line) =>
      text(numberX(to, line), HEADER + 2, `Node.js ${node.slice(1).split('.')[0]}`, 'number quiet'),
    ),
  ]
}

function drawGrid({ from, to }, bottom) {
  return Array.from({ length: LONGEST_RATIO + 1 }, (_, ratio) => {
    const x = round(from + ((to - from) * ratio) / LONGEST_RATIO)
    return [
      `<line class="${ratio === 1 ? 'one' : 'grid'}" x1="${x}" x2="${x}" y1="${HEADER + 8}" y2="${bottom}"/>`,
      text(x, HEADER + 2, `${ratio} ×`, 'quiet', 'middle'),
    ]
  }).flat()
}

function drawRow({ label, ratios }, y, { from, to }) {
  const ratio = ratios.find((one) => one !== undefined)
  const isLong = ratio > LONGEST_RATIO
  const end = round(from + ((to - from) * Math.min(ratio, LONGEST_RATIO)) / LONGEST_RATIO)
  const [top, bottom] = [y, y + ROW - 6]
  const shape = isLong
    ? `M${from} ${top}H${end - 8}L${end} ${(top + bottom) / 2}L${end - 8} ${bottom}H${from}Z`
    : `M${from} ${top}H${end}V${bottom}H${from}Z`
  return [
    text(from - 10, y + 11.5, label, '', 'end'),
    `<path class="${roleOf(label)}" d="${shape}"/>`,
    ...ratios.map((one, line) => text(numberX(to, line), y + 11.5, one.toFixed(2), 'number')),
  ]
}

/** Most groups are relative to a bare server. The title of another group names its base. */
function titleOf(group, rows) {
  const base = rows.find(({ ratios }) => ratios.find((one) => one !== undefined) === 1)
  if (base === undefined || roleOf(base.label) === 'bare') return group
  return `${group}, relative to ${base.label}`
}

function roleOf(label) {
  if (label.startsWith('bare')) return 'bare'
  if (/^(probe|raw verify)/.test(label)) return 'probe'
  return label.startsWith('identity-web') ? 'ours' : 'peer'
}

function numberX(barsEnd, line) {
  return barsEnd + 12 + NUMBER_WIDTH * (line + 1)
}

function text(x, y, content, className, anchor) {
  const attributes = [
    className ? ` class="${className}"` : '',
    anchor ? ` text-anchor="${anchor}"` : '',
  ].join('')
  return `<text x="${x}" y="${y}"${attributes}>${escape(content)}</text>`
}

function escape(content) {
  return content.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}

function round(value) {
  return Number(value.toFixed(1))
}
