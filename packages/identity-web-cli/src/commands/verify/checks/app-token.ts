import { IdentityError } from 'identity-web/fetch'
import { graphScopeOf, servesManyTenants } from '../../../subject/authorities.js'
import type { Step } from '../check.js'
import { passed, skipped } from '../outcome.js'
import { settingOf } from '../settings.js'

/** A token of the application without a user. */
export const appToken: Step = {
  title: 'App-only token',
  checks: [
    {
      id: 'app-token',
      assumes:
        'The credential of the application gets an app-only token (client credentials grant).',
      needs: ['discovery'],
      async run(trial) {
        const { subject } = trial.evidence
        const authority = settingOf(subject, 'authority', 'IDENTITY_AUTHORITY')
        if (servesManyTenants(authority))
          return skipped(
            'An app-only token belongs to one tenant. Set IDENTITY_AUTHORITY to the URL of one tenant to run this check.',
          )
        const scope = graphScopeOf(authority) ?? defaultScopeOf(trial.choices.scope)
        if (scope === undefined)
          return skipped('Add --scope <scope of your API> to run this check at this provider.')
        try {
          await trial.auth.getTokenForClient(scope)
        } catch (error) {
          if (
            !IdentityError.is(error) ||
            trial.isMicrosoft ||
            !NOT_ALLOWED.has(error.oauthError ?? '')
          )
            throw error
          return skipped(
            `The registration does not allow app-only tokens (${error.oauthError}). Add an app permission to run this check.`,
          )
        }
        return passed('The provider issued an app-only token.')
      },
    },
  ],
}

/** The errors for an app without app permissions. Entra ID issues a token without roles instead. */
const NOT_ALLOWED: ReadonlySet<string> = new Set([
  'invalid_scope',
  'unauthorized_client',
  'unsupported_grant_type',
])

/** Returns the scope that stands for all app permissions of the API of a scope. */
export function defaultScopeOf(scope: string | undefined): string | undefined {
  return scope?.includes('/') === true ? `${apiOf(scope)}/.default` : undefined
}

/** Returns the part of a scope that names its API, without the name of the permission. */
export function apiOf(scope: string): string {
  return scope.slice(0, scope.lastIndexOf('/'))
}
