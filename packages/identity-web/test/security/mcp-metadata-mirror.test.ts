// The mirror tells clients where to send codes and secrets. It must not publish endpoints that an attacker has put into the
// metadata of the provider, for example at a proxy.
import { get } from 'node:http'
import { text } from 'node:stream/consumers'
import type { McpAuthOptions } from 'identity-web/express'
import { describe, expect, test as base } from '../support/fixtures.ts'
import { IMPATIENT } from '../support/site.ts'
import { startMcpServer } from '../mcp/mcp-server.ts'

const PATH = '/.well-known/oauth-authorization-server/mcp'
const EVIL = 'https://login.evil.example/token'

const test = base.extend(
  'read',
  ({ provider }) =>
    async (options: McpAuthOptions = {}): Promise<{ status: number; body: string }> => {
      const { call } = await startMcpServer(provider, { mirrorMetadata: true, ...options })
      const response = await call(PATH)
      return { status: response.status, body: await response.text() }
    },
)

describe('an endpoint of another server', () => {
  test.for([
    'authorization_endpoint',
    'token_endpoint',
    'jwks_uri',
    'device_authorization_endpoint',
  ])('as %s is not published', async (name, { provider, read }) => {
    provider.tamper = { metadata: (document) => ({ ...document, [name]: EVIL }) }

    const { status, body } = await read()

    expect(status).toBe(502)
    expect(body).not.toContain('evil.example')
  })

  test.for([
    ['another port', (origin: string) => origin.replace(/:\d+$/, ':1')],
    ['a user name', (origin: string) => `http://${new URL(origin).host}@localhost:1`],
    ['a longer host', (origin: string) => origin.replace('localhost', 'localhost.localhost')],
  ] as const)('with %s is not published', async ([_name, change], { provider, read }) => {
    const token_endpoint = `${change(provider.origin)}/token`
    provider.tamper = { metadata: (document) => ({ ...document, token_endpoint }) }

    expect((await read()).status).toBe(502)
  })
})

test('other members of the metadata are not published', async ({ provider, read }) => {
  provider.tamper = {
    metadata: (document) => ({
      ...document,
      registration_endpoint: EVIL,
      revocation_endpoint: EVIL,
      end_session_endpoint: EVIL,
      userinfo_endpoint: EVIL,
      mtls_endpoint_aliases: { token_endpoint: EVIL },
      signed_metadata: EVIL,
      code_challenge_methods_supported: ['plain'],
      authorization_response_iss_parameter_supported: true,
      client_id_metadata_document_supported: true,
    }),
  }

  const { status, body } = await read()

  expect(status).toBe(200)
  expect(body).not.toContain('evil.example')
  expect(JSON.parse(body)).toMatchObject({ code_challenge_methods_supported: ['S256'] })
  expect(JSON.parse(body)).not.toHaveProperty('authorization_response_iss_parameter_supported')
  expect(JSON.parse(body)).not.toHaveProperty('client_id_metadata_document_supported')
})

test('metadata of another issuer is not published', async ({ provider, read }) => {
  provider.tamper = { metadata: (document) => ({ ...document, issuer: 'https://evil.example' }) }

  expect((await read()).status).toBe(502)
})

test.for([
  ['a huge document', { kind: 'huge', bytes: 2_000_000 }, 502],
  ['a response that does not come', { kind: 'hang' }, 503],
  ['a page', { kind: 'html' }, 502],
  ['a failing provider', { kind: 'status', status: 500 }, 503],
] as const)('%s becomes an error', async ([_name, fault, status], { provider, read }) => {
  provider.behave({ faults: { metadata: fault } })

  expect((await read(IMPATIENT)).status).toBe(status)
})

test('many requests cause one request to the provider', async ({ provider }) => {
  const { call } = await startMcpServer(provider, { mirrorMetadata: true })

  await Promise.all(Array.from({ length: 20 }, () => call(PATH)))
  await call(PATH)

  expect(provider.requests.filter(({ endpoint }) => endpoint === 'metadata')).toHaveLength(1)
})

test('the header Host does not change the document', async ({ provider }) => {
  const { origin, resource } = await startMcpServer(provider, { mirrorMetadata: true })

  const body = await getAs(`${origin}${PATH}`, {
    host: 'evil.example',
    'x-forwarded-host': 'evil.example',
    'x-forwarded-proto': 'https',
  })

  expect(body).not.toContain('evil.example')
  expect(body).toContain(`"issuer":"${resource}"`)
})

/** Sends a GET with headers that `fetch` does not allow. */
function getAs(url: string, headers: Record<string, string>): Promise<string> {
  return new Promise((resolve, reject) => {
    get(url, { headers }, (response) => resolve(text(response))).on('error', reject)
  })
}
