import type { Check, Step } from '../check.js'
import { decodeClaims } from '../../doctor/network/tokens.js'
import { failed, passed, skipped, type Outcome } from '../outcome.js'
import { settingOf } from '../settings.js'
import type { Trial } from '../trial.js'
import { defaultScopeOf } from './app-token.js'

const NO_SCOPE =
  'Add --scope <scope of your API> to run this check. If the API has its own registration, also add --api-env <file>.'
/** The change for a token that the settings of the web app cannot accept. */
export const OTHER_API =
  'The audience of the token is not the client ID of your settings. If the API has its own registration, add --api-env with a file of its variables. Otherwise, set audience (IDENTITY_AUDIENCE) to the audience of the token.'
const HOLE =
  'Do not use this provider for APIs until this is solved, and report it as SECURITY.md says.'

/** An API that the library guards. */
export const ownApi: Step = {
  title: 'Your own API',
  checks: [
    {
      id: 'api-token',
      assumes:
        'An access token for an API has version 2 at Microsoft, the expected issuer and audience, and the scopes in scp or scope.',
      needs: ['sign-in'],
      async run(trial) {
        if (trial.choices.scope === undefined) return skipped(NO_SCOPE)
        const token = await apiToken(trial)
        const { response, value } = await trial.callApi(
          token,
          trial.scopeName,
          ({ scopes }) => scopes,
        )
        const { ver, aud } = decodeClaims(token) ?? {}
        const { choices, evidence } = trial
        const isOther =
          choices.api === undefined &&
          aud !== settingOf(evidence.subject, 'clientId', 'IDENTITY_CLIENT_ID')
        // The issuer and the audience of version 1 differ too, but the version is their cause.
        if (trial.isMicrosoft && typeof ver === 'string' && ver !== '2.0')
          return failed(
            `The API ${value === undefined ? 'rejects' : 'accepts'} the token, which has version ${JSON.stringify(ver)}.`,
            'Set api.requestedAccessTokenVersion to 2 in the manifest of the API. Then all APIs get the same claims.',
          )
        return value === undefined
          ? trial.failed(
              `The API rejected the token (status ${response.status}).`,
              isOther ? OTHER_API : undefined,
            )
          : passed('The API accepts the token.')
      },
    },
    {
      id: 'api-scope',
      assumes: 'A route that requires another scope rejects the token with insufficient_scope.',
      needs: ['api-token'],
      async run(trial) {
        const { response } = await trial.callApi(
          await apiToken(trial),
          'Verify.Missing',
          () => true,
        )
        return response.status === 403
          ? passed('The route rejected the token with status 403.')
          : accepted(
              trial,
              response,
              `The route returned status ${response.status} instead of 403.`,
            )
      },
    },
    rejects({
      id: 'api-rejects-changed',
      assumes: 'The API rejects a token whose signature or claims were changed.',
      tokens: async (trial) => {
        const [header = '', payload = '', signature = ''] = (await apiToken(trial)).split('.')
        const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as object
        const other = Buffer.from(JSON.stringify({ ...claims, sub: 'other' })).toString('base64url')
        const none = Buffer.from('{"alg":"none","typ":"JWT"}').toString('base64url')
        const flipped = (signature.startsWith('A') ? 'B' : 'A') + signature.slice(1)
        return {
          'with another signature': `${header}.${payload}.${flipped}`,
          'with other claims': `${header}.${other}.${signature}`,
          'without a signature': `${none}.${payload}.`,
        }
      },
    }),
    rejects({
      id: 'api-rejects-other',
      assumes: 'The API rejects the ID token, and tokens for another API such as Microsoft Graph.',
      tokens: async (trial) => {
        const idToken = trial.recorder.last('authorization_code')?.response['id_token']
        const { graphScope } = trial
        const request = trial.request('/verify/session')
        return {
          ...(typeof idToken === 'string' && { 'that is an ID token': idToken }),
          ...(graphScope !== undefined && {
            'for Microsoft Graph': (await trial.auth.getTokenForUser(request, graphScope))
              .accessToken,
          }),
        }
      },
    }),
    {
      id: 'api-rejects-app',
      assumes: 'A route for users rejects an app-only token.',
      needs: ['api-token', 'app-token'],
      async run(trial) {
        const scope = defaultScopeOf(trial.choices.scope)
        if (scope === undefined || trial.kind === 'oidc')
          return skipped('At this provider, a scope does not name the API of an app-only token.')
        const { accessToken } = await trial.auth.getTokenForClient(scope)
        const { response } = await trial.callApi(accessToken, trial.scopeName, () => true)
        return response.status === 401 || response.status === 403
          ? passed(`The route rejected the token with status ${response.status}.`)
          : accepted(
              trial,
              response,
              `The route returned status ${response.status} for an app-only token.`,
            )
      },
    },
  ],
}

/** Returns the access token of the person for the API. */
export async function apiToken(trial: Trial): Promise<string> {
  const { scope = '' } = trial.choices
  const request = trial.request('/verify/session')
  return (await trial.auth.getTokenForUser(request, scope)).accessToken
}

/** Judges a response that is not the expected rejection. If the API is only not available, it is not a hole. */
function accepted(trial: Trial, { status }: Response, found: string): Outcome {
  return status < 500 && status !== 401 ? failed(found, HOLE) : trial.failed(found)
}

/** Creates a check that sends wrong tokens to the API. */
function rejects({
  id,
  assumes,
  tokens,
}: {
  readonly id: string
  readonly assumes: string
  readonly tokens: (trial: Trial) => Promise<Readonly<Record<string, string>>>
}): Check {
  return {
    id,
    assumes,
    needs: ['api-token'],
    async run(trial): Promise<Outcome> {
      const all = Object.entries(await tokens(trial))
      for (const [name, token] of all) {
        const { response } = await trial.callApi(token, trial.scopeName, () => true)
        if (response.status !== 401)
          return accepted(
            trial,
            response,
            `The API returned status ${response.status} for a token ${name}.`,
          )
      }
      return passed(
        `The API rejected ${all.length} ${all.length === 1 ? 'token' : 'tokens'} with status 401.`,
      )
    },
  }
}
