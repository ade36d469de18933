import { basename } from 'node:path'
import type { ConfigurationProblem } from 'identity-web/fetch'
import type { Evidence } from '../evidence.js'
import { error, ok, warning, type Finding } from '../report/finding.js'
import type { Check } from './check.js'

/** Checks the options and the variables in the same way as the application does at its start. */
export const settings: Check = {
  name: 'settings',
  looksAt: 'whether all options and variables are set and valid',
  async run(evidence) {
    const { problems, warnings } = evidence.settings()
    const { kind, object } = evidence.subject
    // The check of the session secret reports its problem.
    const own = problems.filter(({ option }) => option !== 'session.secret')
    const findings: Finding[] = own.map((problem) => toFinding(problem, evidence))
    if (kind === 'web' && own.some(({ option }) => option === 'redirectUri'))
      findings.push(
        warning(
          'Without a redirect URI, the app cannot sign users in.',
          'If it is an API, run the command again with --api.',
        ),
      )
    findings.push(...warnings.filter((message) => !isAboutSecret(message)).map(toWarning))
    if (findings.length === 0) {
      const all = own.length < problems.length ? 'All other options' : 'All options'
      findings.push(ok(`${all} and variables are set, and have the right form.`))
    }
    if (object !== undefined)
      findings.push(
        ok(
          'The configuration file exports an object, so some checks see only the environment variables. To check all options, export the options instead.',
        ),
      )
    return findings
  },
}

function toFinding(
  { option, variable, message }: ConfigurationProblem,
  evidence: Evidence,
): Finding {
  const [found, change] = splitMessage(message)
  const names = variable === undefined ? option : `${option} (${variable})`
  return error(found, `${change ?? `Change ${names}.`}${adviceFor(option, evidence)}`)
}

/** The command that creates the settings. It is for Entra ID only. */
function adviceFor(option: string, evidence: Evidence): string {
  const { kind, options, variables } = evidence.subject
  const isMissing =
    (option === 'clientId' && evidence.clientId === undefined) ||
    (option === 'authority' && evidence.authority === undefined)
  const isElsewhere =
    evidence.setting('oidcAuthority', 'IDENTITY_OIDC_AUTHORITY') !== undefined ||
    options.b2c !== undefined ||
    variables.all['IDENTITY_B2C_TENANT_NAME'] !== undefined
  if (!isMissing || isElsewhere) return ''
  const type = { web: '', api: ' --api', mcp: ' --mcp --url <url>' }[kind]
  const file = variables.file === undefined ? '.env' : basename(variables.file)
  return ` If the app is not registered at Entra ID yet, run "npx --no-install identity-web-cli register${type} --name <name> --env ${file}".`
}

function toWarning(message: string): Finding {
  const [found, change] = splitMessage(message)
  return warning(found, change ?? 'Read docs/options.md about this option.')
}

const isAboutSecret = (message: string): boolean => message.startsWith('No session secret')

/** Splits a message of the library into the problem and the change. */
function splitMessage(message: string): readonly [found: string, change?: string] {
  const end = message.search(/[.]\s+(?=(Set|Change|Keep|Remove|Add|Use|Check|Pass|If)\b)/)
  return end < 0 ? [message] : [message.slice(0, end + 1), message.slice(end + 1).trim()]
}
