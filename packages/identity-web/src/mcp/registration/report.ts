/**
 * The part of the registration that a check concerns.
 *
 * - `resource`: the spelling of the option `resource`
 * - `credential`: the application can authenticate at the provider
 * - `clientId`: the tenant contains the app registration
 * - `applicationIdUri`: `resource` is an Application ID URI of the registration
 * - `audience`: access tokens for `resource` are for this registration
 * - `tokenVersion`: the registration requests access tokens of version 2
 * - `scopes`: the registration contains the scopes of the server
 * - `clients`: the clients that may call the server
 *
 * @public
 */
export type RegistrationCheckName =
  | 'resource'
  | 'credential'
  | 'clientId'
  | 'applicationIdUri'
  | 'audience'
  | 'tokenVersion'
  | 'scopes'
  | 'clients'

/**
 * The result of one check of the app registration.
 *
 * @example
 * ```ts
 * const failed = report.checks.filter(({ result }) => result === 'failed')
 * ```
 * @public
 */
export interface RegistrationCheck {
  /** The part of the registration. */
  readonly name: RegistrationCheckName
  /** `'not visible'` means that the server cannot find out. Check it yourself. */
  readonly result: 'ok' | 'failed' | 'not visible'
  /** The change that is necessary, or that you should check. Empty for `'ok'`. */
  readonly change: string
  /** Microsoft's error code, such as `AADSTS500011`, if the provider sent one. */
  readonly code?: string
}

/**
 * The result of `mcp.checkRegistration()`. It contains no token and no secret.
 *
 * @example
 * ```ts
 * const report = await mcp.checkRegistration()
 * if (!report.ok) console.error(report.text)
 * ```
 * @public
 */
export interface RegistrationReport {
  /** Whether no check failed. Parts that are not visible do not count. */
  readonly ok: boolean
  /** All checks, in the order in which you should solve them. */
  readonly checks: readonly RegistrationCheck[]
  /** The whole report for people, with the commands of Azure CLI and a Bicep file. `String(report)` returns it too. */
  readonly text: string
  /** Returns {@link RegistrationReport.text}. */
  toString(): string
}

const MARKS = { ok: 'ok', failed: 'FAILED', 'not visible': 'check it' } as const

/** The heading and the content of a part that follows the checks. */
export interface ReportSection {
  readonly title: string
  readonly lines: readonly string[]
}

/** Creates a report. */
export function createReport(
  title: string,
  checks: readonly RegistrationCheck[],
  sections: readonly ReportSection[],
): RegistrationReport {
  const text = [
    title,
    '',
    ...checks.flatMap(toLines),
    ...sections.flatMap(({ title: heading, lines }) => ['', `${heading}:`, '', ...lines]),
    '',
  ].join('\n')
  return {
    ok: checks.every(({ result }) => result !== 'failed'),
    checks,
    text,
    toString: () => text,
  }
}

function toLines({ name, result, change, code }: RegistrationCheck): string[] {
  const reason = code === undefined ? change : `${change} (${code})`
  return [`  ${MARKS[result].padEnd(9)} ${name}${change === '' ? '' : `: ${reason}`}`]
}
