import type { DevProvider } from 'identity-web-dev'
import { expect } from 'vitest'
import { Browser, type BrowserRequest } from '../support/browser.ts'
import { casesFor } from './cases.ts'
import type { Moment } from './settings.ts'
import { startNeighborhood } from './start.ts'
import { VARIATIONS } from './variations.ts'

/** A busy machine needs long to start all frameworks. */
export const PATIENT = { timeout: 180_000 }

/**
 * Starts a process with another package, and sends the requests of cases.ts to each of its hosts. Every response must be the
 * right one, unless the process cannot start as expected.
 */
export async function expectRightResponses(
  provider: DevProvider,
  variation: string,
  moment: Moment,
): Promise<void> {
  const starting = startNeighborhood(provider, variation, moment)
  const { fails, breaks = [] } = VARIATIONS[variation] ?? {}
  const expected = fails?.[moment]
  if (expected !== undefined) {
    await expect(starting).rejects.toThrow(expected)
    return
  }
  const { origins, printed, close } = await starting
  try {
    const visits = Object.entries(origins).map((host) =>
      // A sign-in can fail as well.
      visit(provider, host, breaks.includes(host[0])).catch((error: unknown) => [
        `${host[0]}: ${String(error)}`,
      ]),
    )
    const wrong = (await Promise.all(visits)).flat()
    // A framework that fails prints its errors.
    const output = breaks.length > 0 ? '' : printed().replaceAll(DEPRECATION, '')
    expect([output, ...wrong]).toEqual([''])
    expect(printed()).not.toContain('The process ended')
  } finally {
    await close()
  }
}

/** Express 5 prints it once if a handler returns a promise of the language while another package has replaced `Promise`. */
const DEPRECATION = /^.* router deprecated handlers that are Promise-like .*\n/gm

/** Returns the responses that are wrong. */
async function visit(
  provider: DevProvider,
  [host, origin]: readonly [host: string, origin: string],
  isBroken: boolean,
): Promise<string[]> {
  const cases = await casesFor(provider, [host, origin])
  const wrong: string[] = []
  // The second time, the library knows the provider's documents and the tokens.
  for (const time of ['first', 'second']) {
    for (const { name, pages, request, status: right } of cases) {
      for (const page of pages) {
        const { status, text } = await send(origin + page, request)
        if (status === right || (isBroken && (status === 0 || status >= 500))) continue
        wrong.push(`${host}, ${page}, ${name}, ${time}: ${status}, not ${right}. ${text}`)
        // The process has ended.
        if (status === 0) return wrong
      }
    }
  }
  return wrong
}

/** Returns the status 0 if the server closes the connection. */
async function send(
  url: string,
  request: BrowserRequest,
): Promise<{ readonly status: number; readonly text: string }> {
  try {
    return await new Browser().script(url, request)
  } catch (error) {
    return { status: 0, text: String(error) }
  }
}
