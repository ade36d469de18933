import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { freePort } from '../packages/identity-web/test/support/port.ts'
import { hasChromium, launchChromium } from './chromium.ts'
import { Reader } from './tutorial/reader.ts'
import { stepsOf } from './tutorial/steps.ts'

const page = readFileSync(new URL('../docs/tutorial.md', import.meta.url), 'utf8')

test.runIf(hasChromium)(
  'a reader of the tutorial sees what the page says, step by step',
  { timeout: 600_000 },
  async ({ onTestFinished }) => {
    const folder = mkdtempSync(join(tmpdir(), 'tutorial-'))
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
    const ports = { 3000: await freePort(), 3001: await freePort(), 5100: await freePort() }
    // Other tests use the ports of the page.
    const here = page.replaceAll(/\b(?:3000|3001|5100)\b/g, (port) =>
      String(ports[Number(port) as keyof typeof ports]),
    )
    const complete = (command: string): string =>
      command
        .replace(/(identity-web-dev (?:token|--write-env))/, `$1 --port ${ports[5100]}`)
        .replace(
          '--write-env',
          `--write-env --redirect-uri http://localhost:${ports[3000]}/redirect`,
        )
    const browser = await launchChromium()
    onTestFinished(() => browser.close())
    const reader = new Reader(folder, await browser.newPage(), complete)
    onTestFinished(() => reader.close())
    const steps = stepsOf(here)

    const numberOf = (kind: string): number => steps.filter((step) => step.kind === kind).length
    expect(numberOf('file')).toBeGreaterThan(10)
    expect(numberOf('output')).toBeGreaterThan(5)
    expect(numberOf('page')).toBeGreaterThan(7)
    for (const step of steps) await reader.do(step)
  },
)
