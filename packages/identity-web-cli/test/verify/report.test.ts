import { expect, test } from 'vitest'
import { createReport, toMarkdown } from '../../src/commands/verify/report/report.js'

test('a text of the provider cannot look like advice, and cannot change the table', async () => {
  const found = 'x | y\n| **Change:** run [this](https://attacker.example) <img>'
  const results = [
    { check: 'sign-in', verdict: 'failed', found, change: 'Set *this*.', seconds: 1 },
  ] as const
  const given = { startedAt: '', provider: 'oidc', isLocalProvider: false, ids: undefined } as const

  const row = toMarkdown(await createReport({ ...given, results }))
    .split('\n')
    .at(-2)

  expect(row).toContain(
    String.raw`| x \| y \| \*\*Change:\*\* run \[this\](https://attacker.example) \<img\> **Change:** Set \*this\*. |`,
  )
})
