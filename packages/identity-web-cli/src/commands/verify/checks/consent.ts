import { IdentityError } from 'identity-web/fetch'
import type { Step } from '../check.js'
import { failed, passed, skipped } from '../outcome.js'
import type { Trial } from '../trial.js'

const PATH = '/verify/consent'

/** Consent to a scope that the user has not granted. */
export const consent: Step = {
  title: 'Consent where it is needed',
  checks: [
    {
      id: 'consent',
      assumes:
        'A refresh for a scope without consent fails with interaction_required, and the provider then asks for this consent only.',
      needs: ['sign-in'],
      async run(trial) {
        const scope = trial.choices.consentScope ?? defaultScope(trial)
        if (trial.kind !== 'entra' && trial.choices.consentScope === undefined)
          return skipped(
            'At this kind of provider, an administrator consents for all users. If users consent at yours, add --consent-scope <scope>.',
          )
        if (scope === undefined) return skipped('Add --consent-scope <scope> to run this check.')
        const name = scope.split('/').at(-1) ?? scope
        const before = await requestToken(trial, scope)
        if (before === undefined)
          return skipped(
            `The user has already consented to ${name}. Choose another scope with --consent-scope.`,
          )
        if (before.code !== 'interaction_required')
          return failed(
            `A scope without consent failed with ${before.code} instead of interaction_required: ${before.message}`,
            before.hint ?? 'Please open an issue with this report.',
          )
        const scopes = await trial.ask<readonly string[]>({
          id: 'consent',
          text: `Consent to ${name}.`,
          path: PATH,
          handler: (done) =>
            trial.auth.loginRequired({ scopes: scope }, (_request: Request, context) =>
              done(context.scopes),
            ),
        })
        const trips = trial.guide.seen.filter(
          ({ path, status }) => path === PATH && status >= 300 && status < 400,
        ).length
        if (!scopes.some((one) => one.toLowerCase() === name.toLowerCase()))
          return failed(
            `The user consented, but the token does not contain ${name}.`,
            'Write the scopes of an API in full, such as api://<client ID>/Todos.Read.',
          )
        // One redirect to the provider, and the last one to the page of the next task.
        return trips <= 2
          ? passed(`The provider asked for ${name} once, and the token contains it.`)
          : failed(
              'The guard sent the browser to the provider more than once.',
              'Please open an issue with this report.',
            )
      },
    },
  ],
}

/** A scope that shows little, and to which users can usually consent. */
function defaultScope({ kind }: Trial): string | undefined {
  return kind === 'entra' ? 'User.ReadBasic.All' : undefined
}

/** Requests a token without the browser. @returns The error, or `undefined` for a token. */
async function requestToken(trial: Trial, scope: string): Promise<IdentityError | undefined> {
  try {
    await trial.auth.getTokenForUser(trial.request('/verify/session'), scope)
    return undefined
  } catch (error) {
    if (IdentityError.is(error)) return error
    throw error
  }
}
