import { basename } from 'node:path'
import { error, ok, skipped, warning, type Finding } from '../report/finding.js'
import { secretsOf } from '../../../subject/secrets.js'
import type { Check } from './check.js'

/** Matches words in the examples of documentation and templates. */
const PLACEHOLDER =
  /change.?(me|this|it)|replace|example|placeholder|your.?(own|secret|session)|password|todo|dummy|default|insecure|development|at least/i
/** Matches sequences of the keyboard and of the alphabet. */
const TYPED = /0123456|1234567|abcdefg|qwertz|qwerty|asdfgh/i

/** Checks the secret that encrypts the cookies of sessions. */
export const sessionSecret: Check = {
  name: 'session-secret',
  looksAt: 'whether the session secret is set, long enough and random',
  async run(evidence) {
    const { kind, object, options } = evidence.subject
    if (kind !== 'web') return skipped('An API does not have sessions.')
    if (options.signIn?.kind === 'platform') return skipped('The platform keeps the sessions.')
    const make = howToMake(evidence.subject.variables.file)
    const problem = evidence.settings().problems.find(({ option }) => option === 'session.secret')
    if (problem !== undefined) return error(problem.message, make)
    const secrets = secretsOf(evidence.subject)
    if (secrets.length === 0)
      return object === undefined
        ? warning(
            'The session secret is missing. In development, all users are signed out at a restart.',
            make,
          )
        : skipped('The configuration file exports an object, so this check cannot see the secret.')
    const findings: Finding[] = secrets
      .filter((secret) => PLACEHOLDER.test(secret) || TYPED.test(secret))
      .map(() =>
        error(
          'The session secret contains words of an example, so an attacker can guess it.',
          make,
        ),
      )
    return findings.length > 0
      ? findings
      : ok(
          `The session secret has ${secrets[0]?.length} characters. Use the same secret on all servers of the app.`,
        )
  },
}

/**
 * Returns how to create the secret. The text contains the file of `--env`, because the application with this file needs
 * the secret.
 */
function howToMake(file = '.env'): string {
  return `Run "npx --no-install identity-web-cli secret --env ${basename(file)}" to create one.`
}
