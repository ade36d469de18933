import { createServer } from 'node:http'
import express from 'express'
import { Auth, type Logger } from 'identity-web/express'
import { onTestFinished, vi } from 'vitest'
import { docsBaseOf, docsUrlOf, docsUrlWarnings } from '../../src/docs-url.ts'
import { Browser, type BrowserResponse } from '../support/browser.ts'
import { describe, expect, test as plain } from '../support/fixtures.ts'
import { close, listen, sendToCallback, type Site } from '../support/site.ts'

const BASE = 'https://docs.example.com/identity'
const REJECTED = { kind: 'error', error: 'invalid_client', status: 401, codes: [7000215] } as const

const test = plain
  /** The error page of a sign-in whose client secret the provider rejects. */
  .extend('openErrorPage', ({ provider }) => async (site: Site) => {
    provider.behave({ faults: { token: REJECTED } })
    const browser = new Browser()
    return sendToCallback(browser, await site.startSignIn(browser))
  })

/** Returns the page about a wrong configuration. */
async function openProblems(environment: 'development' | 'production'): Promise<BrowserResponse> {
  const app = express()
  const server = createServer(app)
  onTestFinished(() => close(server))
  void new Auth(app, { authority: 'nowhere', logger: false, strictStart: false, environment })
  return new Browser().navigate(`${await listen(server)}/login`)
}

/** A logger that keeps what it gets. */
function recordingLogger(): { readonly logger: Logger; readonly entries: unknown[] } {
  const entries: unknown[] = []
  const write = (...entry: unknown[]): number => entries.push(entry)
  return { logger: { error: write, warn: write, info: write }, entries }
}

describe('the base address of the documentation', () => {
  test.for([
    ['a script', 'javascript:alert(1)//'],
    ['a data URL', 'data:text/html,<script>alert(1)</script>'],
    ['a file', 'file:///etc/passwd'],
    ['a relative path', '/docs'],
    ['a host without a scheme', '//evil.example'],
    ['a user name', 'https://docs.example.com@evil.example/'],
    ['a query', 'https://docs.example.com/?page='],
    ['a fragment', 'https://docs.example.com/#/'],
    ['a text', 'see the wiki'],
  ])('is not used if it is %s, and a warning says why', ([, value]) => {
    const variables = { IDENTITY_DOCS_URL: value }

    expect(docsBaseOf(variables)).toBeUndefined()
    expect(docsUrlWarnings(variables)).toEqual([expect.stringContaining('IDENTITY_DOCS_URL')])
  })

  test('cannot break out of a log line', () => {
    const base = docsBaseOf({ IDENTITY_DOCS_URL: 'https://docs.example.com/a\nb c\u001b[31m"' })

    expect(base).toMatch(/^[!-~]+$/)
    expect(base).not.toContain('"')
  })

  test('is empty by default, so that messages do not contain links', () => {
    expect(docsBaseOf({})).toBeUndefined()
    expect(docsBaseOf({ IDENTITY_DOCS_URL: '' })).toBeUndefined()
    expect(docsUrlWarnings({})).toEqual([])
    expect(docsUrlOf(undefined, { code: 'configuration' })).toBeUndefined()
  })
})

describe('the link of an error', () => {
  test.for([
    [{ code: 'provider_error' }, 'provider_error'],
    [{ code: 'provider_error', hint: 'x', microsoftCodes: ['AADSTS50011'] }, 'AADSTS50011'],
    [{ code: 'provider_error', microsoftCodes: ['AADSTS99'] }, 'provider_error'],
    [
      { code: 'provider_error', hint: 'x', microsoftCodes: ['AADSTS1', 'AADSTS2'] },
      'provider_error',
    ],
    [{ code: 'a/../b?c' }, 'a%2F..%2Fb%3Fc'],
  ] as const)('leads to the page of its code: %j', ([error, page]) => {
    for (const slashes of ['', '/', '///']) {
      const base = docsBaseOf({ IDENTITY_DOCS_URL: BASE + slashes })
      expect(docsUrlOf(base, error)).toBe(`${BASE}/errors/${page}`)
    }
  })

  test('is on the error page for developers, escaped', async ({ openSite, openErrorPage }) => {
    vi.stubEnv('IDENTITY_DOCS_URL', `${BASE}'onclick='alert(1)`)
    const { text } = await openErrorPage(await openSite())

    expect(text).toContain(
      `<a href="${BASE}&#39;onclick=&#39;alert(1)/errors/AADSTS7000215" rel="noreferrer">`,
    )
  })

  test('is not on the error page of users, but in the log', async ({ openSite, openErrorPage }) => {
    vi.stubEnv('IDENTITY_DOCS_URL', BASE)
    const { logger, entries } = recordingLogger()
    const { text } = await openErrorPage(await openSite({ logger, environment: 'production' }))

    expect(text).toContain('<h1 ')
    expect(text).not.toContain('docs.example.com')
    expect(entries).toContainEqual([
      expect.stringContaining('AADSTS7000215'),
      expect.objectContaining({ docs: `${BASE}/errors/AADSTS7000215` }),
    ])
  })

  test('is on the page about the configuration in development only', async () => {
    vi.stubEnv('IDENTITY_DOCS_URL', BASE)
    const inDevelopment = await openProblems('development')
    const inProduction = await openProblems('production')

    expect(inDevelopment.text).toContain(`href="${BASE}/errors/configuration"`)
    expect(inProduction.status).toBe(503)
    expect(inProduction.text).not.toContain('docs.example.com')
  })

  test('does not appear without the variable', async ({ openSite, openErrorPage }) => {
    const { logger, entries } = recordingLogger()
    const { text } = await openErrorPage(await openSite({ logger }))

    expect(text).toContain('For developers')
    expect(text).not.toContain('/errors/')
    expect(JSON.stringify(entries)).toContain('AADSTS7000215')
    expect(JSON.stringify(entries)).not.toContain('/errors/')
  })
})
