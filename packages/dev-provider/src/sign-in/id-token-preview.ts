import type { UserConfig } from '../config/config.js'
import type { ProviderContext } from '../state/context.js'
import type { Interaction } from '../state/interaction.js'

// Random values that apps ignore.
const OMITTED: ReadonlySet<string> = new Set(['aio', 'rh', 'uti', 'sid'])

/**
 * Returns the claims of the ID token that an app gets when the user signs in now, or `undefined`
 * when the user does not have an account at the issuer.
 */
export function previewIdToken(
  context: ProviderContext,
  { app, profile, scope, purpose }: Interaction,
  user: UserConfig,
): Readonly<Record<string, unknown>> | undefined {
  const tenantAccount = profile.tenantAccountOf(user)
  if (tenantAccount === undefined) return undefined
  const claims = {
    iss: profile.issuerOf(tenantAccount.tenantId),
    aud: app.clientId,
    sub: profile.subjectOf(tenantAccount, app.clientId),
    ...profile.idTokenClaims({
      tenantAccount,
      app,
      sid: '',
      authTime: context.nowSeconds(),
      wantsAuthTime: purpose.kind === 'authorize' && purpose.request.maxAge !== undefined,
      identity: scope.identity,
      authMethod: 'none',
    }),
  }
  return Object.fromEntries(Object.entries(claims).filter(([name]) => !OMITTED.has(name)))
}
