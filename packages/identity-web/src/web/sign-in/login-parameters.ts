// Parameters that a link to the login route may contain.
import type { EventEmitter } from '../../event-emitter.ts'
import type { Prompt, SignInParameters } from '../../options/sign-in-parameters.ts'

/** Reads the parameters that a link to the login route may contain. */
export type LoginParameters = (given: URLSearchParams) => SignInParameters | undefined

/** The settings that decide which parameters are allowed. */
export interface LoginParameterSettings {
  readonly events: EventEmitter
  readonly tenants?: unknown
}

// `none` is missing: a link on another site must not sign a user in without a page.
const PROMPTS: readonly string[] = ['select_account', 'login', 'create', 'consent']

/**
 * Creates the reader of parameters such as `?prompt=select_account`. Other parameters and values are ignored, because links
 * on other sites can contain them too.
 */
export function createLoginParameters({
  events,
  tenants,
}: LoginParameterSettings): LoginParameters {
  const rules = {
    prompt: (value: string) => PROMPTS.includes(value),
    login_hint: isHint,
    // If only some tenants may sign in, a link must not lead to the sign-in page of another organization.
    domain_hint: (value: string) => !Array.isArray(tenants) && /^[\w.-]{1,255}$/.test(value),
  }
  return (given) => {
    const names = Object.keys(rules).filter((name) => given.has(name)) as Name[]
    if (names.length === 0) return undefined
    const read = new Map<Name, string>()
    for (const name of names) {
      // RFC 6749, section 3.1: a parameter must not occur twice.
      const [value = '', second] = given.getAll(name)
      if (second === undefined && rules[name](value)) read.set(name, value)
    }
    const ignored = names.filter((name) => !read.has(name))
    if (ignored.length > 0) {
      events.emit('sign_in.parameters_ignored', {
        level: 'info',
        message: `The login URL contains parameters with values that are not allowed. They are ignored: ${ignored.join(', ')}.`,
        ignored,
      })
    }
    return toParameters(read)
  }
}

type Name = 'prompt' | 'login_hint' | 'domain_hint'

function toParameters(read: ReadonlyMap<Name, string>): SignInParameters | undefined {
  if (read.size === 0) return undefined
  const prompt = read.get('prompt') as Prompt | undefined
  const loginHint = read.get('login_hint')
  const domainHint = read.get('domain_hint')
  return {
    ...(prompt !== undefined && { prompt }),
    ...(loginHint !== undefined && { loginHint }),
    ...(domainHint !== undefined && { domainHint }),
  }
}

/** Returns whether a value can be the name of a user. RFC 5321 limits an e-mail address to 254 characters. */
function isHint(value: string): boolean {
  return value !== '' && value.length <= 320 && !/[\p{Cc}\p{Cf}]/u.test(value)
}
