import { CheckError } from '../../doctor/explain-error.js'
import { failed, passed, RUN_LATER, type Outcome } from '../outcome.js'
import type { Trial } from '../trial.js'

/** The response of Microsoft Graph to `/me`. */
export interface Profile {
  readonly status: number
  readonly id: unknown
}

/**
 * Reads the profile of the user.
 *
 * @param send - Sends the request to this path, with this signal. Without it, Graph could stop the run forever.
 * @throws CheckError if Graph does not respond in time.
 */
export async function readProfile(
  { choices: { timeoutSeconds } }: Trial,
  send: (path: string, signal: AbortSignal) => Promise<Response>,
): Promise<Profile> {
  try {
    const response = await send('/me?$select=id', AbortSignal.timeout(timeoutSeconds * 1000))
    const json: unknown = await response.json().catch(() => undefined)
    const { id } = Object(json) as Readonly<Record<string, unknown>>
    return { status: response.status, id }
  } catch (error) {
    if ((error as Error).name !== 'TimeoutError') throw error
    throw new CheckError(
      `Microsoft Graph did not respond to /me within ${timeoutSeconds} s.`,
      'A firewall may block the connection to graph.microsoft.com, or a proxy may be required.',
    )
  }
}

/**
 * Compares the profile with the signed-in user.
 *
 * @param permission - The change for a token without the permission.
 */
export function judgeProfile(
  { claims }: Trial,
  { status, id }: Profile,
  permission: string,
): Outcome {
  if (status !== 200)
    return failed(
      `Microsoft Graph returned status ${status} for /me.`,
      changeFor(status, permission),
    )
  if (typeof id !== 'string')
    return failed(
      'The response of Microsoft Graph to /me does not contain an id.',
      'A proxy or a firewall may have sent another response. Open https://graph.microsoft.com/v1.0/me on this computer, which must return JSON.',
    )
  return id === claims?.oid
    ? passed('Microsoft Graph returned the profile of the signed-in user.')
    : failed(
        'Microsoft Graph returned the profile of another user.',
        'Please open an issue with this report, because the token belongs to another user.',
      )
}

function changeFor(status: number, permission: string): string {
  if (status === 403) return permission
  return status === 429 || status >= 500
    ? RUN_LATER
    : 'Please open an issue with this report, because Microsoft Graph does not accept the token.'
}
