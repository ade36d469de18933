import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { formatProof, withProof } from './proof/page.ts'

const guide = readFileSync(new URL('../../../../docs/mcp-registration.md', import.meta.url), 'utf8')
const clients = [
  {
    client: 'mcp-remote',
    version: '9.9.9',
    results: [
      { step: 'signs in', problem: undefined },
      { step: 'calls', problem: 'It ended with 1.' },
    ],
  },
]

test('the results of the clients and of the conformance suite replace those of the guide', () => {
  const scenarios = [
    { name: 'caching', result: 'passed' },
    { name: 'tools-list', result: 'failed', note: 'No tools.' },
  ] as const
  const proof = formatProof(clients, { version: '1.0.0', scenarios })
  const page = withProof(guide, proof)

  expect(proof).toContain('| `mcp-remote` 9.9.9 | yes | **no** |')
  expect(proof).toContain('1 of 2 scenarios')
  expect(proof).toContain('- `tools-list` **failed**: No tools.')
  expect(page).toContain(proof.trim())
  expect(page).not.toContain('All 37 scenarios')
  // A second run replaces the results again.
  expect(withProof(page, 'x')).toBe(withProof(guide, 'x'))
  expect(() => withProof('# Another page', proof)).toThrow('does not contain')
})
