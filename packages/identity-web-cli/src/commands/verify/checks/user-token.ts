import type { Step } from '../check.js'
import { failed, passed, skipped } from '../outcome.js'
import type { Trial } from '../trial.js'

const TRY_AGAIN =
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
        if (trial.graphScope !== undefined) return readProfile(trial, trial.graphScope)
        const { metadata } = (await trial.evidence.provider()) ?? {}
        if (typeof metadata?.['userinfo_endpoint'] !== 'string' || trial.kind === 'adfs')
          return skipped('The provider does not have a UserInfo endpoint that the library uses.')
        const info = await trial.inSession(undefined, (context) => context.userInfo())
        return info.sub === trial.claims?.sub
          ? passed('The UserInfo endpoint returned the claims of the signed-in user.')
          : failed('The UserInfo endpoint returned the claims of another user.', TRY_AGAIN)
      },
    },
  ],
}

async function readProfile(trial: Trial, scope: string) {
  const { status, id } = await trial.inSession(scope, async (context) => {
    const response = await context.fetch('/me?$select=id')
    return { status: response.status, id: await idOf(response) }
  })
  if (status !== 200)
    return failed(
      `Microsoft Graph returned status ${status} for /me.`,
      'Add the delegated permission User.Read of Microsoft Graph to the registration, and consent to it.',
    )
  return id === trial.claims?.oid
    ? passed('Microsoft Graph returned the profile of the signed-in user.')
    : failed('Microsoft Graph returned the profile of another user.', TRY_AGAIN)
}

/** Returns the member `id` of a JSON response. */
export async function idOf(response: Response): Promise<unknown> {
  const json: unknown = await response.json().catch(() => undefined)
  return (Object(json) as Readonly<Record<string, unknown>>)['id']
}
