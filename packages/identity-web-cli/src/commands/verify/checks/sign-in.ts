import type { Claims } from 'identity-web/fetch'
import type { Check, Step } from '../check.js'
import { failed, passed, skipped } from '../outcome.js'
import type { ProviderKind } from '../settings.js'
import type { Trial } from '../trial.js'

/** The sign-in, which the following steps need. */
export const signIn: Step = {
  title: 'Sign in',
  checks: [
    {
      id: 'sign-in',
      assumes:
        'The authorization code flow with PKCE, state and nonce ends with a valid ID token and a session.',
      needs: ['discovery'],
      async run(trial) {
        await signInHere(trial, 'Sign in at the provider, and consent if it asks.')
        return passed('The sign-in ended with a valid ID token and a session.')
      },
    },
    {
      id: 'id-token-claims',
      assumes:
        'The ID token contains the claims that the library reads: sub, and at Entra ID and External ID also oid, tid, ver 2.0 and preferred_username.',
      needs: ['sign-in'],
      run: (trial) => Promise.resolve(judgeClaims(trial)),
    },
    {
      id: 'refresh-token',
      assumes: 'The sign-in returns a refresh token.',
      needs: ['sign-in'],
      run: ({ recorder, kind }) => {
        const { response } = recorder.last('authorization_code') ?? {}
        if (typeof response?.['refresh_token'] === 'string')
          return Promise.resolve(passed('The sign-in returned a refresh token.'))
        const change =
          kind === 'oidc'
            ? 'Allow the scope offline_access and the grant type refresh_token for this app at the provider.'
            : 'Allow the scope offline_access for this app. Without a refresh token, users sign in again when their token expires.'
        return Promise.resolve(failed('The sign-in did not return a refresh token.', change))
      },
    } satisfies Check,
  ],
}

/** Signs the person in, and keeps the claims. */
async function signInHere(trial: Trial, text: string): Promise<void> {
  const claims = await trial.ask<Claims>({
    id: 'sign-in',
    text,
    path: '/verify/sign-in',
    handler: (done) =>
      trial.auth.loginRequired((_request: Request, context) => done(context.claims)),
  })
  trial.claims = claims
  const names = [
    'sub',
    'oid',
    'tid',
    'sid',
    'name',
    'preferred_username',
    'email',
    'upn',
    'login_hint',
  ]
  for (const name of names) trial.ids.add(claims[name])
}

/** The claims that the library reads, by the kind of the provider. */
const CLAIMS: Readonly<Record<ProviderKind, readonly string[]>> = {
  entra: ['sub', 'oid', 'tid', 'preferred_username', 'ver'],
  'external-id': ['sub', 'oid', 'tid', 'preferred_username', 'ver'],
  b2c: ['sub'],
  adfs: ['sub'],
  oidc: ['sub'],
}

function judgeClaims({ claims, kind }: Trial) {
  if (claims === undefined) return skipped('The person did not sign in during this run.')
  const missing = CLAIMS[kind].filter((name) => typeof claims[name] !== 'string')
  if (missing.length > 0)
    return failed(
      `The ID token does not contain ${missing.join(', ')}.`,
      'Please open an issue with this report. Until then, do not use these claims to identify users.',
    )
  const version = claims['ver']
  if (CLAIMS[kind].includes('ver') && version !== '2.0')
    return failed(
      `The ID token has version ${JSON.stringify(version)} instead of "2.0".`,
      'Please open an issue with this report, because the library uses the endpoints of version 2.',
    )
  return passed(`The ID token contains ${CLAIMS[kind].join(', ')}.`)
}
