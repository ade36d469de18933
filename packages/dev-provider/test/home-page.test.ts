import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { startDevProvider } from '../src/index.js'
import { describe, expect, test as base } from './support/fixtures.js'

const OPTIONS = readFileSync(
  fileURLToPath(new URL('../../../docs/options.md', import.meta.url)),
  'utf8',
)

const test = base.extend('html', async ({ provider }) => (await fetch(provider.origin)).text())

/** Returns the values that the copy buttons copy. */
const copied = (html: string): string[] =>
  [...html.matchAll(/data-copy="([^"]*)"/g)].map(([, value]) => value ?? '')

describe('the home page', () => {
  test('has a copy button for each value that an app needs', ({ html, provider }) => {
    const { app, api } = provider

    expect(copied(html)).toEqual(
      expect.arrayContaining([
        provider.authority(),
        provider.externalIdAuthority,
        provider.adfsAuthority,
        provider.oidcAuthority,
        app.clientId,
        app.clientSecret,
        api.idUri,
        `${api.idUri}/Todos.Read`,
        'robin@contoso.onmicrosoft.com',
      ]),
    )
  })

  test('has environment variables for each kind of tenant, which identity-web reads', ({
    html,
    provider,
  }) => {
    const blocks = copied(html).filter((value) => value.includes('IDENTITY_CLIENT_ID='))
    const names = blocks.map((block) => block.split('\n').map((line) => line.split('=')[0] ?? ''))

    expect(blocks).toHaveLength(5)
    for (const name of new Set(names.flat())) expect(OPTIONS).toContain(`\`${name}\``)
    expect(blocks[0]).toContain(`IDENTITY_AUTHORITY=${provider.authority()}\n`)
    expect(blocks[1]).toContain(`IDENTITY_AUTHORITY=${provider.externalIdAuthority}\n`)
    expect(blocks[2]).toContain(`IDENTITY_B2C_TENANT_NAME=${provider.b2c.tenantName}\n`)
    expect(blocks[3]).toContain(`IDENTITY_AUTHORITY=${provider.adfsAuthority}\n`)
    expect(blocks[4]).toContain(`IDENTITY_OIDC_AUTHORITY=${provider.oidcAuthority}\n`)
  })

  test('has a session secret that is random at each start', async ({ html, provider }) => {
    const other = await startDevProvider()
    const secretsOf = (page: string) =>
      new Set([...page.matchAll(/IDENTITY_SESSION_SECRET=(\S*)/g)].map(([, secret]) => secret))
    const [secret = '', ...rest] = secretsOf(copied(html).join('\n'))
    const again = await (await fetch(provider.origin)).text()
    const [next] = secretsOf(copied(await (await fetch(other.origin)).text()).join('\n'))
    await other.close()

    expect(Buffer.from(secret, 'base64')).toHaveLength(32)
    expect(rest).toEqual([])
    expect([...secretsOf(copied(again).join('\n'))]).toEqual([secret])
    expect(next).not.toBe(secret)
  })

  test('shows roles, groups and guests, and links to the other pages', ({ html }) => {
    for (const word of [
      'Todos.Approver',
      'Todo Approvers',
      'Guest in Contoso',
      '250 groups: overage',
    ])
      expect(html).toContain(word)
    expect(html).toContain('href="/dev/requests"')
    expect(html).toContain('href="/dev/switches"')
    expect(html).toContain('aria-current="page"')
  })

  test('other sites cannot load it', async ({ provider }) => {
    const { headers } = await fetch(provider.origin)

    expect(headers.get('cross-origin-resource-policy')).toBe('same-origin')
    expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'")
  })
})
