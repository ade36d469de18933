import { ApiAuth, Auth, IdentityError, McpAuth } from 'identity-web/fetch'
import { easyAuth } from 'identity-web/easy-auth'
import { kubernetesAssertion, managedIdentityAssertion } from 'identity-web'
import { describe, expect, test as base } from '../support/settings-fixtures.ts'

// A secret of the environment must not reach the provider of another registration. If the variable of the other
// registration is missing or misspelled, only this rule prevents it.

const ENTRA = 'https://login.microsoftonline.com/contoso.onmicrosoft.com'
const OTHER = 'https://accounts.example.com'
const B2C = { tenantName: 'fabrikam', signUpSignInUserFlow: 'B2C_1_susi' }
const WEB = '11111111-2222-3333-4444-555555555555'

let count = 0

const test = base
  // Each test has its own secret, because the first registration in a process keeps it.
  .extend('secret', () => `the-secret-of-test-${(count += 1)}`)
  .extend('sent', () => [] as unknown[])
  .extend('common', ({ sent }) => ({ logger: false as const, fetch: createFetch(sent) }))
  .extend('web', ({ common }) => ({
    ...common,
    redirectUri: 'https://app.contoso.com/redirect',
    session: { secret: 'a-secret-of-thirty-two-characters' },
  }))

/** Responds with metadata, and records the requests that contain a credential. */
function createFetch(sent: unknown[]): typeof fetch {
  return async (input, init) => {
    const { href, origin } = new URL(input as string)
    if (!href.includes('.well-known')) {
      sent.push(init)
      return Response.json({ error: 'invalid_client' }, { status: 401 })
    }
    const issuer = href.includes('B2C') ? `${origin}/${WEB}/v2.0/` : href.split('/.well-known')[0]
    return Response.json({
      issuer: issuer?.replace('contoso.onmicrosoft.com', WEB),
      authorization_endpoint: `${origin}/authorize`,
      token_endpoint: `${origin}/token`,
      jwks_uri: `${origin}/keys`,
    })
  }
}

const CODE = {
  authority: { authority: ENTRA },
  oidcAuthority: { oidcAuthority: OTHER },
  b2c: { b2c: B2C },
  nothing: {},
}
const NAMED = {
  authority: { IDENTITY_AUTHORITY: ENTRA },
  oidcAuthority: { IDENTITY_OIDC_AUTHORITY: OTHER },
  b2c: {
    IDENTITY_B2C_TENANT_NAME: B2C.tenantName,
    IDENTITY_B2C_SIGN_UP_SIGN_IN_USER_FLOW: B2C.signUpSignInUserFlow,
  },
  nothing: {},
}
const CLIENTS = { 'the same': WEB, another: 'shop', no: undefined }

/** Every pair of a registration in the code and one in the environment. */
const PAIRS = Object.entries(CODE).flatMap(([code, options]) =>
  Object.entries(NAMED).flatMap(([named, variables]) =>
    Object.entries(CLIENTS).map(
      ([client, IDENTITY_CLIENT_ID]) =>
        [
          `${code} in the code, ${named} and ${client} client ID in the environment`,
          {
            options: { ...options, clientId: WEB },
            variables: { ...variables, IDENTITY_CLIENT_ID },
          },
          client === 'another' || (code !== 'nothing' && named !== 'nothing' && named !== code),
          code === 'nothing' && named === 'nothing',
        ] as const,
    ),
  ),
)

test.for(PAIRS.filter(([, , , isEmpty]) => !isEmpty))(
  'a secret for %s',
  async ([, { options, variables }, isOther], { common, web, secret, sent }) => {
    const all = { ...variables, IDENTITY_CLIENT_SECRET: secret }
    const { problems } = new Auth({ ...web, ...options }, all)
    expect(problems.map(({ option }) => option)).toEqual(isOther ? ['clientCredential'] : [])
    const given = { ...common, ...options, resource: 'https://app.contoso.com/mcp' }
    // An API usually only verifies tokens, so it starts.
    for (const api of [new ApiAuth(given, all), new McpAuth(given, all)]) {
      expect(api.problems).toEqual([])
      const error = await api.getTokenForClient('a/.default').catch((thrown: unknown) => thrown)
      expect(error).toBeInstanceOf(IdentityError)
      const { code, message } = error as IdentityError
      expect(code).toBe(isOther ? 'configuration' : 'provider_error')
      for (const text of isOther ? [problems[0]!.message, message] : [])
        expect(text).toMatch(
          /^IDENTITY_CLIENT_SECRET belongs to the registration in IDENTITY_(AUTHORITY|OIDC_|B2C_|CLIENT_ID).*Auth\(\{ clientCredential \}\)/,
        )
    }
    expect(sent.length > 0).toBe(!isOther)
  },
)

describe('a secret of the environment', () => {
  const entra = { authority: ENTRA, clientId: WEB }
  const other = { oidcAuthority: OTHER, clientId: 'shop' }

  test.for([
    ['not named', undefined],
    ['passed on by the code', 'passed'],
  ])('that is %s belongs to the first registration', ([, passed], { web, secret }) => {
    const variables = { IDENTITY_CLIENT_SECRET: secret }
    const clientCredential = passed && secret
    for (const authority of [ENTRA, 'https://login.microsoftonline.com/common', `${ENTRA}/v2.0`])
      expect(
        new Auth({ ...web, ...entra, clientCredential, authority }, variables).problems,
      ).toEqual([])
    const second = new Auth({ ...web, ...other, clientCredential: undefined }, variables)
    expect(second.problems.map(({ message }) => message)).toEqual([
      `IDENTITY_CLIENT_SECRET belongs to the client ID ${WEB} at https://login.microsoftonline.com/ already, but Auth has the client ID shop at ${OTHER}. Set Auth({ clientCredential }) to its own credential. Is the variable that your code reads set? For a public client, set Auth({ clientAuthentication: 'none' }).`,
    ])
  })

  test('is not sent for another registration that was created first', async ({
    web,
    secret,
    sent,
  }) => {
    const variables = { IDENTITY_CLIENT_SECRET: secret }
    const wrong = new Auth({ ...web, ...other }, variables)
    const right = new Auth({ ...web, ...entra, clientCredential: secret }, variables)
    expect(right.problems).toEqual([])
    await expect(wrong.getTokenForClient('a')).rejects.toThrow('IDENTITY_CLIENT_SECRET belongs to')
    expect(sent).toEqual([])
  })

  test('is for the web app, and not for a public client or an API beside it', ({ web, secret }) => {
    const variables = { IDENTITY_AUTHORITY: ENTRA, IDENTITY_CLIENT_SECRET: secret }
    const api = new ApiAuth({ clientId: 'api', logger: false }, variables)
    const auth = new Auth({ ...web, clientId: WEB }, variables)
    const open = new Auth({ ...web, ...other, clientAuthentication: 'none' }, variables)
    expect([...api.problems, ...auth.problems, ...open.problems]).toEqual([])
  })

  test('is for the provider that the environment names now', ({ web, secret }) => {
    for (const IDENTITY_AUTHORITY of ['http://localhost:1/a', 'http://localhost:2/a']) {
      const variables = { IDENTITY_AUTHORITY, IDENTITY_CLIENT_ID: WEB }
      const auth = new Auth(web, { ...variables, IDENTITY_CLIENT_SECRET: secret })
      expect(auth.problems).toEqual([])
    }
  })

  test.for([
    ['its own', {}, 0],
    ['its own, which the code names again', entra, 0],
    ['another provider', { oidcAuthority: OTHER }, 1],
    ['another client ID', { clientId: 'shop' }, 1],
  ] as const)('that the platform sets is for %s', ([, code, expected], { common, secret }) => {
    const variables = {
      WEBSITE_AUTH_ENABLED: 'True',
      WEBSITE_HOSTNAME: 'app.contoso.com',
      WEBSITE_AUTH_OPENID_ISSUER: `${ENTRA}/v2.0`,
      WEBSITE_AUTH_CLIENT_ID: WEB,
      MICROSOFT_PROVIDER_AUTHENTICATION_SECRET: secret,
    }
    const { problems } = new Auth({ ...common, ...code, signIn: easyAuth() }, variables)
    expect(problems.filter(({ option }) => option === 'clientCredential')).toHaveLength(expected)
  })
})

test.for([
  ['a managed identity', managedIdentityAssertion()],
  ['a federated file', kubernetesAssertion()],
  ['a certificate', { certificate: 'app.pem', privateKey: 'app.key' }],
] as const)('%s of the environment is used only if the code says so', ([, used], { web }) => {
  const variables = {
    IDENTITY_AUTHORITY: ENTRA,
    IDENTITY_CLIENT_ID: WEB,
    IDENTITY_ENDPOINT: 'http://localhost:1',
    IDENTITY_HEADER: 'header',
    AZURE_FEDERATED_TOKEN_FILE: '/var/run/secrets/token',
    AZURE_CLIENT_CERTIFICATE_PATH: 'app.pem',
  }
  const problemsOf = (clientCredential?: typeof used): readonly unknown[] =>
    new Auth({ ...web, clientCredential, environment: 'production' }, variables).problems
  expect(problemsOf()).toEqual([expect.objectContaining({ option: 'clientCredential' })])
  expect(problemsOf(used)).toEqual([])
})
