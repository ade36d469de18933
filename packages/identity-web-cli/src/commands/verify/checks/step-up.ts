import { IdentityError } from 'identity-web/fetch'
import { fail, type Check } from '../check.js'
import { OWN_API } from '../trial.js'

const PATH = '/verify/step-up'

/** Claims challenges of an API. */
export const stepUpChecks: readonly Check[] = [
  {
    id: 'claims-challenge',
    statement:
      'A refresh with the parameter claims returns a new access token, so that a claims challenge does not need the user.',
    isMicrosoft: true,
    needs: ['refresh-token'],
    needsScope: true,
    async run(trial) {
      const tokens: (string | null)[] = []
      trial.ownApi = ({ headers }) => {
        tokens.push(headers.get('authorization'))
        return tokens.length === 1 ? challenge() : new Response()
      }
      const { status } = await trial.fetch(trial.settings.scope ?? '', OWN_API)
      const sent = trial.recorder.last('refresh_token')?.request.get('claims')
      if (sent?.includes('nbf') !== true) fail('The refresh did not contain the claims.')
      if (tokens.length !== 2 || tokens[0] === tokens[1] || status !== 200)
        fail('The refresh with claims returned the same token again.')
    },
  },
  {
    id: 'step-up',
    statement:
      'If a refresh is not enough, the guard sends the user to the provider once with the claims of the challenge, and then the API accepts the token.',
    isMicrosoft: true,
    needsScope: true,
    async run(trial) {
      const { auth, browser, recorder } = trial
      const { scope = '' } = trial.settings
      const signIn = recorder.last('authorization_code')
      // An API that accepts a token only after another sign-in.
      trial.ownApi = () =>
        recorder.last('authorization_code') === signIn ? challenge() : new Response()
      const status = await trial.ask<number>({
        text: 'An API requires a new sign-in. Continue, and sign in again if the provider asks.',
        pages: {
          [PATH]: (done) =>
            auth.loginRequired({ scopes: scope }, async (_request: Request, context) => {
              const response = await context.fetch(OWN_API)
              // An API that does not accept the refreshed token either needs the user.
              if (response.status === 401)
                throw new IdentityError('interaction_required', 'The API requires a new sign-in.', {
                  claimsRequest: newerThanNow(),
                })
              return done(response.status)
            }),
        },
      })
      const trips = browser.seen.filter(
        ({ path, location }) => path === PATH && location?.includes('claims=') === true,
      )
      if (status !== 200) fail(`The API returned status ${status} after the sign-in.`)
      if (trips.length !== 1)
        fail(`The guard sent the browser to the provider ${trips.length} times instead of once.`)
      const again = await trial.fetch(scope, OWN_API)
      if (again.status !== 200) fail(`The next request returned status ${again.status}.`)
    },
  },
]

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
