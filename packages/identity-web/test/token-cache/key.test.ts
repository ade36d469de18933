import { expect, test } from 'vitest'
import { storeKeyOf, type KeyParts } from '../../src/token-cache/key.ts'

const PARTS: KeyParts = {
  kind: 'obo',
  tokenEndpoint: 'https://login.example.com/contoso/token',
  clientId: 'todos',
  resource: 'api://things',
  scopes: ['Things.Read', 'Things.Write'],
  assertion: 'digest',
}

/** Each part with other values. Moving a value to another part is another key, too. */
const CHANGES: readonly Partial<KeyParts>[] = [
  { kind: 'app' },
  { tokenEndpoint: 'https://login.example.com/fabrikam/token' },
  { clientId: 'notes' },
  { resource: 'api://other' },
  { resource: '' },
  { scopes: ['Things.Read'] },
  { scopes: ['Things.Read Things.Write'] },
  { scopes: [] },
  { scopes: ['things.read', 'things.write'] },
  { assertion: 'other digest' },
  { assertion: null },
]

test('another value of any part gives another key', async () => {
  const keys = await Promise.all(
    [{}, ...CHANGES].map((change) => storeKeyOf({ ...PARTS, ...change })),
  )

  expect(new Set(keys).size).toBe(CHANGES.length + 1)
})

test('every part is in the table of changes', () => {
  const changed = new Set(CHANGES.flatMap((change) => Object.keys(change)))

  expect([...changed].toSorted()).toEqual(Object.keys(PARTS).toSorted())
})

test('the order of scopes does not matter', async () => {
  const scopes = ['Things.Write', 'Things.Read']

  expect(await storeKeyOf({ ...PARTS, scopes })).toBe(await storeKeyOf(PARTS))
})

test('the key fits into every store, and does not reveal its parts', async () => {
  expect(await storeKeyOf(PARTS)).toMatch(/^identity:tokens:[\w-]{43}$/)
})

test('the key of a token that an earlier version stored stays the same', async () => {
  expect(await storeKeyOf(PARTS)).toBe(
    'identity:tokens:5iTHU-d9UyeloXbyyqvXUaTTkr3r73CkOY6MYq08P8o',
  )
})
