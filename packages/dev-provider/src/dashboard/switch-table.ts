import type { Behaviour, Fault, FaultyEndpoint } from '../controls/behaviour.js'

/** An endpoint that can fail, with its name on the page. */
export const FAULTY_ENDPOINTS: readonly (readonly [FaultyEndpoint, string])[] = [
  ['metadata', 'Metadata'],
  ['keys', 'Keys'],
  ['authorize', 'Sign-in endpoint'],
  ['token', 'Token endpoint'],
  ['graph', 'Microsoft Graph'],
  ['logout', 'Sign-out endpoint'],
]

/** The failures that a button can switch on. */
export const FAULT_CHOICES: Readonly<
  Record<string, { readonly label: string; readonly fault: Fault }>
> = {
  slow: { label: 'Slow (5 s)', fault: { kind: 'slow', ms: 5000 } },
  500: { label: '500', fault: { kind: 'status', status: 500 } },
  503: { label: '503', fault: { kind: 'status', status: 503, retryAfter: '5' } },
  429: { label: '429', fault: { kind: 'status', status: 429, retryAfter: '5' } },
  html: { label: 'HTML page', fault: { kind: 'html' } },
  hang: { label: 'Hang', fault: { kind: 'hang' } },
  drop: { label: 'Drop', fault: { kind: 'drop' } },
}

/** A switch that is a number of seconds. */
export interface NumberSwitch {
  readonly name:
    | 'accessTokenSeconds'
    | 'idTokenSeconds'
    | 'refreshInSeconds'
    | 'clockOffsetSeconds'
    | 'deviceIntervalSeconds'
    | 'logoutTimeoutSeconds'
  readonly label: string
  readonly help: string
  readonly min: number
}

/** The number of seconds that a switch accepts at most, which is one year. */
export const MAX_SECONDS: number = 365 * 24 * 3600

export const NUMBER_SWITCHES: readonly NumberSwitch[] = [
  {
    name: 'accessTokenSeconds',
    label: 'Access token lifetime',
    help: 'Enter 60 to make your app refresh often.',
    min: 1,
  },
  {
    name: 'idTokenSeconds',
    label: 'ID token lifetime',
    help: 'Your app checks the expiry at sign-in.',
    min: 1,
  },
  {
    name: 'refreshInSeconds',
    label: 'Refresh before expiry',
    help: 'Leave it empty to omit refresh_in.',
    min: 1,
  },
  {
    name: 'clockOffsetSeconds',
    label: 'Clock offset',
    help: 'Enter -600 for a clock that is 10 min late.',
    min: -MAX_SECONDS,
  },
  {
    name: 'deviceIntervalSeconds',
    label: 'Device code interval',
    help: 'Time between two polls.',
    min: 0,
  },
  {
    name: 'logoutTimeoutSeconds',
    label: 'Logout timeout',
    help: 'Time for an app to accept a logout token.',
    min: 1,
  },
]

/** A switch with a few values, each with the label of its button. */
export interface ChoiceSwitch {
  readonly name:
    | 'consent'
    | 'reuseDetection'
    | 'prefixGraphScopes'
    | 'b2cIssuer'
    | 'b2cPolicyClaim'
    | 'oidcAccessTokenType'
    | 'pkceInMetadata'
  readonly label: string
  readonly help: string
  readonly choices: readonly (readonly [value: string | boolean, label: string])[]
}

export const CHOICE_SWITCHES: readonly ChoiceSwitch[] = [
  {
    name: 'consent',
    label: 'Consent',
    help: '"Skip" grants all scopes.',
    choices: [
      ['ask', 'Ask'],
      ['skip', 'Skip'],
    ],
  },
  {
    name: 'reuseDetection',
    label: 'Reused refresh token',
    help: '"Revoke" revokes all refresh tokens of the sign-in.',
    choices: [
      [false, 'Allow'],
      [true, 'Revoke'],
    ],
  },
  {
    name: 'prefixGraphScopes',
    label: 'Graph scopes',
    help: 'Names of scopes in token responses.',
    choices: [
      [false, 'Short'],
      [true, 'With prefix'],
    ],
  },
  {
    name: 'pkceInMetadata',
    label: 'PKCE in metadata',
    help: 'Entra ID does not mention PKCE.',
    choices: [
      [false, 'Missing'],
      [true, 'S256'],
    ],
  },
  {
    name: 'oidcAccessTokenType',
    label: 'Type of access tokens',
    help: 'Plain OpenID provider.',
    choices: [
      ['at+jwt', 'at+jwt'],
      ['JWT', 'JWT'],
    ],
  },
  {
    name: 'b2cIssuer',
    label: 'Issuer of B2C',
    help: '"tfp" adds the policy.',
    choices: [
      ['default', 'Default'],
      ['tfp', 'tfp'],
    ],
  },
  {
    name: 'b2cPolicyClaim',
    label: 'Policy claim of B2C',
    help: 'The name of the claim.',
    choices: [
      ['tfp', 'tfp'],
      ['acr', 'acr'],
    ],
  },
]

/** The states of the claims challenge of Graph. */
export const CHALLENGES = {
  off: 'Off',
  refresh: 'Needs a new token',
  user: 'Needs a new sign-in',
} as const

/** Returns the state of the claims challenge of Graph. */
export function challengeOf({
  graphClaims,
  graphClaimsNeedUser,
}: Readonly<Behaviour>): keyof typeof CHALLENGES {
  if (graphClaims === undefined) return 'off'
  return graphClaimsNeedUser ? 'user' : 'refresh'
}

/** Returns the failure of an endpoint in a few words. */
export function describeFault(fault: Fault): string {
  const known = Object.values(FAULT_CHOICES).find(({ fault: { kind } }) => kind === fault.kind)
  const label = describeKind(fault) ?? known?.label ?? fault.kind
  return fault.times === undefined
    ? label
    : `${label}, next ${fault.times === 1 ? 'request' : `${fault.times} requests`} only`
}

function describeKind(fault: Fault): string | undefined {
  if (fault.kind === 'status') return String(fault.status)
  if (fault.kind === 'error') return `error ${fault.error}`
  return fault.kind === 'slow' ? `slow (${fault.ms / 1000} s)` : undefined
}
