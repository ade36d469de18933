import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { test as base } from '../packages/dev-provider/test/support/fixtures.ts'
import { printedText } from './printed-url.ts'

const root = fileURLToPath(new URL('..', import.meta.url))

/** A demo that runs. */
export interface Demo {
  /** All that it printed. */
  readonly printed: string
  readonly url: string
  stop(): void
}

/**
 * Runs `npm run demo`.
 *
 * @param args - The arguments of scripts/demo.mjs.
 * @param env - Environment variables, which set the ports.
 */
export async function runDemo(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<Demo> {
  const child = spawn(process.execPath, ['scripts/demo.mjs', ...args], {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const printed = await printedText(child)
  return {
    printed,
    url: /Open (http:\S+)/.exec(printed)?.[1] ?? '',
    stop: () => void child.kill(),
  }
}

/** Returns a `test` whose fixture `demo` runs `npm run demo` for all tests of the file. The parameters are those of `runDemo`. */
export const demoTest = (args: readonly string[], env: Readonly<Record<string, string>>) =>
  base
    // oxlint-disable-next-line no-empty-pattern -- Vitest reads the names of the required fixtures from the pattern.
    .extend('demo', { scope: 'file' }, async ({}, { onCleanup }) => {
      const demo = await runDemo(args, env)
      onCleanup(() => demo.stop())
      return demo
    })
    /** The URL that the demo prints. */
    .extend('url', ({ demo }) => demo.url)
