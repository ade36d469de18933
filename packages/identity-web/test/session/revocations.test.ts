import { expect, test } from 'vitest'
import { memoryStore } from 'identity-web'
import { createReliableStore } from '../../src/reliable-store.ts'
import { SESSION_STORE } from '../../src/web/runtime/sessions.ts'
import { createRevocations, startTimes, type Session } from '../../src/session/index.ts'
import { createSessionEnds } from '../../src/session/process-memory.ts'

const lifetimes = { idle: 100, absolute: 1000 }
const store = createReliableStore(memoryStore(), { timeoutSeconds: 1, words: SESSION_STORE })
const revocations = createRevocations(store, {
  owner: 'app',
  lifetimes,
  now: () => 1_700_000_000,
})

function sessionOf(id: string, claims: { sub: string; oid?: string }): Session {
  const iss = 'https://provider.example'
  return { id, claims: { iss, ...claims }, ...startTimes(lifetimes, 1_700_000_000) }
}

// Azure AD B2C can send the same subject for every user of a tenant.
test('a subject that all users share does not revoke their sessions', async () => {
  const sub = 'Not supported currently. Use oid claim.'
  const [ann, bob] = [sessionOf('1', { sub, oid: 'ann' }), sessionOf('2', { sub, oid: 'bob' })]

  await revocations.revokeAll({ kind: 'sub', value: sub })
  await revocations.revokeAll({ kind: 'oid', value: 'ann' })

  expect(await revocations.isRevoked(ann)).toBe(true)
  expect(await revocations.isRevoked(bob)).toBe(false)
})

test('a marker revokes only sessions of the same application', async () => {
  const other = createRevocations(store, {
    owner: 'another app',
    lifetimes,
    now: () => 1_700_000_000,
  })

  await other.revokeAll({ kind: 'sub', value: 'cay' })

  expect(await revocations.isRevoked(sessionOf('3', { sub: 'cay' }))).toBe(false)
  expect(await other.isRevoked(sessionOf('3', { sub: 'cay' }))).toBe(true)
})

test('the end of sessions reaches only the connections of these sessions', () => {
  const ends = createSessionEnds()
  const closed: string[] = []
  for (const id of ['1', '2', '3']) {
    const session = sessionOf(id, { sub: id === '3' ? 'bob' : 'ann', oid: `oid of ${id}` })
    ends.watch({ session, since: ends.position() }, () => closed.push(id))
  }

  ends.announce({ kind: 'sub', value: '3' })
  ends.announce({ kind: 'id', value: 'bob' })
  ends.announce({ kind: 'oid', value: 'ann' })
  expect(closed).toEqual([])
  ends.announce({ kind: 'id', value: '3' })
  expect(closed).toEqual(['3'])
  ends.announce({ kind: 'sub', value: 'ann' })
  expect(closed).toEqual(['3', '1', '2'])
})
