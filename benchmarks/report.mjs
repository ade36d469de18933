const HEAD = ['row', 'median', 'ratio', 'min–max', 'budget', '']

/** Returns the rows as a Markdown table. */
export function toTable(rows) {
  const lines = [HEAD, ...rows.map(toCells)]
  const widths = HEAD.map((_, column) => Math.max(3, ...lines.map((line) => line[column].length)))
  const [head, ...body] = lines.map(
    (line) => `| ${line.map((cell, column) => cell.padEnd(widths[column])).join(' | ')} |`,
  )
  return [head, `|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`, ...body].join('\n')
}

function toCells({ what, figure, ratio, budget = '', pass }) {
  return [
    what,
    figure,
    ratio === undefined ? '' : `${ratio.median.toFixed(2)} ×`,
    ratio === undefined ? '' : `${ratio.min.toFixed(2)}–${ratio.max.toFixed(2)}`,
    budget,
    pass === undefined ? '' : pass ? 'pass' : 'FAIL',
  ]
}
