import type { Step } from '../check.js'
import { failed, passed, skipped } from '../outcome.js'
import { judgeProfile, readProfile } from './graph-profile.js'

const PERMISSION =
  'Add the delegated permission User.Read of Microsoft Graph to the registration, and consent to it.'
const OTHER_USER =
  'Please open an issue with this report, because the token belongs to another user.'

/** A token for an API, and who it belongs to. */
export const userToken: Step = {
  title: 'Token for an API',
  checks: [
    {
      id: 'user-token',
      assumes:
        'The session gets an access token that works for the signed-in user: at Microsoft Graph, or at the UserInfo endpoint of other providers.',
      needs: ['sign-in'],
      async run(trial) {
        if (trial.graphScope !== undefined) {
          const profile = await trial.inSession(trial.graphScope, (context) =>
            readProfile(trial, (path, signal) => context.fetch(path, { signal })),
          )
          return judgeProfile(trial, profile, PERMISSION)
        }
        if (trial.choices.resource !== undefined)
          return skipped('With --resource, the token is for this API, and not for UserInfo.')
        const { metadata } = (await trial.evidence.provider()) ?? {}
        if (typeof metadata?.['userinfo_endpoint'] !== 'string' || trial.kind === 'adfs')
          return skipped('The provider does not have a UserInfo endpoint that the library uses.')
        const info = await trial.inSession(undefined, (context) => context.userInfo())
        return info.sub === trial.claims?.sub
          ? passed('The UserInfo endpoint returned the claims of the signed-in user.')
          : failed('The UserInfo endpoint returned the claims of another user.', OTHER_USER)
      },
    },
  ],
}
