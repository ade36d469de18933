import type { Step } from '../check.js'
import { failed, passed, skipped } from '../outcome.js'
import type { Trial } from '../trial.js'

/** Refreshes without the browser. */
export const refresh: Step = {
  title: 'Refresh without the browser',
  checks: [
    {
      id: 'refresh',
      assumes: 'A refresh returns a new access token for the same user, without the browser.',
      needs: ['sign-in', 'refresh-token'],
      async run(trial) {
        if (trial.anyScope === undefined && trial.kind !== 'oidc')
          return skipped('Add --scope <scope of your API> to run this check at this provider.')
        const before = await tokenOf(trial)
        const count = refreshesOf(trial)
        const after = await nextToken(trial)
        if (refreshesOf(trial) === count)
          return failed(
            'The library did not refresh an expired token.',
            'Please open an issue with this report.',
          )
        return after === before
          ? failed(
              'The refresh returned the same access token.',
              'Check whether a proxy stores responses of the token endpoint.',
            )
          : passed('The refresh returned a new access token.')
      },
    },
    {
      id: 'refresh-rotation',
      assumes: 'The refresh token of a refresh works for the next refresh.',
      needs: ['refresh'],
      async run(trial) {
        // If the run continued here, the session has not been refreshed yet.
        if (refreshesOf(trial) === 0) await nextToken(trial)
        const sent = trial.recorder.last('refresh_token')
        await nextToken(trial)
        const isNew = sent?.response['refresh_token'] !== sent?.request.get('refresh_token')
        return sent?.response['refresh_token'] !== undefined && isNew
          ? passed('The new refresh token works.')
          : skipped('The provider does not replace refresh tokens, and the first one still works.')
      },
    },
  ],
  after(trial) {
    trial.recorder.expiresSoon = false
  },
}

const refreshesOf = ({ recorder }: Trial): number =>
  recorder.exchanges.filter(({ request }) => request.get('grant_type') === 'refresh_token').length

/** Waits until the token of the session has expired, and requests the next one. */
async function nextToken(trial: Trial): Promise<unknown> {
  await new Promise((resolve) => setTimeout(resolve, LIFETIME_MS))
  return tokenOf(trial)
}

/** A little longer than the lifetime that `expiresSoon` sets. */
const LIFETIME_MS = 1200

async function tokenOf(trial: Trial): Promise<unknown> {
  const { anyScope, auth } = trial
  if (anyScope !== undefined)
    return (await auth.getTokenForUser(trial.request('/verify/session'), anyScope)).accessToken
  // Without an API, UserInfo uses the token of the session.
  await trial.inSession(undefined, (context) => context.userInfo())
  return trial.recorder.exchanges.at(-1)?.response['access_token']
}
