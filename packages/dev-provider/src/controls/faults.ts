import type { Behaviour, Fault, FaultyEndpoint } from './behaviour.js'
import type { ProviderReply } from '../protocol/http.js'
import { OAuthError } from '../protocol/oauth-error.js'

/** What a fault makes of a request. */
export type FaultOutcome =
  | { readonly kind: 'reply'; readonly reply: ProviderReply }
  | { readonly kind: 'error'; readonly error: OAuthError }
  | { readonly kind: 'wait'; readonly ms: number }
  | { readonly kind: 'hang' }
  | { readonly kind: 'drop' }

/** Whatever has switches. */
interface Switched {
  readonly behaviour: Behaviour
}

const FAULTY: ReadonlySet<string> = new Set<FaultyEndpoint>([
  'metadata',
  'keys',
  'authorize',
  'token',
  'graph',
  'logout',
])

// All of Graph fails together, and so do both versions of a document.
const TOGETHER: ReadonlyMap<string, FaultyEndpoint> = new Map([
  ['graphMembers', 'graph'],
  ['metadataV1', 'metadata'],
  ['keysV1', 'keys'],
])

// How often a fault struck. The switches belong to the caller, so they are not written to.
const strikes = new WeakMap<Fault, number>()

/** The fault that strikes a request to an endpoint, `undefined` when it may pass. */
export function takeFault(context: Switched, endpoint: string): FaultOutcome | undefined {
  const fault = findFault(context, endpoint)
  // An OAuth error at /authorize travels on the redirect, which the endpoint itself makes.
  if (fault === undefined || (endpoint === 'authorize' && fault.kind === 'error')) return undefined
  count(fault)
  return toOutcome(fault)
}

/** The OAuth error that a switch wants from an endpoint which delivers its errors in its own way. */
export function takeErrorFault(
  context: Switched,
  endpoint: FaultyEndpoint,
): OAuthError | undefined {
  const fault = findFault(context, endpoint)
  if (fault?.kind !== 'error') return undefined
  count(fault)
  return toError(fault)
}

function findFault(context: Switched, endpoint: string): Fault | undefined {
  const name = TOGETHER.get(endpoint) ?? endpoint
  if (!FAULTY.has(name)) return undefined
  const fault = context.behaviour.faults[name as FaultyEndpoint]
  if (fault === undefined) return undefined
  return (strikes.get(fault) ?? 0) < (fault.times ?? Infinity) ? fault : undefined
}

function count(fault: Fault): void {
  strikes.set(fault, (strikes.get(fault) ?? 0) + 1)
}

function toOutcome(fault: Fault): FaultOutcome {
  if (fault.kind === 'hang' || fault.kind === 'drop') return { kind: fault.kind }
  if (fault.kind === 'slow') return { kind: 'wait', ms: fault.ms }
  if (fault.kind === 'error') return { kind: 'error', error: toError(fault) }
  if (fault.kind === 'html') {
    return toReply(fault.status ?? 200, 'text/html', '<!doctype html><title>Proxy</title>')
  }
  if (fault.kind === 'huge') {
    return toReply(200, 'application/json', `{"padding":"${'x'.repeat(fault.bytes)}"}`)
  }
  const retryAfter = fault.retryAfter === undefined ? {} : { 'retry-after': fault.retryAfter }
  return toReply(fault.status, 'text/plain', fault.body ?? '', retryAfter)
}

function toReply(
  status: number,
  type: string,
  body: string,
  headers: Record<string, string> = {},
): FaultOutcome {
  return {
    kind: 'reply',
    reply: { status, headers: { 'content-type': `${type}; charset=utf-8`, ...headers }, body },
  }
}

function toError(fault: Extract<Fault, { kind: 'error' }>): OAuthError {
  const codes = fault.codes ?? []
  return new OAuthError(
    fault.error,
    codes[0] ?? 0,
    fault.description ?? 'A fault was switched on.',
    {
      status: fault.status ?? 400,
      codes,
      ...(fault.suberror !== undefined && { suberror: fault.suberror }),
      ...(fault.claims !== undefined && { claims: fault.claims }),
    },
  )
}
