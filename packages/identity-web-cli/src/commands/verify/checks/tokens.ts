import { IdentityError } from 'identity-web/fetch'
import { graphScopeOf, servesManyTenants } from '../../../subject/authorities.js'
import { changeWithoutHint } from '../advice.js'
import { fail, notApplicable, skip, type Check } from '../check.js'
import type { Trial } from '../trial.js'

/** Tokens for the APIs of others. */
export const tokenChecks: readonly Check[] = [
  {
    id: 'user-token',
    statement:
      'The session gets an access token that works for the signed-in user: at Microsoft Graph, or at the UserInfo endpoint of other providers.',
    async run(trial) {
      const { graphScope, recorder, settings, kind } = trial
      if (graphScope !== undefined)
        return assertProfile(trial, trial.fetch(graphScope, ME), 'to the registration, and consent')
      if (settings.resource !== undefined)
        notApplicable('With --resource, the token is for this API, and not for UserInfo.')
      if (typeof recorder.metadata['userinfo_endpoint'] !== 'string' || kind === 'adfs')
        notApplicable('The provider does not have a UserInfo endpoint that the library uses.')
      const context = await trial.auth.getContext(trial.request())
      const info = await context?.userInfo()
      if (info?.sub !== trial.claims?.sub)
        fail('The UserInfo endpoint returned the claims of another user.')
    },
  },
  {
    id: 'consent',
    statement:
      'A refresh for a scope without consent fails with interaction_required, and the provider then asks for this consent only.',
    async run(trial) {
      const { kind, settings, browser } = trial
      const scope = settings.consentScope ?? (kind === 'entra' ? 'User.ReadBasic.All' : undefined)
      if (scope === undefined)
        return notApplicable(
          'At this kind of provider, an administrator consents for all users. If users consent at yours, add --consent-scope <scope>.',
        )
      const name = scope.split('/').at(-1) ?? scope
      const before = await trial.token(scope).catch((error: unknown) => error)
      if (typeof before === 'string')
        skip(`The user has already consented to ${name}. Choose another --consent-scope.`)
      if (!IdentityError.is(before) || before.code !== 'interaction_required') throw before
      const scopes = await trial.ask<readonly string[]>({
        text: `Consent to ${name}.`,
        pages: {
          [CONSENT]: (done) =>
            trial.auth.loginRequired({ scopes: scope }, (_request: Request, context) =>
              done(context.scopes),
            ),
        },
      })
      if (!scopes.some((one) => one.toLowerCase() === name.toLowerCase()))
        fail(
          `The user consented, but the token does not contain ${name}.`,
          'Write the scopes of an API in full, such as api://<client ID>/Todos.Read.',
        )
      const redirects = browser.seen.filter(({ path, location }) => path === CONSENT && location)
      // One redirect to the provider, and the last one to the page of the next task.
      if (redirects.length > 2) fail('The guard sent the browser to the provider more than once.')
    },
  },
  {
    id: 'app-token',
    statement: 'The credential of the app gets an app-only token (client credentials grant).',
    needs: ['discovery'],
    async run({ auth, isMicrosoft, settings }) {
      const { IDENTITY_AUTHORITY: authority } = settings.app
      if (servesManyTenants(authority))
        skip(
          'An app-only token belongs to one tenant. Set IDENTITY_AUTHORITY to the URL of one tenant to run this check.',
        )
      const scope = graphScopeOf(authority) ?? defaultScopeOf(settings.scope)
      if (scope === undefined)
        return skip('Add --scope <scope of your API> to run this check at this provider.')
      await auth.getTokenForClient(scope).catch((error: unknown) => {
        const code = IdentityError.is(error) ? (error.oauthError ?? '') : ''
        // Entra ID issues a token without roles to an app without app permissions.
        if (isMicrosoft || !NOT_ALLOWED.includes(code)) throw error
        skip(
          `The registration does not allow app-only tokens (${code}). Add an app permission to run this check.`,
        )
      })
    },
  },
]

/** The path of the user's profile at Microsoft Graph. */
export const ME = '/me?$select=id'

/**
 * Compares a profile of Microsoft Graph with the signed-in user.
 *
 * @param target - The registration that a token without the permission is for.
 */
export async function assertProfile(
  { claims, settings: { timeoutSeconds } }: Trial,
  sent: Promise<Response>,
  target: string,
): Promise<void> {
  const response = await sent.catch((error: Error) => {
    if (error.name !== 'TimeoutError') throw error
    return fail(
      `Microsoft Graph did not respond to /me within ${timeoutSeconds} s.`,
      'A firewall may block the connection to graph.microsoft.com, or a proxy may be required.',
    )
  })
  const found = `Microsoft Graph returned ${response.status} for /me.`
  if (response.status === 403)
    fail(found, `Add the delegated permission User.Read of Microsoft Graph ${target}.`)
  if (!response.ok) fail(found, changeWithoutHint(found))
  const { id } = Object(await response.json().catch(() => undefined)) as { readonly id?: unknown }
  if (typeof id !== 'string')
    fail(
      'The response of Microsoft Graph to /me does not contain an id.',
      'A proxy or a firewall may have sent another response. Open https://graph.microsoft.com/v1.0/me on this computer, which must return JSON.',
    )
  if (id !== claims?.oid) fail('Microsoft Graph returned the profile of another user.')
}

const CONSENT = '/verify/consent'

/** The errors for an app without app permissions. */
const NOT_ALLOWED = ['invalid_scope', 'unauthorized_client', 'unsupported_grant_type']

/** Returns the scope that stands for all app permissions of the API of a scope. */
export function defaultScopeOf(scope: string | undefined): string | undefined {
  return scope?.includes('/') === true ? `${apiOf(scope)}/.default` : undefined
}

/** Returns the part of a scope that names its API, without the name of the permission. */
export function apiOf(scope: string): string {
  return scope.slice(0, scope.lastIndexOf('/'))
}
