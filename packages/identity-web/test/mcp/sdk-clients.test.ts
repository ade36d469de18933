import { type AppConfig, defaultConfig } from 'identity-web-dev'
import type { McpAuth, McpAuthOptions, McpRequirement } from 'identity-web/express'
import { describe, expect, test as base } from '../support/fixtures.ts'
import { API_SECRET, TODO_API } from '../support/issuers-fixtures.ts'
import type { RunningClient } from './proof/proof.ts'
import { connect, SDKS } from './proof/sdk-clients.ts'
import { startMcpServer, type McpServer } from './mcp-server.ts'
import { serveWith1, serveWith2 } from './sdk-servers.ts'

const CLIENT = '44444444-5555-4666-8777-888888888883'
const PAGE = 'http://localhost/page'
const SERVE = { '1': serveWith1, '2': serveWith2 } as const
type Version = keyof typeof SERVE

interface Opened extends RunningClient {
  readonly server: McpServer
  /** The scopes of each sign-in. */
  readonly requested: readonly string[]
  /** The names of the tools that ran. */
  readonly ran: readonly string[]
}

/** The official client at a server with the same version of the SDK. Its user is Alex, who is not an administrator. */
const test = base.extend(
  'open',
  ({ provider, clock }) =>
    async (
      version: Version,
      requirement: McpRequirement,
      options: McpAuthOptions = {},
    ): Promise<Opened> => {
      const ran: string[] = []
      const run = (name: string, use?: (mcp: McpAuth, extra: object) => Promise<unknown>) => ({
        [name]: async (extra: object, mcp: McpAuth) => {
          await use?.(mcp, extra)
          return String(ran.push(name))
        },
      })
      const tools = {
        ...run('read'),
        ...run('write'),
        ...run('mail'),
        ...run('late', (mcp, extra) => mcp.contextOf(extra).getTokenOnBehalfOf('Mail.Read')),
      }
      const server = await startMcpServer(
        provider,
        { now: clock.now, ...options },
        SERVE[version]({ tools, requirement }),
      )
      const [, todos] = defaultConfig.apps as [AppConfig, AppConfig]
      provider.configure({
        apps: [
          { ...todos, otherIdUris: [server.resource], redirectUris: [PAGE] },
          { clientId: CLIENT, name: 'Client', redirectUris: ['http://localhost:61111/callback'] },
        ],
      })
      const requested: string[] = []
      const cookies = new Map<string, string>()
      const client = connect(
        SDKS[version],
        {
          office: new URL(server.resource),
          async signIn(url, as) {
            requested.push(new URL(url).searchParams.get('scope') ?? '')
            return new URL((await provider.signIn(url, { as, cookies })).url)
          },
        },
        CLIENT,
      )
      return { ...client, server, requested, ran }
    },
)

const CONSENT =
  "The user has not consented to the permissions that this server needs at another API: Mail.Read. Signing in again doesn't help. An administrator can consent to these permissions for all users. Then repeat the call."

describe.each(['1', '2'] as const)('the official client, version %s', (version) => {
  const full = ({ server: { resource } }: Opened, ...names: string[]): string[] =>
    names.map((name) => `${resource}/${name}`)
  const requestedBy = ({ requested }: Opened): string[][] =>
    requested.map((scope) => scope.split(' ').filter((name) => name !== 'offline_access'))

  test.for(['mail', 'late'])(
    'shows a missing consent of the tool %s, and can still ask for one more scope',
    async (tool, { open }) => {
      const opened = await open(version, {
        tools: { mail: { onBehalfOf: ['Mail.Read'] }, write: { scopes: ['Todos.ReadWrite'] } },
      })
      const { call, ran } = opened

      for (let time = 0; time < 2; time++) {
        expect(JSON.parse(await call(tool, {}, 'alex'))).toMatchObject({
          isError: true,
          content: [{ type: 'text', text: CONSENT }],
        })
      }
      await call('write', {}, 'alex')

      expect(ran).toEqual(['write'])
      expect(requestedBy(opened)).toEqual([
        full(opened, 'Todos.Read'),
        full(opened, 'Todos.Read', 'Todos.ReadWrite'),
      ])
    },
  )

  test('calls the tool after its user has consented on a page of the server', async ({
    open,
    provider,
    clock,
  }) => {
    const { call, ran } = await open(version, { tools: { mail: { onBehalfOf: ['Mail.Read'] } } })
    await call('mail', {}, 'alex')
    const page = new URL(`${provider.authority()}/oauth2/v2.0/authorize`)
    page.search = new URLSearchParams({
      client_id: TODO_API,
      response_type: 'code',
      redirect_uri: PAGE,
      scope: 'Mail.Read',
    }).toString()
    await provider.signIn(page, { as: 'alex' })
    // A failed request is repeated after half a minute.
    clock.advance(31)

    await call('mail', {}, 'alex')

    expect(ran).toEqual(['mail'])
  })

  test('signs in at the issuer of the server', async ({ open, provider }) => {
    const issuers = {
      workforce: {
        authority: provider.authority(),
        clientId: TODO_API,
        clientCredential: API_SECRET,
      },
      plain: { oidcAuthority: provider.oidcAuthority, clientId: TODO_API },
    }
    const several = { authority: undefined, clientId: undefined, clientCredential: undefined }
    for (const [issuer, scope] of [
      [undefined, 'workforce'],
      ['workforce', 'workforce'],
      ['plain', 'plain'],
    ] as const) {
      const opened = await open(version, {}, { ...several, issuers, ...(issuer && { issuer }) })

      await opened.call('read', {}, 'alex')

      expect(opened.ran).toEqual(['read'])
      expect(requestedBy(opened)).toEqual([
        scope === 'plain' ? ['Todos.Read'] : full(opened, 'Todos.Read'),
      ])
    }
  })
})
