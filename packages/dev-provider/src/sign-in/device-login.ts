import { randomBytes, randomInt } from 'node:crypto'
import { findApp } from '../profiles/find-app.js'
import type { ProviderContext } from '../state/context.js'
import {
  assertNoDuplicates,
  param,
  toJson,
  type ProviderResponse,
  type ProviderRequest,
} from '../protocol/http.js'
import type { Interaction } from '../state/interaction.js'
import type { IssuerProfile } from '../profiles/issuer-profile.js'
import { missingParameter, invalidRequest } from '../protocol/oauth-error.js'
import { deviceCodePage } from './pages/device-page.js'
import { findSession } from '../state/sessions.js'
import { advance } from './sign-in.js'
import type { DeviceRecord } from '../state/records.js'

const DEVICE_SECONDS = 900
const DEVICE_MEMORY_SECONDS = 3600
// Without vowels, a code cannot contain a word (RFC 8628, section 6.1). Letters that look like
// digits are missing as well.
const ALPHABET = 'BCDFGHJKMNPQRSTVWXZ23456789'

/** Handles `/devicecode`, which starts a sign-in for a device without a browser. */
export function deviceCode(
  context: ProviderContext,
  request: ProviderRequest,
  profile: IssuerProfile,
): ProviderResponse {
  const { form } = request
  assertNoDuplicates(form)
  const app = findApp(context.config, profile, param(form, 'client_id'))
  const scope = param(form, 'scope')
  if (scope === undefined) throw missingParameter('scope')
  const code = randomBytes(48).toString('base64url')
  const userCode = Array.from({ length: 9 }, () => ALPHABET[randomInt(ALPHABET.length)]).join('')
  const { deviceIntervalSeconds } = context.behaviour
  context.store.devices.set(
    code,
    {
      userCode,
      profileKey: profile.key,
      app,
      scope: profile.parseScopes(scope, app),
      expiresAt: context.nowSeconds() + DEVICE_SECONDS,
      state: 'pending',
      intervalSeconds: deviceIntervalSeconds,
      lastPollAt: 0,
    },
    DEVICE_MEMORY_SECONDS,
  )
  const uri = loginUri(profile)
  // Only AD FS sends `verification_uri_complete`. At Entra ID, the user always enters the code
  // (v2-oauth2-device-code).
  return toJson({
    user_code: userCode,
    device_code: code,
    verification_uri: uri,
    ...(profile.kind === 'adfs' && {
      verification_uri_complete: `${uri}?user_code=${userCode}`,
      verification_url: uri,
    }),
    expires_in: DEVICE_SECONDS,
    interval: deviceIntervalSeconds,
    message: `To sign in, use a web browser to open the page ${uri} and enter the code ${userCode} to authenticate.`,
  })
}

/** Handles `/deviceauth`, the page where the user enters the code. */
export function deviceAuth(
  context: ProviderContext,
  request: ProviderRequest,
  profile: IssuerProfile,
): Promise<ProviderResponse> | ProviderResponse {
  if (request.method !== 'POST') {
    const code = request.url.searchParams.get('user_code') ?? ''
    return deviceCodePage(profile.title, loginUri(profile), { code })
  }
  const typed = request.form.get('user_code') ?? ''
  const device = findDevice(context, profile, typed)
  if (device === undefined) {
    return deviceCodePage(profile.title, loginUri(profile), { code: typed, isRejected: true })
  }
  const interaction: Interaction = {
    id: randomBytes(18).toString('base64url'),
    profile,
    app: device.app,
    scope: device.scope,
    prompt: undefined,
    loginHint: undefined,
    domainHint: undefined,
    maxAge: undefined,
    purpose: { kind: 'device', device },
  }
  return advance(context, request, interaction, findSession(context, request))
}

function loginUri({ endpoints }: IssuerProfile): string {
  if (endpoints.device !== undefined) return endpoints.device.login
  throw invalidRequest(
    0,
    'This issuer does not support the device code grant.',
    'Use the authority of another issuer, or sign in with a redirect URI.',
  )
}

function findDevice(
  context: ProviderContext,
  profile: IssuerProfile,
  typed: string,
): DeviceRecord | undefined {
  const normalized = typed.toUpperCase().replace(/[\s-]/g, '')
  return context.store.devices
    .values()
    .find(
      (device) =>
        device.userCode === normalized &&
        device.profileKey === profile.key &&
        device.state === 'pending' &&
        device.expiresAt > context.nowSeconds(),
    )
}
