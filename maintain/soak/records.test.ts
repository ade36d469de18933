import { expect, test } from 'vitest'
import type { BrowserResponse } from '../../packages/identity-web/test/support/browser.ts'
import { counted, createRecords, type Phase, type Records } from './records.ts'

// The soak is only worth something if it notices that something is wrong.

const FLUSH = { name: 'flush', losesData: true }
const FREEZE = { name: 'freeze', losesData: false }

function response(status: number, headers: Record<string, string> = {}): BrowserResponse {
  return { status, headers, location: undefined, setCookies: [], text: '', json: () => ({}) }
}

async function send(records: Records, answer: BrowserResponse): Promise<Phase> {
  const phase = records.begin(FREEZE)
  await counted(records, '/', () => Promise.resolve(answer))
  return phase
}

test.for([
  ['200', response(200)],
  ['302', response(303)],
  ['401', response(401)],
  ['503', response(503, { 'retry-after': '2' })],
  ['other', response(429)],
] as const)('allows and counts the status %s', async ([group, answer]) => {
  const records = createRecords()

  const { statuses } = await send(records, answer)

  expect(statuses[group]).toBe(1)
  expect(records.details).toEqual([])
})

test.for([
  ['500', response(500)],
  ['502', response(502)],
  ['503 without Retry-After', response(503)],
] as const)('reports the status %s', async ([, answer]) => {
  const records = createRecords()

  const { violations } = await send(records, answer)

  expect(violations['bad response']).toBe(1)
})

test('reports a request without a response, in the phase in which it started', async () => {
  const records = createRecords()
  const phase = records.begin(FREEZE)

  await counted(records, '/', () => {
    records.begin(FLUSH)
    return Promise.reject(new Error('ECONNRESET'))
  })

  expect(phase.violations['no response']).toBe(1)
  expect(records.details).toEqual([expect.stringContaining('ECONNRESET')])
})

test('reports a lost session, unless Redis lost its data after the sign-in', () => {
  const records = createRecords()
  const first = records.begin(FLUSH)
  first.endedAt = records.now()
  const second = records.begin(FREEZE)

  records.lose(second, { startedAt: first.startedAt, details: 'before the flush' })
  records.lose(second, { startedAt: first.endedAt + 1, details: 'after the flush' })

  expect(second.lostSessions).toBe(2)
  expect(records.details).toEqual([expect.stringContaining('after the flush')])
})
