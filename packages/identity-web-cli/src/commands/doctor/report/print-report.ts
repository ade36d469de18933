import type { Output } from '../../../output/output.js'
import { countResults, type NamedFinding } from './finding.js'

/** The findings of all checks, and what was checked. */
export interface Report {
  /** One line for people about the settings that were checked. */
  readonly subject: string
  readonly findings: readonly NamedFinding[]
}

/** Prints a report for people: the result, the check, what was found, and the change in the next line. */
export function printReport({ subject, findings }: Report, output: Output): void {
  const width = Math.max(...findings.map(({ check }) => check.length)) + 2
  const indent = ' '.repeat(RESULT_WIDTH + width)
  output.print(subject)
  output.print('')
  for (const { check, result, found, change } of findings) {
    const start = `${result.padEnd(RESULT_WIDTH)}${check.padEnd(width)}`
    output.print(start + found.replaceAll('\n', `\n${indent}`))
    if (change !== undefined) output.print(`${indent}Change: ${change}`)
  }
  output.print('')
  output.print(summaryOf(findings))
}

/** Prints a report for programs. */
export function printJson({ findings }: Report, output: Output): void {
  output.print(JSON.stringify({ summary: countResults(findings), findings }, undefined, 2))
}

function summaryOf(findings: readonly NamedFinding[]): string {
  const { ok, warning, error, skipped } = countResults(findings)
  return `${plural(error, 'error')}, ${plural(warning, 'warning')}, ${ok} ok, ${skipped} skipped`
}

const plural = (count: number, name: string): string => `${count} ${name}${count === 1 ? '' : 's'}`

const RESULT_WIDTH = 9
