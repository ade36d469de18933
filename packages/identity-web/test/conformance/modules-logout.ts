import * as judges from './judges.ts'
import type { ConformanceModule } from './module.ts'
import type { ProviderScript } from '../support/scripted-provider/script.ts'
import { signInFromOutside, signOut, signOutAtProvider } from './walks.ts'

const SIGNED_OUT = { status: 200, isSignedIn: false }
const BACK = { ...SIGNED_OUT, path: '/' }

const rpInitiated = (
  name: string,
  checks: string,
  script: ProviderScript = {},
): ConformanceModule => ({
  name: `oidcc-client-test-rp-init-logout${name}`,
  checks,
  script,
  walk: signOut,
  judge: judges.endsSession,
  outcome: BACK,
})

export const rpInitLogout = rpInitiated(
  '',
  'The user signs out at the provider too, and returns to the application.',
)

export const rpInitLogoutOtherState = rpInitiated(
  '-other-state',
  'The user returns to the application with another `state`.',
  { changeLogoutResponse: () => ({ state: 'another-state' }) },
)

export const rpInitLogoutNoState = rpInitiated(
  '-no-state',
  'The user returns to the application without a `state`.',
  { changeLogoutResponse: () => ({}) },
)

export const frontChannelRpInitiated: ConformanceModule = {
  name: 'oidcc-client-test-rp-frontchannel-rpinitlogout',
  checks: 'The user signs out of the application, and the provider loads its front-channel logout.',
  script: { logout: 'front-channel' },
  walk: signOut,
  judge: judges.loadsFrontChannel,
  outcome: BACK,
}

export const frontChannelOpInitiated: ConformanceModule = {
  name: 'oidcc-client-test-rp-frontchannel-opinitlogout',
  checks: 'The user signs out at the provider, and the front-channel logout ends the session.',
  walk: signOutAtProvider,
  judge: judges.loadsFrontChannel,
  outcome: SIGNED_OUT,
}

const backChannel = (
  name: string,
  checks: string,
  script: ProviderScript = {},
): ConformanceModule => ({
  name: `oidcc-client-test-rp-backchannel-rpinitlogout${name}`,
  checks,
  script: { logout: 'back-channel', ...script },
  walk: signOut,
  judge: judges.respondsToLogoutToken(name === '' ? 200 : 400),
  outcome: BACK,
})

export const backChannelLogout = backChannel(
  '',
  'The application accepts a logout token, and responds with 200.',
)

export const backChannelAlgNone = backChannel(
  '-alg-none',
  'The application rejects a logout token without a signature.',
  { logoutSigning: 'none' },
)

export const backChannelWrongAlg = backChannel(
  '-wrong-alg',
  'The application rejects a logout token that is signed with another algorithm than ID tokens.',
  { logoutSigning: 'ES256', signing: 'RS256' },
)

export const backChannelNoEvent = backChannel(
  '-no-event',
  'The application rejects a logout token without `events`.',
  { changeLogoutToken: (claims) => ({ ...claims, events: undefined }) },
)

export const backChannelWrongEvent = backChannel(
  '-wrong-event',
  'The application rejects a logout token with another event.',
  { changeLogoutToken: (claims) => ({ ...claims, events: { 'https://another.example': {} } }) },
)

export const backChannelWithNonce = backChannel(
  '-with-nonce',
  'The application rejects a logout token with a `nonce`.',
  { changeLogoutToken: (claims) => ({ ...claims, nonce: 'nonce' }) },
)

export const backChannelWrongAud = backChannel(
  '-wrong-aud',
  'The application rejects a logout token for another application.',
  { changeLogoutToken: (claims) => ({ ...claims, aud: 'another-application' }) },
)

export const backChannelWrongIss = backChannel(
  '-wrong-iss',
  'The application rejects a logout token of another issuer.',
  { changeLogoutToken: (claims) => ({ ...claims, iss: 'https://another.example/' }) },
)

export const thirdPartyInitiated: ConformanceModule = {
  name: 'oidcc-client-test-3rd-party-init-login',
  checks: 'A page of another site starts the sign-in with the issuer of the provider.',
  walk: signInFromOutside,
  judge: judges.callsUserInfo,
  outcome: { status: 200, isSignedIn: true, path: '/profile' },
}
