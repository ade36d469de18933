import type { MemoryUse } from './memory.ts'
import type { Phase, Records, Violation } from './records.ts'

const COLUMNS = [
  'fault',
  'start',
  'duration',
  'requests',
  '200',
  '302',
  '401',
  '503',
  'other',
  'recovery',
  'signed out',
  'wrong users',
  'open doors',
  'lost sign-outs',
]

/** Writes the table of faults in Markdown. */
export function formatReport(
  records: Records,
  { memory, conditions }: { readonly memory: readonly MemoryUse[]; readonly conditions: string },
): string {
  const rows = records.phases.map(toRow)
  const lines = [
    conditions,
    '',
    ...table(COLUMNS, [...rows, totalRow(records.phases)]),
    '',
    ...table(
      ['process', 'heap in the second quarter', 'heap in the last quarter', 'growth', 'bound'],
      memory.map(({ process, second, last, bound }) => [
        process,
        megabytes(second),
        megabytes(last),
        megabytes(last - second),
        megabytes(bound),
      ]),
    ),
  ]
  return `${lines.join('\n')}\n`
}

function toRow(phase: Phase): string[] {
  const { fault, startedAt, endedAt, lastTrouble } = phase
  const recovery = Math.max(0, (lastTrouble ?? 0) - (endedAt ?? 0))
  return [
    fault,
    clock(startedAt),
    endedAt === undefined || endedAt - startedAt < 0.05 ? '–' : seconds(endedAt - startedAt),
    ...counts([phase]),
    seconds(recovery),
    ...violations([phase]),
  ]
}

function totalRow(phases: readonly Phase[]): string[] {
  return ['**total**', '', '', ...counts(phases), '', ...violations(phases)]
}

function counts(phases: readonly Phase[]): string[] {
  const sum = (of: (phase: Phase) => number): string =>
    String(phases.reduce((total, phase) => total + of(phase), 0))
  const others = [...new Set(phases.flatMap((phase) => [...phase.others]))].toSorted(
    (one, other) => one - other,
  )
  const other = sum(({ statuses }) => statuses.other)
  return [
    sum(({ requests }) => requests),
    ...(['200', '302', '401', '503'] as const).map((group) =>
      sum(({ statuses }) => statuses[group]),
    ),
    others.length === 0 ? other : `${other} (${others.join(', ')})`,
  ]
}

function violations(phases: readonly Phase[]): string[] {
  const sum = (of: (phase: Phase) => number): string =>
    String(phases.reduce((total, phase) => total + of(phase), 0))
  const kinds: readonly Violation[] = ['wrong user', 'open door', 'lost sign-out']
  return [
    sum(({ lostSessions }) => lostSessions),
    ...kinds.map((kind) => sum((phase) => phase.violations[kind])),
  ]
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const widths = head.map((cell, index) =>
    Math.max(cell.length, ...rows.map((row) => row[index]?.length ?? 0)),
  )
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, index) => cell.padEnd(widths[index] ?? 0)).join(' | ')} |`
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)]
}

function seconds(value: number): string {
  return `${value.toFixed(1)} s`
}

function clock(value: number): string {
  const rest = String(Math.floor(value % 60)).padStart(2, '0')
  return `${Math.floor(value / 60)}:${rest}`
}

function megabytes(bytes: number): string {
  return `${(bytes / 1_000_000).toFixed(1)} MB`
}
