import { assertAuthenticated } from '../client-authentication.js'
import type { ProviderContext } from '../../state/context.js'
import { param } from '../../protocol/http.js'
import { missingParameter, OAuthError, invalidGrant } from '../../protocol/oauth-error.js'
import { withNamedResource } from '../../profiles/named-resource.js'
import type { Authorization, DeviceRecord } from '../../state/records.js'
import type { TokenRequest } from './token-request.js'
import { completeUserGrant } from './user-grant.js'

/**
 * Polls for the result of a device sign-in (RFC 8628, section 3.4), with the error names of Entra
 * ID.
 */
export async function deviceCodeGrant(
  context: ProviderContext,
  request: TokenRequest,
): Promise<Record<string, unknown>> {
  const { profile, client, form } = request
  assertAuthenticated(client, client.app.publicClientFlows)
  const code = param(form, 'device_code')
  if (code === undefined) throw missingParameter('device_code')
  const device = context.store.devices.get(code)
  if (device === undefined || device.app !== client.app || device.profileKey !== profile.key) {
    throw new OAuthError(
      'bad_verification_code',
      70018,
      'Error validating credentials: bad code.',
      {
        remedy:
          'Send the device_code of the response of /devicecode with the same client ID and authority. The provider forgets device codes when it restarts.',
      },
    )
  }
  const authorization = outcomeOf(context, device)
  device.state = 'redeemed'
  const { scope } = authorization
  return completeUserGrant(context, request, {
    authorization,
    target: withNamedResource(profile, form, scope.targets[0] ?? profile.defaultTarget),
    identity: scope.identity,
  })
}

function outcomeOf(context: ProviderContext, device: DeviceRecord): Authorization {
  if (device.state === 'redeemed') {
    throw invalidGrant(
      54005,
      'The device code was already redeemed.',
      'Stop polling after the first token response.',
    )
  }
  if (device.expiresAt <= context.nowSeconds()) {
    throw new OAuthError(
      'expired_token',
      70020,
      'The provided value for the device_code parameter is not valid: it has expired.',
      { remedy: 'Request a new device code. The user has 15 minutes to enter the user code.' },
    )
  }
  if (device.state === 'declined') {
    throw new OAuthError('authorization_declined', 65004, 'The user declined the sign-in.')
  }
  if (device.state !== 'pending') return device.state
  throw waiting(context, device)
}

function waiting(context: ProviderContext, device: DeviceRecord): OAuthError {
  const now = context.nowMs()
  const isHasty = now - device.lastPollAt < device.intervalSeconds * 1000
  device.lastPollAt = now
  if (isHasty) {
    // RFC 8628, section 3.5 adds five seconds to the interval after every poll that is too early.
    device.intervalSeconds += 5
    return new OAuthError('slow_down', 0, 'Polling too often. Wait longer between two requests.', {
      remedy: 'Between two token requests, wait for the number of seconds in "interval".',
    })
  }
  return new OAuthError(
    'authorization_pending',
    70016,
    'OAuth 2.0 device flow error. Authorization is pending. Continue polling.',
  )
}
