import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { test as base } from '../packages/dev-provider/test/support/fixtures.ts'
import { printedText } from './printed-url.ts'

const root = fileURLToPath(new URL('..', import.meta.url))

/**
 * Returns a `test` whose fixture `demo` runs `npm run demo` for all tests of the file.
 *
 * @param args - The arguments of scripts/demo.mjs.
 * @param env - Environment variables, which set the ports.
 */
export const demoTest = (args: readonly string[], env: Readonly<Record<string, string>>) =>
  base
    // oxlint-disable-next-line no-empty-pattern -- Vitest reads the names of the required fixtures from the pattern.
    .extend('demo', { scope: 'file' }, async ({}, { onCleanup }) => {
      const child = spawn(process.execPath, ['scripts/demo.mjs', ...args], {
        cwd: root,
        env: { ...process.env, ...env },
        stdio: ['ignore', 'pipe', 'inherit'],
      })
      onCleanup(() => void child.kill())
      const printed = await printedText(child)
      return { printed, url: /Open (http:\S+)/.exec(printed)?.[1] ?? '' }
    })
    /** The URL that the demo prints. */
    .extend('url', ({ demo }) => demo.url)
