// Resolves the arguments of `auth.forward()`.
import { isSecureUrl } from '../authority/index.ts'
import { parseScopes } from '../client/index.ts'
import { FORWARD, isSegment, type ForwardOptions } from './forward-options.ts'
import { OptionReport } from './option-report.ts'
import { problemsError } from './problems.ts'
import { readOptions } from './rows.ts'

/** A forwarded path, with the default of each option. */
export interface ForwardSettings {
  /** The path in the browser, without a slash at its end. */
  readonly path: string
  readonly target: ForwardTarget
  readonly token: 'user' | 'application' | 'none'
  readonly scopes: readonly string[]
  readonly methods: ReadonlySet<string>
  /** The patterns of the allowed paths. `undefined` if every path below the target is allowed. */
  readonly patterns: readonly (readonly string[])[] | undefined
  readonly requestHeaders: readonly string[]
  readonly responseHeaders: readonly string[]
  readonly timeoutSeconds: number
  readonly maxBodyBytes: number
}

/** The API that gets the requests. */
export interface ForwardTarget {
  readonly origin: string
  /** The path, without a slash at its end. `''` if the API is at the root. */
  readonly basePath: string
}

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE']
const MAX_BODY_BYTES = 10 * 1024 * 1024

/**
 * Checks the arguments of `auth.forward()`, and adds the defaults.
 *
 * @throws IdentityError `configuration` with all problems.
 */
export function resolveForward(path: unknown, options: unknown): ForwardSettings {
  const given = readOptions((options ?? {}) as ForwardOptions, FORWARD.rows)
  const isValidPath = isForwardedPath(path)
  const report = new OptionReport({ ...FORWARD, before: `'${isValidPath ? path : '/api'}', ` })
  if (!isValidPath) report.addMessage('path', WRONG_PATH)
  report.check(given, given)
  checkPresence(given, report)
  checkToken(given, report)
  if (report.problems.length > 0) throw problemsError(report.problems)
  const { origin, pathname } = new URL(given.target)
  return Object.freeze({
    path: path as string,
    target: { origin, basePath: pathname.replace(/\/$/, '') },
    token: given.token ?? 'user',
    scopes: parseScopes(given.scopes),
    methods: new Set(given.methods ?? METHODS),
    patterns: given.paths?.map((pattern) => pattern.split('/').slice(1)),
    requestHeaders: toLowerCase(given.requestHeaders),
    responseHeaders: toLowerCase(given.responseHeaders),
    timeoutSeconds: given.timeoutSeconds ?? 60,
    maxBodyBytes: given.maxBodyBytes ?? MAX_BODY_BYTES,
  })
}

function toLowerCase(names: readonly string[] = []): readonly string[] {
  return names.map((name) => name.toLowerCase())
}

const WRONG_PATH =
  "The path of auth.forward() must start with a slash, must not end with a slash, and must not be / alone, for example auth.forward('/api', { target })."

function isForwardedPath(path: unknown): path is string {
  const [first, ...segments] = typeof path === 'string' ? path.split('/') : []
  return first === '' && segments.length > 0 && segments.every(isSegment)
}

/** Reports options without a value. Such an option would forward more than its author wanted. */
function checkPresence(given: ForwardOptions, report: OptionReport): void {
  for (const [option, value] of Object.entries(given)) {
    if (value !== undefined) continue
    const remedy = `Set ${report.example(option)}, or remove ${option} from the code.`
    report.add(option, { fault: 'is present but does not have a value', remedy })
  }
  if (!('target' in given)) report.addMissing('target')
}

/** Checks the options that depend on the kind of token. */
function checkToken(given: ForwardOptions, report: OptionReport): void {
  const { target, token, scopes, allowInsecureTarget } = given
  if (token === 'none') {
    if (scopes === undefined) return
    report.add('scopes', {
      fault: "has no effect with token: 'none'",
      remedy: 'Remove one of them.',
    })
    return
  }
  if (!('scopes' in given)) {
    const remedy = `For an API that needs no token, set ${report.code('token', "'none'")}.`
    report.addMissing('scopes', ` ${remedy}`)
  }
  if (/^http:/i.test(target) && !isSecureUrl(target) && allowInsecureTarget !== true) {
    report.add(
      'target',
      'must start with https://, because everyone on the network could read the access token (http:// is allowed only on localhost)',
    )
  }
}
