import { execFileSync } from 'node:child_process'
import { createClientCertificate, startDevProvider, type DevProvider } from 'identity-web-dev'
import { onTestFinished } from 'vitest'
import { createServerCertificate } from '../../../dev-provider/src/server/server-certificate.js'
import { startHttpProxy } from '../../../identity-web/test/support/http-proxy.js'
import { startRedisServer } from '../../../identity-web/test/support/redis-server.js'
import type { Result } from '../../src/commands/doctor/report/finding.js'
import type { Variables } from '../support/fixtures.js'
import {
  startAcceptingProxy,
  startApp,
  startFront,
  startPlain,
  unusedPort,
  type DeployedApp,
} from '../support/servers.js'

/** The parts of a test that a fault can use. */
export interface Tools {
  readonly provider: DevProvider
  readonly folder: string
  readonly variables: Variables
  /** Writes a file of the folder. */
  readonly write: (name: string, content: string) => string
}

/** The command line and the variables of a setup with a fault. */
interface Setup {
  readonly changes?: Readonly<Record<string, string | undefined>>
  readonly args?: readonly string[]
}

/** A fault that a check finds, and what the command says about it. */
interface FaultOfCheck {
  readonly name: string
  readonly result: Result
  readonly found: RegExp
  readonly change: RegExp
  setUp(tools: Tools): Setup | Promise<Setup> | void
}

export interface Fault extends FaultOfCheck {
  readonly check: string
}

const foundBy = (check: string, faults: readonly FaultOfCheck[]): Fault[] =>
  faults.map((fault) => ({ check, ...fault }))

const DAY = 24 * 3600 * 1000

/** Passwords of the tests, which the output must not contain. */
export const PASSWORDS = { redis: 'redis-pass-4711', proxy: 'proxy-pass-0815' }

/** Starts another provider for one test. */
async function startProvider(
  options: Parameters<typeof startDevProvider>[0],
): Promise<DevProvider> {
  const provider = await startDevProvider({ port: 0, ...options })
  onTestFinished(() => provider.close())
  return provider
}

/** Starts a provider whose app is a public client. */
function startPublic(provider: DevProvider): Promise<DevProvider> {
  const apps = provider.config.apps.map(({ clientId, name, redirectUris }) => ({
    clientId,
    name,
    redirectUris,
  }))
  return startProvider({ config: { ...provider.config, apps } })
}

/** Writes a configuration file with these options. */
function config({ write }: Tools, options: string, ...args: readonly string[]): Setup {
  write('config.mjs', `export const options = ${options}\n`)
  return { args: ['--config', 'config.mjs', ...args] }
}

/** The settings of an app at the provider that is not a Microsoft authority. */
const oidc = ({ oidcAuthority }: DevProvider): Setup => ({
  changes: { IDENTITY_AUTHORITY: undefined, IDENTITY_OIDC_AUTHORITY: oidcAuthority },
})

async function redis(settings: Readonly<Record<string, string>>): Promise<string> {
  const server = await startRedisServer({ settings })
  onTestFinished(() => server.close())
  return server.url
}

/** Checks an ID token with these claims. */
async function idToken(
  { provider, write }: Tools,
  claims: Readonly<Record<string, unknown>>,
  ...args: readonly string[]
): Promise<Setup> {
  const token = await provider.sign({ aud: provider.app.clientId, ...claims })
  return { args: [...args, '--id-token', write('id-token.txt', token)] }
}

const SETTINGS: readonly Fault[] = [
  ...foundBy('settings', [
    {
      name: 'the client ID is missing',
      result: 'error',
      found: /clientId is not configured/,
      change:
        /IDENTITY_CLIENT_ID.*run "npx --no-install identity-web-cli register --name <name> --env \.env"/,
      setUp: () => ({ changes: { IDENTITY_CLIENT_ID: undefined } }),
    },
    {
      name: 'an API has no authority',
      result: 'error',
      found: /authority is not configured/,
      change: /run "npx --no-install identity-web-cli register --api --name <name> --env api\.env"/,
      setUp: ({ write }) => {
        write('api.env', 'IDENTITY_CLIENT_ID=da000000-0000-4000-8000-000000000051\n')
        return {
          changes: { IDENTITY_AUTHORITY: undefined },
          args: ['--api', '--env', 'api.env'],
        }
      },
    },
    {
      name: 'the redirect URI is missing',
      result: 'warning',
      found: /cannot sign users in/,
      change: /--api/,
      setUp: () => ({ changes: { IDENTITY_REDIRECT_URI: undefined } }),
    },
    {
      name: 'an option is misspelled',
      result: 'error',
      found: /no option homePaths/,
      change: /homePath/,
      setUp: (tools) => config(tools, `{ homePaths: '/' }`),
    },
    {
      name: 'the secret of the variables belongs to another registration',
      result: 'error',
      found: /belongs to the registration in IDENTITY_AUTHORITY and IDENTITY_CLIENT_ID/,
      change: /Auth\(\{ clientCredential \}\)/,
      setUp: (tools) =>
        config(tools, "{ oidcAuthority: 'https://accounts.example.com', clientId: 'shop' }"),
    },
    {
      name: 'the option tokenCache has another value',
      result: 'error',
      found: /tokenCache must be the result of sharedTokens/,
      change: /identity-web\/token-cache/,
      setUp: (tools) => config(tools, '{ tokenCache: true }'),
    },
    {
      name: 'the development provider is used in production',
      result: 'warning',
      found: /signs in anyone/,
      change: /IDENTITY_AUTHORITY/,
      setUp: () => ({ changes: { NODE_ENV: 'production' } }),
    },
  ]),
  ...foundBy('credential', [
    {
      name: 'the secret of the variables belongs to another registration than the API',
      result: 'error',
      found:
        /belongs to the registration in IDENTITY_AUTHORITY and IDENTITY_CLIENT_ID, but ApiAuth/,
      change: /credential with the registration/,
      setUp: (tools) => config(tools, `{ clientId: '${tools.provider.api.clientId}' }`, '--api'),
    },
  ]),
  ...foundBy('env-file', [
    {
      name: 'the file of variables is committed',
      result: 'warning',
      found: /\.env is under version control/,
      change: /git rm --cached \.env/,
      setUp({ folder, write }) {
        write('.env', 'NAME=value\n')
        execFileSync('git', ['init', '-q'], { cwd: folder })
        execFileSync('git', ['add', '.env'], { cwd: folder })
        return {}
      },
    },
    {
      name: 'Git does not ignore the file of variables',
      result: 'warning',
      found: /Git does not ignore \.env/,
      change: /Add the line \.env to \.gitignore/,
      setUp({ folder, write }) {
        write('.env', 'NAME=value\n')
        execFileSync('git', ['init', '-q'], { cwd: folder })
        return {}
      },
    },
    {
      name: 'the file sets a variable that Node.js reads earlier',
      result: 'warning',
      found: /NODE_EXTRA_CA_CERTS/,
      change: /in which Node\.js starts/,
      setUp({ write }) {
        write('.env', 'NODE_EXTRA_CA_CERTS=ca.pem\n')
        return {}
      },
    },
  ]),
  ...foundBy('session-secret', [
    {
      name: 'the session secret is missing in production',
      result: 'error',
      found: /session\.secret is not configured/,
      change: /identity-web-cli secret/,
      setUp: () => ({ changes: { IDENTITY_SESSION_SECRET: undefined, NODE_ENV: 'production' } }),
    },
    {
      name: 'the session secret is missing in development',
      result: 'warning',
      found: /signed out at a restart/,
      change: /identity-web-cli secret/,
      setUp: () => ({ changes: { IDENTITY_SESSION_SECRET: undefined } }),
    },
    {
      name: 'the session secret is missing with the sign-in device-code',
      result: 'warning',
      found: /signed out at a restart/,
      change: /identity-web-cli secret/,
      setUp: (tools) => ({
        ...config(tools, '{ signIn: { kind: "device-code" } }'),
        changes: { IDENTITY_SESSION_SECRET: undefined },
      }),
    },
    {
      name: 'the session secret is missing in another file',
      result: 'warning',
      found: /signed out at a restart/,
      change: /identity-web-cli secret --env web\.env"/,
      setUp({ write }) {
        write('web.env', '')
        return { changes: { IDENTITY_SESSION_SECRET: undefined }, args: ['--env', 'web.env'] }
      },
    },
    {
      name: 'the session secret is short',
      result: 'error',
      found: /shorter than 32 characters/,
      change: /identity-web-cli secret/,
      setUp: () => ({ changes: { IDENTITY_SESSION_SECRET: 'short-secret' } }),
    },
    ...[
      'change-me-to-a-long-random-string-please',
      'a session secret of at least 32 characters',
      'a-development-secret-of-32-characters-or-more',
    ].map((secret): FaultOfCheck => ({
      name: `the session secret is a placeholder: ${secret}`,
      result: 'error',
      found: /words of an example/,
      change: /identity-web-cli secret/,
      setUp: () => ({ changes: { IDENTITY_SESSION_SECRET: secret } }),
    })),
  ]),
]

/** The authority behind a front, which changes the header `Date`. */
async function withClock(seconds: number): Promise<Setup> {
  let target = ''
  const front = await startFront(
    () => target,
    (headers) => ({
      ...headers,
      date: new Date(Date.now() + seconds * 1000).toUTCString(),
    }),
  )
  const port = await unusedPort()
  const provider = await startProvider({ port, origin: front })
  target = `http://localhost:${port}`
  return { changes: { IDENTITY_AUTHORITY: provider.authority() } }
}

const NETWORK: readonly Fault[] = [
  ...foundBy('discovery', [
    {
      name: 'the provider is not running',
      result: 'error',
      found: /refused the connection/,
      change: /Start the provider/,
      setUp: async () => ({
        changes: { IDENTITY_AUTHORITY: `http://localhost:${await unusedPort()}/common` },
      }),
    },
    {
      name: 'the tenant does not exist',
      result: 'error',
      found: /AADSTS90002/,
      change: /tenant does not exist/,
      setUp: ({ provider }) => ({
        changes: { IDENTITY_AUTHORITY: `${provider.origin}/nope.onmicrosoft.com` },
      }),
    },
    {
      name: 'the provider has an outage',
      result: 'error',
      found: /503/,
      change: /./,
      setUp: ({ provider }) =>
        provider.behave({ faults: { metadata: { kind: 'status', status: 503 } } }),
    },
    {
      name: 'a web page comes instead of the metadata',
      result: 'error',
      found: /metadata/,
      change: /./,
      setUp: ({ provider }) => provider.behave({ faults: { metadata: { kind: 'html' } } }),
    },
    ...(
      [
        ['signed requests', { require_signed_request_object: true }, /\(JAR\)/, /Switch off/],
        [
          'mTLS',
          { token_endpoint_auth_methods_supported: ['tls_client_auth'] },
          /only tls_client_auth, which/,
          /one of/,
        ],
        [
          'signed requests of web apps',
          { require_signed_request_object: true },
          /issuer/,
          /^$/,
          '--api',
        ],
      ] as const
    ).map(([name, field, found, change, kind]): FaultOfCheck => ({
      name: `the provider requires ${name}`,
      result: kind === undefined ? 'error' : 'ok',
      found,
      change,
      setUp: (tools) =>
        config(
          tools,
          `{ async fetch(url, init) {
          const response = await fetch(url, init)
          if (!String(url).includes('.well-known')) return response
          return Response.json({ ...(await response.json()), ...${JSON.stringify(field)} })
        } }`,
          ...(kind === undefined ? [] : [kind]),
        ),
    })),
    {
      name: 'the keys are missing',
      result: 'error',
      found: /keys|closed the connection/,
      change: /./,
      setUp: ({ provider }) => provider.behave({ faults: { keys: { kind: 'drop' } } }),
    },
    {
      name: 'the provider does not respond',
      result: 'error',
      found: /did not (respond|accept)|in time|within/,
      change: /./,
      setUp({ provider }) {
        provider.behave({ faults: { metadata: { kind: 'hang' } } })
        return { args: ['--timeout', '0.5'] }
      },
    },
  ]),
  ...foundBy('tls', [
    {
      name: 'the certificate comes from an unknown authority',
      result: 'error',
      found: /does not trust .* Its issuer is identity-web-dev CA/,
      change: /NODE_EXTRA_CA_CERTS/,
      setUp: async () => {
        const provider = await startProvider({ tls: true })
        return { changes: { IDENTITY_AUTHORITY: provider.authority() } }
      },
    },
    {
      name: 'a proxy decrypts TLS',
      result: 'error',
      found: /does not trust .* Its issuer is identity-web-dev CA/,
      change: /a proxy decrypts TLS\. .*NODE_EXTRA_CA_CERTS/,
      async setUp(tools) {
        const proxy = await startHttpProxy({ intercept: createServerCertificate() })
        return {
          // If the test passes its own function, the application uses the proxy.
          ...config(tools, '{ fetch: globalThis.fetch }'),
          changes: { ...BEHIND, HTTPS_PROXY: proxy.url },
        }
      },
    },
    {
      name: 'the certificate has expired',
      result: 'error',
      found: /CERT_HAS_EXPIRED|does not trust/,
      change: /clock|NODE_EXTRA_CA_CERTS/,
      setUp: async () => {
        const tls = createServerCertificate([], Date.now() - 800 * DAY)
        const provider = await startProvider({ tls })
        return { changes: { IDENTITY_AUTHORITY: provider.authority() } }
      },
    },
    {
      name: 'the port of the authority is for http',
      result: 'error',
      found:
        /TLS connection with localhost:\d+ is not possible \(ERR_SSL|TLS connection .*ECONNRESET/,
      change: /https:\/\/ or http:\/\//,
      setUp: async () => ({
        changes: { IDENTITY_AUTHORITY: `${(await startPlain()).replace('http', 'https')}/common` },
      }),
    },
    {
      name: 'the check of certificates is off',
      result: 'error',
      found: /NODE_TLS_REJECT_UNAUTHORIZED is 0/,
      change: /Remove the variable/,
      setUp: () => ({ changes: { NODE_TLS_REJECT_UNAUTHORIZED: '0' } }),
    },
  ]),
  ...foundBy('proxy', [
    {
      name: 'the variable is not a URL',
      result: 'error',
      found: /HTTPS_PROXY is not the URL/,
      change: /http:\/\/proxy\.contoso\.com/,
      setUp: () => ({ changes: { ...BEHIND, HTTPS_PROXY: 'proxy.contoso.com:3128' } }),
    },
    {
      name: 'the proxy cannot be reached',
      result: 'error',
      found: /cannot be reached/,
      change: /host and the port in HTTPS_PROXY/,
      setUp: async () => ({
        changes: { ...BEHIND, HTTPS_PROXY: `http://localhost:${await unusedPort()}` },
      }),
    },
    {
      name: 'the proxy wants a password',
      result: 'error',
      found: /requires a user name and a password/,
      change: /Percent-encode the user name/,
      setUp: async () => ({
        changes: { ...BEHIND, HTTPS_PROXY: (await startHttpProxy({ reject: 407 })).url },
      }),
    },
    {
      name: 'the proxy does not allow the provider',
      result: 'error',
      found: /does not connect to idp\.invalid.* 403/,
      change: /Ask the operator/,
      setUp: async () => {
        const { host } = new URL((await startHttpProxy({ reject: 403 })).url)
        const HTTPS_PROXY = `http://robin:${PASSWORDS.proxy}@${host}`
        return { changes: { ...BEHIND, HTTPS_PROXY } }
      },
    },
    {
      name: 'Node.js does not use the proxy',
      result: 'warning',
      found: /does not use it/,
      change: /NODE_USE_ENV_PROXY=1/,
      setUp: async () => ({ changes: { ...BEHIND, HTTPS_PROXY: await startAcceptingProxy() } }),
    },
  ]),
  ...foundBy('clock', [
    {
      name: 'the clock is five minutes late',
      result: 'error',
      found: /(299|300|301) seconds late/,
      change: /NTP/,
      setUp: () => withClock(300),
    },
    {
      name: 'the clock is half a minute early',
      result: 'warning',
      found: /(29|30|31) seconds early/,
      change: /NTP/,
      setUp: () => withClock(-30),
    },
  ]),
]

/** The top-level domain `invalid` never exists, so no request can leave this computer. */
const BEHIND = { IDENTITY_AUTHORITY: 'https://idp.invalid/common' }

const PROVIDER: readonly Fault[] = [
  ...foundBy('redirect-uri', [
    {
      name: 'the redirect URI is not registered',
      result: 'error',
      found: /does not contain the redirect URI .*AADSTS50011/,
      change: /add exactly this URI/,
      setUp: () => ({ changes: { IDENTITY_REDIRECT_URI: 'https://app.contoso.com/redirect' } }),
    },
    {
      name: 'another provider does not know the redirect URI',
      result: 'error',
      found: /app\.contoso\.com/,
      change: /this URI/,
      setUp: ({ provider }) => ({
        changes: {
          IDENTITY_AUTHORITY: undefined,
          IDENTITY_OIDC_AUTHORITY: provider.oidcAuthority,
          IDENTITY_REDIRECT_URI: 'https://app.contoso.com/redirect',
        },
      }),
    },
    {
      name: 'the app does not exist',
      result: 'error',
      found: /AADSTS700016/,
      change: /IDENTITY_CLIENT_ID/,
      setUp: () => ({ changes: { IDENTITY_CLIENT_ID: '99999999-0000-4000-8000-000000000009' } }),
    },
    {
      name: 'the provider rejects the sign-in',
      result: 'warning',
      found: /unauthorized_client \(AADSTS50105\)/,
      change: /microsoft-errors/,
      setUp({ provider }) {
        const error = { kind: 'error', error: 'unauthorized_client', codes: [50_105] } as const
        provider.behave({ faults: { authorize: error } })
        return {}
      },
    },
    {
      name: 'the host is [::1]',
      result: 'error',
      found: /\[::1\]/,
      change: /localhost/,
      setUp: () => ({ changes: { IDENTITY_REDIRECT_URI: 'http://[::1]:3000/redirect' } }),
    },
    {
      name: 'production has the redirect URI of development',
      result: 'warning',
      found: /NODE_ENV is production/,
      change: /https URL/,
      setUp: () => ({ changes: { NODE_ENV: 'production' } }),
    },
  ]),
  ...foundBy('credential', [
    {
      name: 'the secret is wrong',
      result: 'error',
      found: /AADSTS7000215/,
      change: /Certificates & secrets/,
      setUp: () => ({ changes: { IDENTITY_CLIENT_SECRET: 'wrong-client-secret' } }),
    },
    {
      name: 'the provider responds with unauthorized_client to every client that it does not know',
      result: 'error',
      found: /as to a client that does not exist/,
      change: /client ID and the credential/,
      setUp({ provider }) {
        const error = { kind: 'error', error: 'unauthorized_client', status: 401 } as const
        provider.behave({ faults: { token: error } })
        return oidc(provider)
      },
    },
    {
      name: 'the ID of the secret is pasted in place of its value',
      result: 'error',
      found: /probably the ID of the secret/,
      change: /column "Value"/,
      setUp: () => ({
        changes: { IDENTITY_CLIENT_SECRET: '7d4b1c1e-1111-4222-8333-444455556666' },
      }),
    },
    {
      name: 'the ID of the secret is pasted, and the provider cannot check it',
      result: 'warning',
      found: /client secret is a GUID/,
      change: /column "Value"/,
      setUp: ({ provider }) => ({
        changes: {
          IDENTITY_AUTHORITY: `${provider.origin}/common`,
          IDENTITY_CLIENT_SECRET: '7d4b1c1e-1111-4222-8333-444455556666',
        },
      }),
    },
    {
      name: 'AD FS rejects a secret that is a GUID',
      result: 'error',
      found:
        /^The provider rejects the request: invalid_client|^(?!.*ID of the secret).*invalid_client/,
      change: /^(?!.*column "Value")/,
      setUp: ({ provider }) => ({
        changes: {
          IDENTITY_AUTHORITY: provider.adfsAuthority,
          IDENTITY_CLIENT_SECRET: '7d4b1c1e-1111-4222-8333-444455556666',
        },
      }),
    },
    ...(['entra', 'many tenants', 'b2c', 'adfs', 'oidc'] as const).map((kind): FaultOfCheck => ({
      name: `the secret is missing, ${kind}`,
      result: 'error',
      found: /does not have a credential, and the provider requires one \(invalid_client/,
      change:
        kind === 'oidc'
          ? /^Set clientCredential \(IDENTITY_CLIENT_SECRET\)(?!.*public client)/
          : /^Set clientCredential \(IDENTITY_CLIENT_SECRET\).* IDENTITY_CLIENT_AUTHENTICATION=none\.$/,
      setUp: ({ provider }) => ({
        changes: {
          IDENTITY_CLIENT_SECRET: undefined,
          IDENTITY_AUTHORITY: {
            entra: provider.authority(),
            'many tenants': `${provider.origin}/common`,
            b2c: provider.b2cAuthority(),
            adfs: provider.adfsAuthority,
            oidc: undefined,
          }[kind],
          ...(kind === 'oidc' && { IDENTITY_OIDC_AUTHORITY: provider.oidcAuthority }),
        },
      }),
    })),
    {
      name: 'the secret is missing, and the app says that it is a public client',
      result: 'error',
      found: /AADSTS7000218\), so no user can sign in/,
      change: /platform "Mobile and desktop applications"\.$/,
      setUp: () => ({
        changes: { IDENTITY_CLIENT_SECRET: undefined, IDENTITY_CLIENT_AUTHENTICATION: 'none' },
      }),
    },
    {
      name: 'the secret is missing in an object that a file exports',
      result: 'error',
      found: /AADSTS7000218/,
      change: /IDENTITY_CLIENT_SECRET/,
      setUp({ write, variables }) {
        const entry = new URL('../../../identity-web/src/adapters/fetch/index.ts', import.meta.url)
          .pathname
        const options = "{ strictStart: false, logger: false, environment: 'development' }"
        write(
          'auth.ts',
          `import { Auth } from '${entry}'\nexport const auth = new Auth(${options}, ${JSON.stringify({ ...variables, IDENTITY_CLIENT_SECRET: undefined })})\n`,
        )
        return { changes: { IDENTITY_CLIENT_SECRET: undefined }, args: ['--config', 'auth.ts'] }
      },
    },
    {
      name: 'the secret is missing, and the provider does not say that it requires one',
      result: 'warning',
      found: /did not say whether a credential is required \(invalid_grant, AADSTS9002313\)/,
      change: /IDENTITY_CLIENT_SECRET.*IDENTITY_CLIENT_AUTHENTICATION=none/,
      setUp: async ({ provider }) => ({
        changes: {
          IDENTITY_CLIENT_SECRET: undefined,
          IDENTITY_AUTHORITY: (await startPublic(provider)).authority(),
        },
      }),
    },
    {
      name: 'nothing is wrong with a public client that says so',
      result: 'ok',
      found: /is a public client\. The provider did not ask for a credential/,
      change: /^$/,
      setUp: async ({ provider }) => ({
        changes: {
          IDENTITY_CLIENT_SECRET: undefined,
          IDENTITY_CLIENT_AUTHENTICATION: 'none',
          IDENTITY_AUTHORITY: (await startPublic(provider)).authority(),
        },
      }),
    },
    {
      name: 'nothing is wrong with a public client of another provider',
      result: 'ok',
      found: /is a public client/,
      change: /^$/,
      setUp: async ({ provider }) => ({
        changes: {
          IDENTITY_CLIENT_SECRET: undefined,
          IDENTITY_AUTHORITY: undefined,
          IDENTITY_OIDC_AUTHORITY: (await startPublic(provider)).oidcAuthority,
        },
      }),
    },
    {
      name: 'the provider does not answer with an error of OAuth',
      result: 'skipped',
      found: /did not say whether a credential is required/,
      change: /^$/,
      setUp({ provider }) {
        provider.behave({ faults: { token: { kind: 'html' } } })
        return { changes: { IDENTITY_CLIENT_SECRET: undefined } }
      },
    },
    ...(['platform', 'device-code'] as const).map((kind): FaultOfCheck => ({
      name: `nothing is wrong without a secret with the sign-in ${kind}`,
      result: 'skipped',
      found: /The platform signs users in|device code flow works without/,
      change: /^$/,
      setUp: (tools) => ({
        ...config(tools, `{ signIn: { kind: "${kind}" } }`),
        changes: { IDENTITY_CLIENT_SECRET: undefined },
      }),
    })),
    {
      name: 'the secret has expired',
      result: 'error',
      found: /AADSTS7000222/,
      change: /expired/,
      setUp({ provider }) {
        const error = { kind: 'error', error: 'invalid_client', codes: [7_000_222] } as const
        provider.behave({ faults: { token: { ...error, status: 401 } } })
        return {}
      },
    },
    {
      name: 'the certificate is not registered',
      result: 'error',
      found: /AADSTS700027/,
      change: /certificate/i,
      setUp(tools) {
        const { cert, key } = createClientCertificate()
        const credential = JSON.stringify({ certificate: cert, privateKey: key })
        return {
          ...config(tools, `{ clientCredential: ${credential} }`),
          changes: { IDENTITY_CLIENT_SECRET: undefined },
        }
      },
    },
    {
      name: 'Azure AD B2C rejects the secret',
      result: 'error',
      found: /invalid_client/,
      change: /secret/,
      setUp: ({ provider }) => ({
        changes: {
          IDENTITY_AUTHORITY: provider.b2cAuthority(),
          IDENTITY_CLIENT_SECRET: 'wrong-client-secret',
        },
      }),
    },
    {
      name: 'another provider rejects the secret',
      result: 'error',
      found: /invalid_client/,
      change: /./,
      setUp: ({ provider }) => ({
        changes: {
          IDENTITY_AUTHORITY: undefined,
          IDENTITY_OIDC_AUTHORITY: provider.oidcAuthority,
          IDENTITY_CLIENT_SECRET: 'wrong-client-secret',
        },
      }),
    },
  ]),
  ...foundBy('token-version', [
    {
      name: 'the API gets access tokens of version 1',
      result: 'warning',
      found: /version 1/,
      change: /requestedAccessTokenVersion to 2/,
      setUp: async ({ provider: { config: base, api } }) => {
        const apps = base.apps.map((app) =>
          app.clientId === api.clientId
            ? { ...app, accessTokenVersion: 1 as const, clientSecret: 'api-client-secret' }
            : app,
        )
        const provider = await startProvider({ config: { apps } })
        return {
          args: ['--api'],
          changes: {
            IDENTITY_AUTHORITY: provider.authority(),
            IDENTITY_CLIENT_ID: api.clientId,
            IDENTITY_CLIENT_SECRET: 'api-client-secret',
            IDENTITY_REDIRECT_URI: undefined,
          },
        }
      },
    },
  ]),
  ...foundBy('mcp-metadata', [
    {
      name: 'the MCP server is not at --url',
      result: 'error',
      found: /oauth-protected-resource\/mcp does not respond: .*ECONNREFUSED/,
      change: /start the server/,
      setUp: async () => ({
        args: ['--mcp', '--url', `http://localhost:${await unusedPort()}/mcp`],
      }),
    },
  ]),
  ...foundBy('registration', [
    {
      name: 'the URL of the MCP server is not an App ID URI',
      result: 'error',
      found: /^http:\/\/localhost:3000\/mcp is not an Application ID URI .*AADSTS500011/,
      change: /Expose an API/,
      setUp: (tools) =>
        config(tools, `{ resource: 'http://localhost:3000/mcp', scopes: ['Tools.Use'] }`),
    },
  ]),
]

const STORE = foundBy('store', [
  {
    name: 'the store is not running',
    result: 'error',
    found: /cannot be used: .*ECONNREFUSED/,
    change: /Start the store/,
    setUp: async () => ({
      changes: { REDIS_URL: `redis://:${PASSWORDS.redis}@localhost:${await unusedPort()}` },
    }),
  },
  {
    name: 'the URL has another scheme',
    result: 'error',
    found: /does not start with redis/,
    change: /redis:\/\/localhost:6379/,
    setUp: () => ({ args: ['--store', 'localhost:6379'] }),
  },
  {
    name: 'the store wants a password',
    result: 'error',
    found: /NOAUTH/,
    change: /percent-encoded/,
    setUp: async () => ({ args: ['--store', await redis({ requirepass: PASSWORDS.redis })] }),
  },
  {
    name: 'the store deletes sessions when it is full',
    result: 'warning',
    found: /allkeys-lru/,
    change: /noeviction/,
    setUp: async () => ({
      args: ['--store', await redis({ 'maxmemory-policy': 'allkeys-lru' })],
    }),
  },
  {
    name: 'the store is a Map',
    result: 'warning',
    found: /is a Map/,
    change: /all servers share/,
    setUp: (tools) => config(tools, `{ session: { store: new Map() } }`),
  },
  {
    name: 'the store forgets',
    result: 'error',
    found: /a value that differs from the stored value/,
    change: /read, write and delete/,
    setUp: (tools) =>
      config(tools, `{ session: { store: { get: () => undefined, set() {}, delete() {} } } }`),
  },
  {
    name: 'the store ignores the lifetime',
    result: 'error',
    found: /longer than its 300 milliseconds/,
    change: /third argument of set/,
    setUp: (tools) =>
      config(
        tools,
        `(() => {
          const map = new Map()
          const store = { get: (key) => map.get(key), set: (key, value) => void map.set(key, value), delete: (key) => map.delete(key) }
          return { session: { store } }
        })()`,
        '--timeout',
        '2',
      ),
  },
])

/** The store that a configuration file passes to `sharedTokens()`. */
function tokenStore({ write }: Tools, store: string): Setup {
  write(
    'config.mjs',
    `import { sharedTokens } from 'identity-web/token-cache'
     import { memoryStore } from 'identity-web'
     export const options = { tokenCache: sharedTokens({ store: ${store} }) }`,
  )
  return { args: ['--config', 'config.mjs', '--api'] }
}

const TOKEN_STORE = foundBy('store', [
  {
    name: 'the store of shared tokens is not running',
    result: 'error',
    found: /^The store of sharedTokens\(\) failed: .*ECONNREFUSED/,
    change: /client of the store is connected/,
    setUp: (tools) =>
      tokenStore(
        tools,
        `((fail) => ({ get: fail, set: fail, delete: fail }))(async () => { throw new Error('connect ECONNREFUSED') })`,
      ),
  },
  {
    name: 'the store of shared tokens forgets',
    result: 'error',
    found: /^The store of sharedTokens\(\) returned a value that differs from the stored value/,
    change: /read, write and delete/,
    setUp: (tools) => tokenStore(tools, `{ get: () => undefined, set() {}, delete() {} }`),
  },
  {
    name: 'the store of shared tokens does not delete',
    result: 'error',
    found: /^The store of sharedTokens\(\) returned a value after delete/,
    change: /read, write and delete/,
    setUp: (tools) => tokenStore(tools, `Object.assign(memoryStore(), { delete: () => true })`),
  },
  {
    name: 'the store of shared tokens is a Map',
    result: 'warning',
    found: /^The store of sharedTokens\(\) is a Map/,
    change: /all servers share/,
    setUp: (tools) => tokenStore(tools, 'new Map()'),
  },
  {
    name: 'the store of shared tokens does not have locks',
    result: 'warning',
    found: /^The store of sharedTokens\(\) does not have locks, so several servers can request/,
    change: /redisStore/,
    setUp: (tools) => tokenStore(tools, `Object.assign(memoryStore(), { lock: undefined })`),
  },
  {
    name: 'the store of the sessions, which the tokens share, does not have locks',
    result: 'warning',
    found: /^The store of sharedTokens\(\) does not have locks/,
    change: /redisStore/,
    setUp: ({ write }) => {
      write(
        'config.mjs',
        `import { sharedTokens } from 'identity-web/token-cache'
         import { memoryStore } from 'identity-web'
         const store = Object.assign(memoryStore(), { lock: undefined })
         export const options = { session: { store }, tokenCache: sharedTokens() }`,
      )
      return { args: ['--config', 'config.mjs'] }
    },
  },
  {
    name: 'two servers get the same lock',
    result: 'error',
    found: /^The store of sharedTokens\(\) gave a lock to two owners/,
    change: /lock/,
    setUp: (tools) =>
      tokenStore(
        tools,
        `Object.assign(memoryStore(), { lock: async () => ({ set: async () => true, release: async () => undefined }) })`,
      ),
  },
  {
    name: 'a lock is never released',
    result: 'error',
    found: /^The store of sharedTokens\(\) did not give a free lock/,
    change: /lock/,
    setUp: (tools) =>
      tokenStore(
        tools,
        `((store, lock = store.lock) => Object.assign(store, {
          lock: async (...args) => {
            const taken = await lock(...args)
            return taken && { ...taken, release: async () => undefined }
          },
        }))(memoryStore())`,
      ),
  },
])

/** Starts an app, and checks it. */
async function deployed(app: DeployedApp): Promise<Setup> {
  return { args: ['--url', await startApp(app)] }
}

const DEPLOYMENT: readonly Fault[] = [
  ...foundBy('deployment', [
    {
      name: 'the app does not use https',
      result: 'error',
      found: /does not use https/,
      change: /https URL/,
      setUp: () => ({ args: ['--url', 'http://app.invalid'] }),
    },
    {
      name: 'the app does not respond',
      result: 'error',
      found: /does not respond/,
      change: /start the app/,
      setUp: async () => ({ args: ['--url', `http://localhost:${await unusedPort()}`] }),
    },
    {
      name: 'the URL is not that of the app',
      result: 'error',
      found: /responds with 404/,
      change: /--url is the URL of the app/,
      setUp: ({ provider }) => ({ args: ['--url', provider.origin] }),
    },
    {
      name: 'the settings of the app are wrong',
      result: 'error',
      found: /503/,
      change: /Read its log/,
      setUp: ({ variables }) =>
        deployed({ variables: { ...variables, IDENTITY_CLIENT_ID: '', NODE_ENV: 'production' } }),
    },
    {
      name: 'the app sends the redirect URI of another host',
      result: 'error',
      found: /sends the redirect URI http:\/\/localhost:3000\/redirect/,
      change: /IDENTITY_REDIRECT_URI of the deployed app/,
      setUp: ({ variables }) =>
        deployed({ variables, redirectUri: 'http://localhost:3000/redirect' }),
    },
    {
      name: 'the app has another client ID',
      result: 'warning',
      found: /these settings have/,
      change: /IDENTITY_CLIENT_ID/,
      setUp: async ({ variables, provider: { api } }) => ({
        ...(await deployed({ variables })),
        changes: { IDENTITY_CLIENT_ID: api.clientId },
      }),
    },
    {
      name: 'a proxy removes the cookie',
      result: 'error',
      found: /does not contain its cookie/,
      change: /Set-Cookie/,
      setUp: ({ variables }) =>
        deployed({ variables, change: (headers) => headers.delete('set-cookie') }),
    },
    {
      name: 'a proxy lets the response be cached',
      result: 'warning',
      found: /no-store/,
      change: /CDN/,
      setUp: ({ variables }) =>
        deployed({ variables, change: (headers) => headers.delete('cache-control') }),
    },
  ]),
  ...foundBy('headers', [
    {
      name: 'the proxy in front accepts only short cookies',
      result: 'error',
      found: /accepts about \d{4} characters/,
      change: /large_client_header_buffers/,
      setUp: ({ variables }) => deployed({ variables, maxHeaderSize: 6000 }),
    },
    {
      name: 'the same with a store',
      result: 'warning',
      found: /accepts about \d{4} characters/,
      change: /large_client_header_buffers/,
      setUp: async (tools) =>
        config(
          tools,
          `{ session: { store: new Map() } }`,
          '--url',
          await startApp({ variables: tools.variables, maxHeaderSize: 6000 }),
        ),
    },
  ]),
]

const TOKENS: readonly Fault[] = [
  ...foundBy('claims', [
    {
      name: 'the file with the ID token does not exist',
      result: 'error',
      found: /The file none of --id-token cannot be read \(ENOENT\)/,
      change: /Correct the path/,
      setUp: () => ({ args: ['--id-token', 'none'] }),
    },
    {
      name: 'the ID token does not contain login_hint',
      result: 'warning',
      found: /does not contain login_hint/,
      change: /optional claim login_hint/,
      setUp: (tools) => idToken(tools, {}),
    },
    {
      name: 'the ID token does not contain the roles that the app needs',
      result: 'error',
      found: /does not contain roles/,
      change: /App roles/,
      setUp: (tools) => idToken(tools, {}, '--claims', 'roles,groups'),
    },
    {
      name: 'the user has too many groups',
      result: 'warning',
      found: /more groups than a token/,
      change: /User\.Read/,
      setUp: (tools) => {
        const claims = { login_hint: 'x', _claim_names: { groups: 'src1' } }
        return idToken(tools, claims, '--claims', 'groups')
      },
    },
    {
      name: 'the token belongs to another app',
      result: 'error',
      found: /not an ID token of this app/,
      change: /not an access token/,
      setUp: (tools) => idToken(tools, { aud: 'other' }),
    },
    {
      name: 'the file does not contain a token',
      result: 'error',
      found: /does not contain an ID token/,
      change: /--id-token/,
      setUp: ({ write }) => ({ args: ['--id-token', write('id-token.txt', 'hello')] }),
    },
  ]),
  ...foundBy('consent', [
    {
      name: 'users cannot grant scopes',
      result: 'warning',
      found: /users cannot grant Mail\.Read, IMAP\.AccessAsUser\.All\. An administrator must/,
      change: /Grant admin consent/,
      setUp: (tools) =>
        config(
          tools,
          `{ scopes: 'User.Read https://graph.microsoft.com/mail.read', apis: { mail: { baseUrl: 'https://mail.contoso.com', scopes: ['api://mail/Chat.Read', 'https://outlook.office.com/IMAP.AccessAsUser.All'] } } }`,
        ),
    },
    {
      name: 'users of a national cloud cannot grant scopes',
      result: 'warning',
      found: /users cannot grant Mail\.Read\. An administrator must/,
      change: /Grant admin consent/,
      setUp: () => ({
        changes: {
          IDENTITY_AUTHORITY: 'https://login.microsoftonline.us/contoso.onmicrosoft.us',
          IDENTITY_SCOPE: 'https://graph.microsoft.us/Mail.Read',
        },
      }),
    },
  ]),
  ...foundBy('expiry', [
    {
      name: 'the certificate has ended',
      result: 'error',
      found: /certificate .* expired on/,
      change: /credentials\.md/,
      setUp: (tools) => certificate(tools, 400),
    },
    {
      name: 'the certificate ends soon',
      result: 'warning',
      found: /expires on .* in (9|10) days/,
      change: /credentials\.md/,
      setUp: (tools) => certificate(tools, 355),
    },
    {
      name: 'the date of the secret in the variables has passed',
      result: 'error',
      found: /^The secret of IDENTITY_CLIENT_SECRET expired on 2020-01-31\.$/,
      change: /Certificates & secrets.*If the secret is new already, correct its date/,
      setUp: () => ({ changes: { IDENTITY_CLIENT_SECRET_EXPIRES: '2020-01-31' } }),
    },
    {
      name: 'the date of the secret that the code passes on is soon',
      result: 'warning',
      found: /^The secret of IDENTITY_CLIENT_SECRET expires on .*, in 9 days\.$/,
      change: /Certificates & secrets/,
      setUp(tools) {
        const { IDENTITY_CLIENT_SECRET: secret } = tools.variables
        return {
          ...config(tools, `{ clientCredential: ['new-secret', '${secret}'] }`),
          changes: { IDENTITY_CLIENT_SECRET_EXPIRES: `${dayIn(9)}T23:59:59Z` },
        }
      },
    },
    {
      name: 'the date of a secret in the options is soon',
      result: 'warning',
      found: /^The secret of clientCredential\[1\] expires on .*, in 9 days\.$/,
      change: /Certificates & secrets/,
      setUp: (tools) =>
        config(
          tools,
          `{ clientCredential: ['new-secret', { secret: '7d4b1c1e-1111-4222-8333-444455556666', expires: new Date('${dayIn(9)}T23:59:59Z') }] }`,
        ),
    },
    {
      name: 'the registered secret has ended',
      result: 'error',
      found: /registered secret "Server" \(abcd0000\) expired on 2025-01-31/,
      change: /Certificates & secrets/,
      setUp: (tools) => graph(tools, '2025-01-31T00:00:00Z'),
    },
    {
      name: 'an old secret is still registered',
      result: 'warning',
      found: /expired on 2025-01-31/,
      change: /remove it/,
      setUp: (tools) => graph(tools, '2025-01-31T00:00:00Z', '2099-01-31T00:00:00Z'),
    },
    {
      name: 'the registered secret ends soon',
      result: 'warning',
      found: /registered secret "Server" \(abcd0000\) expires on .* in (8|9) days/,
      change: /Certificates & secrets/,
      setUp: (tools) => graph(tools, new Date(Date.now() + 9 * DAY).toISOString()),
    },
    {
      name: 'the token would go to another host than Microsoft',
      result: 'error',
      found: /does not have a Microsoft Graph/,
      change: /--graph/,
      setUp: ({ write }) => ({
        args: ['--token-file', write('graph-token', 'secret-graph-token')],
      }),
    },
    {
      name: 'the file does not contain a token of Microsoft Graph',
      result: 'error',
      found: /is not an access token of Microsoft Graph/,
      change: /az account get-access-token/,
      setUp: (tools) => graphToken(tools, 'secret-graph-token'),
    },
    {
      name: 'the file with the token does not exist',
      result: 'error',
      found: /The file none of --token-file cannot be read \(ENOENT\)/,
      change: /Correct the path/,
      setUp: ({ provider }) => ({ args: ['--graph', provider.graph, '--token-file', 'none'] }),
    },
    {
      name: 'the Azure CLI is not installed',
      result: 'error',
      found: /The Azure CLI is not installed/,
      change: /az login/,
      setUp: ({ provider, folder }) => ({
        changes: { PATH: folder },
        args: ['--graph', provider.graph, '--azure-cli'],
      }),
    },
    {
      name: 'Microsoft Graph has an outage',
      result: 'error',
      found: /Microsoft Graph returned 503/,
      change: /again later/,
      setUp: async (tools) => {
        const setup = await graph(tools, '2099-01-31T00:00:00Z')
        const [, base = ''] = setup.args ?? []
        const front = await startFront(
          () => base,
          (headers) => headers,
          503,
        )
        return { ...setup, args: [...(setup.args ?? []), '--graph', `${front}/v1.0`] }
      },
    },
    {
      name: 'Microsoft Graph rejects the token',
      result: 'error',
      found: /Microsoft Graph returned 401/,
      change: /az login/,
      setUp: (tools) => graphToken(tools, 'eyJhbGciOiJub25lIn0.eyJ0aWQiOiJhIn0.'),
    },
  ]),
  ...foundBy('settings', [
    {
      name: 'the date of the secret cannot be read',
      result: 'warning',
      found: /^IDENTITY_CLIENT_SECRET_EXPIRES has no effect\.$/,
      change: /^Set it to a date, for example 2027-03-31/,
      setUp: () => ({ changes: { IDENTITY_CLIENT_SECRET_EXPIRES: '31.03.2027' } }),
    },
  ]),
  ...foundBy('credential', [
    {
      name: 'the secret with a date is the ID of a secret',
      result: 'error',
      found: /rejected the secret, which is a GUID/,
      change: /column "Value"/,
      setUp: (tools) =>
        config(
          tools,
          `{ clientCredential: { secret: '7d4b1c1e-1111-4222-8333-444455556666', expires: '2099-01-31' } }`,
        ),
    },
  ]),
]

/** The day in some days, in UTC. */
function dayIn(days: number): string {
  return new Date(Date.now() + days * DAY).toISOString().slice(0, 10)
}

/** A certificate that was created some days ago, and is valid for a year. */
function certificate(tools: Tools, daysAgo: number): Setup {
  const { cert, key } = createClientCertificate('doctor', Date.now() - daysAgo * DAY)
  tools.write('certificate.pem', cert)
  tools.write('key.pem', key)
  const { args = [] } = config(
    tools,
    `{ clientCredential: { certificate: 'certificate.pem', privateKey: 'key.pem' } }`,
  )
  return { args: [...args, '--only', 'expiry'] }
}

/** A registration with secrets that end at these times. */
async function graph({ write, variables }: Tools, ...ends: readonly string[]): Promise<Setup> {
  const keyId = 'abcd0000-0000-4000-8000-000000000000'
  const passwordCredentials = ends.map((endDateTime) => ({
    displayName: 'Server',
    keyId,
    endDateTime,
  }))
  const app = { appId: variables['IDENTITY_CLIENT_ID'], passwordCredentials }
  const provider = await startProvider({
    config: { graph: { '/applications': { $scopes: ['User.Read'], value: [app] } } },
  })
  const token = await provider.accessToken({
    as: 'sam',
    scopes: ['https://graph.microsoft.com/User.Read'],
  })
  return {
    changes: { IDENTITY_AUTHORITY: provider.authority() },
    ...graphToken({ provider, write }, `${token}\n`),
  }
}

/** Sends a token to the Graph of a provider. */
function graphToken({ provider, write }: Pick<Tools, 'provider' | 'write'>, token: string): Setup {
  return { args: ['--graph', provider.graph, '--token-file', write('graph-token', token)] }
}

/** Every fault that the command finds. */
export const FAULTS: readonly Fault[] = [
  ...SETTINGS,
  ...NETWORK,
  ...PROVIDER,
  ...STORE,
  ...TOKEN_STORE,
  ...DEPLOYMENT,
  ...TOKENS,
]
