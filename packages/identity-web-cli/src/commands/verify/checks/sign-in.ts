import type { Claims } from 'identity-web/fetch'
import { DOCTOR } from '../advice.js'
import { responsesCheck } from './responses.js'
import { fail, notApplicable, skip, type Check } from '../check.js'
import type { Trial } from '../trial.js'

/** The settings, the sign-in, and the refreshes of its session. */
export const signInChecks: readonly Check[] = [
  {
    id: 'settings',
    statement: 'The settings of the application are complete.',
    needs: [],
    run({ auth: { problems } }) {
      if (problems.length > 0) fail(problems.map(({ message }) => message).join(' '), DOCTOR)
    },
  },
  {
    id: 'discovery',
    statement: 'The metadata of the provider contains the expected issuer and usable keys.',
    needs: ['settings'],
    async run({ auth, recorder }) {
      await auth.ready()
      // The library has read the keys, but accepts a list that gets its first key later.
      const response = await recorder.fetch(String(recorder.metadata['jwks_uri']))
      const { keys } = (await response.json()) as { readonly keys?: unknown }
      if (!Array.isArray(keys) || keys.length === 0)
        fail(
          'The list of keys is empty, so the library cannot verify tokens.',
          'Create a signing key at the provider, or open an issue with this report.',
        )
    },
  },
  responsesCheck,
  {
    id: 'sign-in',
    statement:
      'The authorization code flow with PKCE, state and nonce ends with a valid ID token and a session.',
    needs: ['discovery'],
    expiresSoon: true,
    async run(trial) {
      trial.claims = await trial.ask<Claims>({
        text: 'Sign in at the provider, and consent if it asks.',
        pages: {
          '/verify/sign-in': (done) =>
            trial.auth.loginRequired((_request: Request, context) => done(context.claims)),
        },
      })
      for (const [name, value] of Object.entries(trial.claims))
        if (!SHARED.includes(name)) trial.ids.add(value)
    },
  },
  {
    id: 'id-token-claims',
    statement:
      'The ID token contains the claims that the library reads: sub, and at Entra ID and External ID also oid, tid, ver 2.0 and preferred_username.',
    run({ claims, isMicrosoft }) {
      const microsoft = isMicrosoft ? ['oid', 'tid', 'preferred_username', 'ver'] : []
      const missing = ['sub', ...microsoft].filter((name) => typeof claims?.[name] !== 'string')
      if (missing.length > 0)
        fail(
          `The ID token does not contain ${missing.join(', ')}.`,
          'Please open an issue with this report. Until then, do not use these claims to identify users.',
        )
      const version = claims?.['ver']
      if (isMicrosoft && version !== '2.0')
        fail(`The ID token has version ${JSON.stringify(version)} instead of "2.0".`)
    },
  },
  {
    id: 'refresh-token',
    statement: 'The sign-in returns a refresh token.',
    run({ recorder }) {
      const token = recorder.last('authorization_code')?.response['refresh_token']
      if (typeof token !== 'string')
        fail(
          'The sign-in did not return a refresh token.',
          'Allow the scope offline_access for this app and, at other providers than Microsoft, the grant type refresh_token. Without a refresh token, users sign in again when their token expires.',
        )
    },
  },
  {
    id: 'refresh',
    statement: 'A refresh returns a new access token for the same user, without the browser.',
    needs: ['refresh-token'],
    expiresSoon: true,
    async run(trial) {
      if (scopeOf(trial) === undefined && trial.kind !== 'oidc')
        skip('Add --scope <scope of your API> to run this check at this provider.')
      const { response } = trial.recorder.last('authorization_code') ?? {}
      const after = await nextToken(trial)
      if (trial.recorder.last('refresh_token') === undefined)
        fail('The library did not refresh an expired token.')
      if (after === response?.['access_token'])
        fail(
          'The refresh returned the same access token.',
          'Check whether a proxy stores responses of the token endpoint.',
        )
    },
  },
  {
    id: 'refresh-rotation',
    statement: 'The refresh token of a refresh works for the next refresh.',
    needs: ['refresh'],
    expiresSoon: true,
    async run(trial) {
      const { request, response } = trial.recorder.last('refresh_token') ?? {}
      await nextToken(trial)
      const next = response?.['refresh_token']
      if (next === undefined || next === request?.get('refresh_token'))
        notApplicable('The provider does not replace refresh tokens. The first one still works.')
    },
  },
]

/** The claims that are the same for all users of a tenant. */
const SHARED = ['iss', 'ver', 'acr', 'tfp', 'idp']

/** Waits until the token of the session has expired, and requests the next one. */
async function nextToken(trial: Trial): Promise<unknown> {
  await new Promise((resolve) => setTimeout(resolve, LIFETIME_MS))
  const scope = scopeOf(trial)
  if (scope !== undefined) return trial.token(scope)
  // Without an API, UserInfo uses the token of the session.
  const context = await trial.auth.getContext(trial.request())
  await context?.userInfo()
  return trial.recorder.exchanges.at(-1)?.response['access_token']
}

/** A little longer than the lifetime that `expiresSoon` sets. */
const LIFETIME_MS = 1200

/** A scope for a token of the user, without another consent. `undefined` if the settings do not contain one. */
function scopeOf({ graphScope, settings, kind }: Trial): string | undefined {
  // Azure AD B2C issues a token for the app itself if its client ID is the scope.
  const own = kind === 'b2c' ? settings.app['IDENTITY_CLIENT_ID'] : undefined
  return graphScope ?? settings.scope ?? own
}
