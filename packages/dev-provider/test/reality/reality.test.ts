import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test as base } from '../support/graph.js'
import { compare } from '../../../identity-web-cli/src/reality/compare.js'
import {
  OPEN_RESPONSES,
  readDescriptions,
} from '../../../identity-web-cli/src/reality/descriptions.js'
import { causes, providerOptions } from './causes.js'
import results from './results.json' with { type: 'json' }

/** How many answers have the same form at least. It never falls. */
const LEAST_SAME = 75

/** A result that is not `same`. Without `differs`, the test does not send the request. */
interface Result {
  readonly result: 'different' | 'not-played' | 'old'
  readonly reason: string
  readonly differs?: readonly string[]
}

const folder = new URL('.', import.meta.url)
const files = readdirSync(folder)
  .filter((name) => name.endsWith('.json') && name !== 'results.json')
  .map((name) => new URL(name, folder))
  .concat(OPEN_RESPONSES)
const descriptions = new Map(files.flatMap(readDescriptions).map((entry) => [entry.id, entry]))
const exceptions = new Map(Object.entries(results as Readonly<Record<string, Result>>))
const played = [...descriptions.values()].filter(({ id }) => isPlayed(exceptions.get(id)))

const test = base.extend('providerOptions', providerOptions)

describe('the provider answers as Microsoft did', () => {
  test.for(played)('$id', async ({ id, ...rest }, { provider, clock, call }) => {
    const cause = causes[rest.cause]
    expect(cause, `${rest.cause} has no request`).toBeDefined()
    const answer = await cause!({ provider, clock, call })
    const differences = compare({ id, ...rest }, answer)
    const expected = exceptions.get(id)?.differs ?? []
    const message = `${toText(differences)}\n${JSON.stringify(answer.members)}`
    expect(toText(differences), message).toBe(toText(expected))
  })
})

test('each result belongs to a description, and each request to an answer', () => {
  expect([...exceptions.keys()].filter((id) => !descriptions.has(id))).toEqual([])
  const used = new Set(played.map(({ cause }) => cause))
  expect(Object.keys(causes).filter((cause) => !used.has(cause))).toEqual([])
})

test('the number of answers with the same form does not fall', () => {
  expect(descriptions.size - exceptions.size).toBeGreaterThanOrEqual(LEAST_SAME)
})

test('a description has a date, a source and at most 20 kB for its service', () => {
  for (const file of files) expect(readFileSync(file).length).toBeLessThan(20_480)
  for (const { id, date, kind, source } of descriptions.values()) {
    expect(date, id).toMatch(/^\d{4}(-\d\d){0,2}( to \d{4}-\d\d-\d\d)?$|^undated$/)
    expect(kind, id).toMatch(/^(recorded|recorded \(constant\)|pasted|documented)$/)
    expect(source, id).not.toBe('')
  }
})

function isPlayed(exception: Result | undefined): boolean {
  return exception === undefined || exception.differs !== undefined
}

function toText(differences: readonly string[]): string {
  return differences.toSorted().join('\n')
}
