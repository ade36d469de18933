import { request } from 'node:https'
import {
  ConfidentialClientApplication,
  type INetworkModule,
  type NetworkRequestOptions,
  type NetworkResponse,
} from '@azure/msal-node'
import { defaultConfig, startDevProvider, type AppConfig, type DevProvider } from 'identity-web-dev'
import { decodeJwt } from 'jose'
import { describe, expect, onTestFinished, test } from 'vitest'
import { challenged, startProtectedApi, type ProtectedApi } from '../support/protected-api.ts'

// MSAL Node is independent of this library, so these tests show that Microsoft's clients work with it.

const REDIRECT_URI = 'http://localhost:3999/callback'
const [app, todos] = defaultConfig.apps as [AppConfig, AppConfig, ...AppConfig[]]

let provider: DevProvider

async function startProvider(version: 1 | 2): Promise<void> {
  provider = await startDevProvider({
    tls: true,
    config: { apps: [app, { ...todos, accessTokenVersion: version }] },
  })
  onTestFinished(() => provider.close())
}

/** Requests that trust the provider's certificate. */
function send(
  method: string,
  url: string,
  { headers, body }: NetworkRequestOptions = {},
): Promise<{ status: number; headers: Record<string, string>; text: string }> {
  return new Promise((resolve, reject) => {
    const outgoing = request(url, { method, ca: provider.certificate, headers }, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('end', () => {
        resolve({
          status: response.statusCode ?? 0,
          headers: Object.fromEntries(
            Object.entries(response.headers).map(([name, value]) => [name, String(value)]),
          ),
          text: Buffer.concat(chunks).toString(),
        })
      })
    })
    outgoing.on('error', reject).end(body)
  })
}

async function http<T>(...given: Parameters<typeof send>): Promise<NetworkResponse<T>> {
  const { text, ...answer } = await send(...given)
  return { ...answer, body: JSON.parse(text) as T }
}

const network: INetworkModule = {
  sendGetRequestAsync: (url, options) => http('GET', url, options),
  sendPostRequestAsync: (url, options) => http('POST', url, options),
}

/** The same for the library, whose `fetch` is an option. */
const trustingFetch: typeof fetch = async (input, init) => {
  const asked = new Request(input, init)
  const { status, headers, text } = await send(asked.method, asked.url, {
    headers: Object.fromEntries(asked.headers),
    body: await asked.text(),
  })
  return new Response(text, { status, headers })
}

/** A client of the API that uses MSAL. */
function createClient(clientCapabilities: string[] = []): ConfidentialClientApplication {
  return new ConfidentialClientApplication({
    auth: {
      clientId: app.clientId,
      clientSecret: app.clientSecret ?? '',
      authority: provider.authority(),
      knownAuthorities: [new URL(provider.origin).host],
      clientCapabilities,
    },
    system: { networkClient: network },
  })
}

/** Signs a user in to the client, which gets a token for the API. */
async function signIn(
  client: ConfidentialClientApplication,
  as: string,
  claims?: string,
): Promise<string> {
  const asked = {
    scopes: [`${provider.api.idUri}/Todos.Read`],
    redirectUri: REDIRECT_URI,
    ...(claims !== undefined && { claims }),
  }
  const { url } = await provider.signIn(await client.getAuthCodeUrl(asked), { as })
  const code = url.searchParams.get('code') ?? ''
  return (await client.acquireTokenByCode({ ...asked, code })).accessToken
}

/** Starts the provider, and an API for its tokens of this version. */
async function openApi(version: 1 | 2): Promise<ProtectedApi> {
  await startProvider(version)
  const options = { fetch: trustingFetch, clientCapabilities: ['cp1'] }
  return startProtectedApi(provider, options, (express, api) => {
    express.get(
      '/todos',
      api.authorizationRequired(
        { scopes: ['Todos.Read'], appPermissions: ['Todos.Read.All'] },
        (_req, res, { user, app: caller }) => void res.json({ user, app: caller }),
      ),
    )
    express.get(
      '/me',
      api.authorizationRequired({ scopes: ['Todos.Read'] }, async (req, res, context) => {
        const { scopes = 'User.Read' } = req.query as { scopes?: string }
        const me = await context.fetch(provider.graphMe, { scopes })
        res.status(me.status).json(await me.json())
      }),
    )
  })
}

describe.each([1, 2] as const)(
  'with tokens of version %i, a client that uses MSAL Node',
  (version) => {
    test('calls the API as an application', async () => {
      const api = await openApi(version)
      const token = await createClient().acquireTokenByClientCredential({
        scopes: [`${provider.api.idUri}/.default`],
      })
      const answer = await api.call('/todos', token?.accessToken)

      expect(decodeJwt(token?.accessToken ?? '')['ver']).toBe(`${version}.0`)
      expect(answer).toMatchObject({ status: 200, body: { app: { clientId: app.clientId } } })
      expect(await api.call('/me', token?.accessToken)).toMatchObject(
        challenged(403, 'insufficient_scope'),
      )
    })

    test('calls the API for a user, for whom the API calls Graph', async () => {
      const api = await openApi(version)
      const client = createClient()
      for (const as of ['alex', 'robin']) {
        const token = await signIn(client, as)

        expect(await api.call('/todos', token)).toMatchObject({
          status: 200,
          body: { user: { oid: provider.user(as).oid } },
        })
        expect(await api.call('/me', token)).toMatchObject({
          status: 200,
          body: { displayName: provider.user(as).name },
        })
      }
    })

    test('is told which claims are missing, and its user’s next token has them', async () => {
      const api = await openApi(version)
      const client = createClient(['cp1'])
      const claims = JSON.stringify({
        access_token: { nbf: { essential: true, value: '1604106651' } },
      })
      provider.behave({ graphClaims: claims, graphClaimsNeedUser: true })
      const refused = await api.call('/me', await signIn(client, 'alex'))

      expect(refused).toMatchObject(challenged(401, 'insufficient_claims'))
      const asked = atob(refused.challenge?.['claims'] ?? '')
      expect(await api.call('/me', await signIn(client, 'alex', asked))).toMatchObject({
        status: 200,
        body: { displayName: provider.user('alex').name },
      })
    })

    test('is told that consent is missing', async () => {
      const api = await openApi(version)

      expect(
        await api.call('/me?scopes=Mail.Read', await signIn(createClient(), 'alex')),
      ).toMatchObject({
        status: 401,
        challenge: { error: 'consent_required', scope: `${provider.api.idUri}/.default` },
      })
    })
  },
)

test('an MSAL token for another API, Graph, is rejected', async () => {
  const api = await openApi(2)
  const client = createClient()
  const { url } = await provider.signIn(
    await client.getAuthCodeUrl({ scopes: ['User.Read'], redirectUri: REDIRECT_URI }),
    { as: 'alex' },
  )
  const { accessToken, idToken } = await client.acquireTokenByCode({
    code: url.searchParams.get('code') ?? '',
    scopes: ['User.Read'],
    redirectUri: REDIRECT_URI,
  })

  for (const token of [accessToken, idToken]) {
    expect(await api.call('/todos', token)).toMatchObject(challenged(401, 'invalid_token'))
  }
})
