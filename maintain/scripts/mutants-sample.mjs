// Plugins of Stryker for mutants.mjs.
import { createHash } from 'node:crypto'

const { MUTANT_SAMPLE = '{}' } = process.env

/** Whether a mutant is in the sample. A seed chooses the same mutants again, and a larger percentage adds to them. */
export function isInSample({ path, location, mutatorName, replacement }, { percent, seed }) {
  const { start, end } = location
  const place = [start.line, start.column, end.line, end.column].join(':')
  const key = [seed, path, place, mutatorName, replacement].join('\n')
  const number = createHash('sha256').update(key).digest().readUInt32BE()
  return number < (Number(percent) / 100) * 2 ** 32
}

class SampleChecker {
  async init() {}

  async check(mutants) {
    return Object.fromEntries(
      mutants.map((mutant) => {
        const path = mutant.fileName.replace(/^.*(?=packages\/)/, '')
        const place = moveToOne(mutant.location)
        const isChosen = isInSample({ ...mutant, path, location: place }, JSON.parse(MUTANT_SAMPLE))
        return [mutant.id, isChosen ? { status: 'passed' } : { status: 'compileError', reason: '' }]
      }),
    )
  }
}

/** Counts lines and columns from one, as the report does. */
function moveToOne({ start, end }) {
  const move = ({ line, column }) => ({ line: line + 1, column: column + 1 })
  return { start: move(start), end: move(end) }
}

/** Ignores strings with two words. They are messages, and a changed message is not a gap. */
const messages = {
  shouldIgnore(path) {
    const text = path.isStringLiteral()
      ? path.node.value
      : path.isTemplateLiteral()
        ? path.node.quasis.map(({ value }) => value.raw).join('x')
        : ''
    return /[a-z] [a-z]/i.test(text) ? 'message' : undefined
  },
}

/** Prints each result at once, so that you can stop a long run. A kill by a timeout can be the fault of a busy machine. */
class ResultReporter {
  tested = 0

  onMutantTested({ status, statusReason, fileName, location: { start }, replacement }) {
    if (['CompileError', 'Ignored', 'NoCoverage'].includes(status)) return
    const file = fileName.replace(/^.*(?=packages\/)/, '')
    const because = String(statusReason ?? '')
      .split('\n')[0]
      .slice(0, 100)
    const change = `${file}:${start.line}:${start.column} → ${replacement}`.replaceAll(/\s+/g, ' ')
    console.log(`${++this.tested} ${status}: ${change.slice(0, 200)} ${because}`)
  }
}

export const strykerPlugins = [
  { kind: 'Reporter', name: 'results', injectableClass: ResultReporter },
  { kind: 'Checker', name: 'sample', injectableClass: SampleChecker },
  { kind: 'Ignore', name: 'messages', value: messages },
]
