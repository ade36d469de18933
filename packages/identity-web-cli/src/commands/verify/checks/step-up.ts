import { IdentityError } from 'identity-web/fetch'
import type { Step } from '../check.js'
import { failed, passed, skipped } from '../outcome.js'
import type { Trial } from '../trial.js'

const API = '/verify/api'
const PATH = '/verify/step-up'
const NO_SCOPE = 'Add --scope <scope of your API> to run this check.'

/** Claims challenges of an API. */
export const stepUp: Step = {
  title: 'Claims challenges',
  checks: [
    {
      id: 'claims-challenge',
      assumes:
        'A refresh with the parameter claims returns a new access token, so that a claims challenge does not need the user.',
      needs: ['sign-in', 'refresh-token'],
      async run(trial) {
        if (!trial.isMicrosoft)
          return skipped('Only Entra ID and External ID have claims challenges.')
        if (trial.choices.scope === undefined) return skipped(NO_SCOPE)
        const tokens: string[] = []
        trial.guide.route(API, (request) => {
          tokens.push(bearerOf(request))
          return tokens.length === 1 ? challenge() : new Response()
        })
        const { status } = await call(trial, trial.choices.scope)
        const sent = trial.recorder.last('refresh_token')?.request.get('claims')
        if (sent?.includes('nbf') !== true)
          return failed(
            'The refresh did not contain the claims.',
            'Please open an issue with this report.',
          )
        return tokens.length === 2 && tokens[0] !== tokens[1] && status === 200
          ? passed('The refresh with claims returned a new token, and the API accepted it.')
          : failed(
              'The refresh with claims returned the same token again.',
              'Please open an issue with this report.',
            )
      },
    },
    {
      id: 'step-up',
      assumes:
        'If a refresh is not enough, the guard sends the user to the provider once with the claims of the challenge, and then the API accepts the token.',
      needs: ['sign-in'],
      async run(trial) {
        const { scope, acrs } = trial.choices
        if (!trial.isMicrosoft)
          return skipped('Only Entra ID and External ID have claims challenges.')
        if (scope === undefined) return skipped(NO_SCOPE)
        trial.guide.route(API, acrs === undefined ? untilSignIn(trial) : withContext(trial, acrs))
        const before = trial.guide.seen.length
        const status = await trial.ask<number>({
          id: 'step-up',
          text:
            acrs === undefined
              ? 'An API requires a new sign-in. Continue, and sign in again if the provider asks.'
              : `An API requires the authentication context ${acrs}. Continue, and do what the provider asks.`,
          ...(acrs !== undefined && { change: policyOf(acrs) }),
          path: PATH,
          handler: (done) =>
            trial.auth.loginRequired({ scopes: scope }, async (_request: Request, context) => {
              const response = await context.fetch(trial.guide.origin + API)
              // An API that does not accept the refreshed token either needs the user.
              if (response.status === 401)
                throw new IdentityError('interaction_required', 'The API requires a new sign-in.', {
                  claimsRequest: acrs === undefined ? newerThanNow() : contextClaims(acrs),
                })
              return done(response.status)
            }),
        })
        const trips = trial.guide.seen
          .slice(before)
          .filter(({ path, location }) => path === PATH && location?.includes('claims=') === true)
        if (status !== 200)
          return failed(
            `The API returned status ${status} after the sign-in.`,
            acrs === undefined ? 'Please open an issue with this report.' : policyOf(acrs),
          )
        if (trips.length !== 1)
          return failed(
            `The guard sent the browser to the provider ${trips.length} times instead of once.`,
            acrs === undefined
              ? 'Please open an issue with this report.'
              : 'Sign out first, so that the session does not have the authentication context yet.',
          )
        const again = await call(trial, scope)
        return again.status === 200
          ? passed('One sign-in with claims was enough, also for the next request.')
          : failed(
              `The next request returned status ${again.status}.`,
              'Please open an issue with this report.',
            )
      },
    },
  ],
}

function policyOf(acrs: string): string {
  return `Create a Conditional Access policy for the authentication context ${acrs}, and add the optional claim acrs to the access tokens of the API.`
}

function call(trial: Trial, scope: string): Promise<Response> {
  return trial.inSession(scope, (context) => context.fetch(trial.guide.origin + API))
}

/** An API that accepts a token only after another sign-in. */
function untilSignIn(trial: Trial): (request: Request) => Response {
  const signIns = () =>
    trial.recorder.exchanges.filter(
      ({ request }) => request.get('grant_type') === 'authorization_code',
    ).length
  const before = signIns()
  return () => (signIns() > before ? new Response() : challenge())
}

/** An API that requires an authentication context, with a guard of the library. */
function withContext(trial: Trial, acrs: string): (request: Request) => Promise<Response> {
  return trial.api.authorizationRequired({ scopes: [trial.scopeName], acrs }, () => new Response())
}

/** The response of an API to a token that is too old (claims challenge of continuous access evaluation). */
function challenge(): Response {
  const encoded = Buffer.from(JSON.stringify(newerThanNow())).toString('base64')
  const authenticate = `Bearer error="insufficient_claims", claims="${encoded}"`
  return new Response(null, { status: 401, headers: { 'www-authenticate': authenticate } })
}

/** The claims of a challenge for a token that is newer than now. */
function newerThanNow() {
  const value = String(Math.floor(Date.now() / 1000))
  return { access_token: { nbf: { essential: true, value } } }
}

function contextClaims(value: string) {
  return { access_token: { acrs: { essential: true, value } } }
}

function bearerOf(request: Request): string {
  return request.headers.get('authorization')?.replace(/^Bearer /i, '') ?? ''
}
