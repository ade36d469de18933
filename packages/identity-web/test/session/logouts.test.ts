import { expect, test } from 'vitest'
import { memoryStore } from 'identity-web'
import { createLogouts, createReliableStore, type Session } from '../../src/session/index.ts'

const store = createReliableStore(memoryStore(), { timeout: 1, onChange: () => undefined })
const logouts = createLogouts(store, {
  owner: 'app',
  lifetimes: { idle: 100, absolute: 1000 },
  now: () => 1_700_000_000,
})

function sessionOf(id: string, claims: { sub: string; oid?: string }): Session {
  const iss = 'https://provider.example'
  return { id, claims: { iss, ...claims }, startedAt: 1_700_000_000, touchedAt: 1_700_000_000 }
}

// Azure AD B2C may give every user of a tenant the same subject.
test('a subject that names nobody ends nobody’s session', async () => {
  const sub = 'Not supported currently. Use oid claim.'
  const [ann, bob] = [sessionOf('1', { sub, oid: 'ann' }), sessionOf('2', { sub, oid: 'bob' })]

  await logouts.endAll({ kind: 'sub', value: sub })
  await logouts.endAll({ kind: 'oid', value: 'ann' })

  expect(await logouts.isOver(ann)).toBe(true)
  expect(await logouts.isOver(bob)).toBe(false)
})

test('ends are those of one application', async () => {
  const other = createLogouts(store, {
    owner: 'another app',
    lifetimes: { idle: 100, absolute: 1000 },
    now: () => 1_700_000_000,
  })

  await other.endAll({ kind: 'sub', value: 'cay' })

  expect(await logouts.isOver(sessionOf('3', { sub: 'cay' }))).toBe(false)
  expect(await other.isOver(sessionOf('3', { sub: 'cay' }))).toBe(true)
})
