import { azureCredential } from 'identity-web/azure'
import type { ProtectedApi } from '../../support/protected-api.ts'
import { grants } from '../../support/steps.ts'
import { describe, expect, issuedAfter, permissions, STEP_UP, test as base } from '../fixtures.ts'
import { sdks, type Sdk } from './sdks.ts'

const ON_BEHALF_OF = 'urn:ietf:params:oauth:grant-type:jwt-bearer'

const test = base
  /** An API whose route `/sdk` returns the user that a service sees. */
  .extend(
    'open',
    ({ openApi, origins }) =>
      (sdk: Sdk) =>
        openApi({ clientCapabilities: ['cp1'] }, (app, api) => {
          app.get(
            '/sdk',
            api.authorizationRequired({ scopes: ['Todos.Read'] }, async (_req, res, context) => {
              res.json(await sdk.open(origins, azureCredential(context))())
            }),
          )
        }),
  )

  /** Returns the token of a user who has consented to the permissions of the API. */
  .extend('callerOf', ({ provider }) => async (as = 'alex') => {
    await provider.userTokens({ as, app: provider.api.clientId, scopes: permissions })
    return provider.accessToken({ as, scopes: ['Todos.Read'] })
  })

/** Returns the name of the user whose data the API gets for a caller. */
async function userAt(api: ProtectedApi, token: string): Promise<unknown> {
  const { status, body } = await api.call('/sdk', token)
  expect({ status, body }).toMatchObject({ status: 200 })
  return body
}

const claimsIn = (value = ''): unknown => JSON.parse(Buffer.from(value, 'base64').toString())

describe.each(Object.entries(sdks))('%s in a route of an API', (_name, sdk) => {
  test('gets the data of the user who called', async ({ open, provider, callerOf }) => {
    const api = await open(sdk)
    for (const as of ['alex', 'robin']) {
      expect(await userAt(api, await callerOf(as))).toBe(provider.user(as).username)
    }
  })

  test('tells the caller that consent is missing', async ({ open, provider }) => {
    const api = await open(sdk)

    const caller = await provider.accessToken({ as: 'alex', scopes: ['Todos.Read'] })

    const { status, challenge } = await api.call('/sdk', caller)

    expect(status).toBe(401)
    const scope = `${provider.api.idUri}/.default`
    expect(challenge).toMatchObject({ error: 'consent_required', scope })
  })

  test('tells the caller the claims that a policy of Conditional Access requires', async ({
    open,
    provider,
    callerOf,
  }) => {
    const api = await open(sdk)
    const caller = await callerOf()
    const fault = { kind: 'error', error: 'interaction_required', times: 1 } as const
    provider.behave({ faults: { token: { ...fault, claims: JSON.stringify(STEP_UP) } } })

    const { status, challenge } = await api.call('/sdk', caller)

    expect(status).toBe(401)
    expect(challenge).toMatchObject({ error: 'insufficient_claims' })
    expect(claimsIn(challenge?.['claims'])).toEqual(STEP_UP)
  })
})

const readers = Object.entries(sdks).filter(([, sdk]) => sdk.ignoresChallenges !== true)

describe.each(readers)(
  '%s with a claims challenge of a service, in a route of an API',
  (_name, sdk) => {
    test('gets another token after the service revoked the first one', async ({
      open,
      provider,
      callerOf,
      clock,
      requireClaims,
    }) => {
      const api = await open(sdk)
      const caller = await callerOf()
      await userAt(api, caller)
      clock.advance(60)
      const claims = issuedAfter(clock.now())
      requireClaims(claims)

      for (let call = 0; call < 2; call++) {
        expect(await userAt(api, caller)).toBe(provider.user('alex').username)
      }
      const answers = grants(provider, ON_BEHALF_OF).filter(({ claims: sent }) =>
        JSON.stringify(sent).includes('nbf'),
      )
      expect(answers).toEqual([
        { claims: { access_token: expect.objectContaining(claims.access_token) } },
      ])
    })

    test('tells the caller the claims that the service requires', async ({
      open,
      callerOf,
      requireClaims,
    }) => {
      const api = await open(sdk)
      const caller = await callerOf()
      await userAt(api, caller)
      requireClaims(STEP_UP)

      const { status, challenge } = await api.call('/sdk', caller)

      expect(status).toBe(401)
      expect(challenge).toMatchObject({ error: 'insufficient_claims' })
      expect(claimsIn(challenge?.['claims'])).toMatchObject(STEP_UP)
    })
  },
)
