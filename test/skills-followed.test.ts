import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test as base } from 'vitest'
import { freePort } from '../packages/identity-web/test/support/port.ts'
import { Reader } from './tutorial/reader.ts'
import { stepsOf } from './tutorial/steps.ts'

/** The steps of a skill end where it describes variants. */
const VARIANTS = /^## (?:Other calls|Other frameworks|Requirements|Use the real tenant|More)\n.*/ms

/** Does what a skill says, in a new project, and sees what the skill says. */
const test = base
  // oxlint-disable-next-line no-empty-pattern -- Vitest reads the names of the required fixtures from the pattern.
  .extend('ports', async ({}) => ({
    3000: await freePort(),
    3001: await freePort(),
    5100: await freePort(),
  }))
  // oxlint-disable-next-line no-empty-pattern -- as above
  .extend('folder', ({}, { onCleanup }) => {
    const folder = mkdtempSync(join(tmpdir(), 'skill-'))
    onCleanup(() => rmSync(folder, { recursive: true, force: true }))
    writeFileSync(join(folder, 'package.json'), '{ "name": "app", "private": true }\n')
    return folder
  })
  .extend('reader', async ({ folder, ports }, { onCleanup }) => {
    const reader = new Reader(folder, undefined, (command) =>
      command
        .replace(/identity-web-dev(?: token| --write-env)?/, `$& --port ${ports[5100]}`)
        .replace('--write-env', `$& --redirect-uri http://localhost:${ports[3000]}/redirect`)
        .replace('npx tsx --env-file', `PORT=${ports[3000]} $&`),
    )
    onCleanup(() => reader.close())
    // npx downloads this package in a real project.
    await reader.do({
      kind: 'run',
      commands: ['npm install identity-web-cli'],
      staysRunning: false,
    })
    return reader
  })
  .extend('follow', ({ reader, ports }) => async (skill: string) => {
    const file = new URL(`../packages/identity-web/skills/${skill}/SKILL.md`, import.meta.url)
    const text = readFileSync(file, 'utf8')
      .replace(VARIANTS, '')
      // Other tests use the ports of the page.
      .replaceAll(/\b(?:3000|3001|5100)\b/g, (port) =>
        String(ports[Number(port) as keyof typeof ports]),
      )
    const steps = stepsOf(text)
    expect(steps.filter(({ kind }) => kind === 'output')).not.toEqual([])
    for (const step of steps) await reader.do(step)
  })

test(
  'an agent adds sign-in, calls Microsoft Graph, and tests both',
  { timeout: 600_000 },
  async ({ follow }) => {
    await follow('add-sign-in')
    await follow('call-microsoft-graph')
    await follow('test-with-the-development-provider')
  },
)

test('an agent protects an API', { timeout: 600_000 }, async ({ follow }) => {
  await follow('protect-an-api')
})
