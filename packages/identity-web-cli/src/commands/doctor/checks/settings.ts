import type { ConfigurationProblem } from 'identity-web/fetch'
import { error, ok, warning, type Finding } from '../report/finding.js'
import type { Check } from './check.js'

/** The options and the variables, checked as the application does when it starts. */
export const settings: Check = {
  name: 'settings',
  looksAt: 'whether all options and variables are set and valid',
  async run(evidence) {
    const { problems, warnings } = evidence.settings()
    const { kind, object } = evidence.subject
    // The check of the session secret reports its problem.
    const own = problems.filter(({ option }) => option !== 'session.secret')
    const findings: Finding[] = own.map(toFinding)
    if (kind === 'web' && own.some(({ option }) => option === 'redirectUri'))
      findings.push(
        warning(
          'Without a redirect URI, the app cannot sign users in.',
          'If it is an API, run the command again with --api.',
        ),
      )
    findings.push(...warnings.filter((message) => !isAboutSecret(message)).map(toWarning))
    if (findings.length === 0) findings.push(ok('All settings are valid.'))
    if (object !== undefined)
      findings.push(
        ok(
          'The configuration file exports an object, so some checks see only its variables. Export the options to check them all.',
        ),
      )
    return findings
  },
}

function toFinding({ option, variable, message }: ConfigurationProblem): Finding {
  const [found, change] = splitMessage(message)
  const names = variable === undefined ? option : `${option} (${variable})`
  return error(found, change ?? `Change ${names}.`)
}

function toWarning(message: string): Finding {
  const [found, change] = splitMessage(message)
  return warning(found, change ?? 'Read docs/options.md about this option.')
}

const isAboutSecret = (message: string): boolean => message.startsWith('No session secret')

/** A message of the library says what is wrong, and then what to change. */
function splitMessage(message: string): readonly [found: string, change?: string] {
  const end = message.search(/[.]\s+(?=(Set|Change|Keep|Remove|Add|Use|Check|Pass|If) )/)
  return end < 0 ? [message] : [message.slice(0, end + 1), message.slice(end + 1).trim()]
}
