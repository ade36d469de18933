import {
  cookieNames,
  createSealer,
  deleteCookie,
  findCookie,
  setCookie,
  type CookieAttributes,
} from '../session/index.ts'
import type { SignInParameters } from './options.ts'
import type { ResolvedOptions } from './resolve-options.ts'

/** All that a sign-in was begun with; the callback checks the answer against it. */
export interface Transaction {
  /** The flow's id: its cookie is named by it. */
  readonly id: string
  /** The value of the flow's cookie, which only the browser that began the flow has. */
  readonly binding: string
  readonly nonce: string
  readonly codeVerifier: string
  readonly returnTo: string
  readonly scopes: readonly string[]
  /** Those of the scopes that a route needs: to come back without them would lead here again. */
  readonly needed: readonly string[]
  readonly parameters: SignInParameters
  /** Unix time in seconds. */
  readonly startedAt: number
  /** How many times this sign-in was begun anew by itself. */
  readonly attempt: number
}

/** What a sealed `state` is worth at the callback. */
export type OpenedTransaction =
  | { readonly kind: 'bound'; readonly transaction: Transaction }
  /** Ours, but this browser has no cookie of it: used already, begun elsewhere, or cookies are off. */
  | { readonly kind: 'unbound'; readonly transaction: Transaction }
  | { readonly kind: 'foreign' }

const LIFETIME = 3600
const MAX_FLOWS = 50

/**
 * Seals transactions into `state` and binds each to its browser by a small cookie of its own, so that any
 * number of tabs can sign in at once, nothing large piles up in the browser, and each transaction is good for
 * one callback.
 */
export interface Transactions {
  begin(
    start: Omit<Transaction, 'id' | 'binding' | 'nonce' | 'codeVerifier' | 'startedAt'>,
  ): Promise<{ readonly transaction: Transaction; readonly state: string; readonly cookie: string }>
  open(state: string, cookieHeader: string): Promise<OpenedTransaction>
  /** The `Set-Cookie` values that end a flow, and the oldest ones where a browser has too many. */
  end(transaction: Transaction, cookieHeader: string): string[]
}

export function createTransactions<User>(
  options: ResolvedOptions<User>,
  now: () => number,
): Transactions {
  const { secrets, flowCookieName, attributes } = options.session
  // Provider and client are part of the key: an answer of another one never opens (GHSA-x445-f3h2-j279).
  const sealer = createSealer(secrets, `transaction ${options.clientId} ${options.authority.url}`)
  // A form post comes from the provider's site, where a `Lax` cookie stays at home.
  const crossSite = options.responseMode === 'form_post'
  const flowAttributes: CookieAttributes = {
    path: new URL(options.redirectUri).pathname,
    secure: attributes.secure || crossSite,
    sameSite: crossSite ? 'None' : 'Lax',
  }

  return {
    async begin(start) {
      const startedAt = now()
      const transaction: Transaction = {
        ...start,
        // The time comes first, so that sorting finds the oldest.
        id: startedAt.toString(36) + random(6),
        binding: random(16),
        nonce: random(16),
        codeVerifier: random(32),
        startedAt,
      }
      return {
        transaction,
        state: await sealer.seal(transaction),
        cookie: setCookie(flowCookieName + transaction.id, transaction.binding, {
          ...flowAttributes,
          maxAge: LIFETIME,
        }),
      }
    },

    async open(state, cookieHeader) {
      const transaction = (await sealer.open(state)) as Transaction | undefined
      if (transaction === undefined) return { kind: 'foreign' }
      const bound =
        findCookie(cookieHeader, flowCookieName + transaction.id) === transaction.binding &&
        now() < transaction.startedAt + LIFETIME
      return { kind: bound ? 'bound' : 'unbound', transaction }
    },

    end({ id }, cookieHeader) {
      const names = cookieNames(cookieHeader, flowCookieName).toSorted()
      const surplus = names.slice(0, Math.max(0, names.length - MAX_FLOWS))
      return [...new Set([flowCookieName + id, ...surplus])].map((name) =>
        deleteCookie(name, flowAttributes),
      )
    },
  }
}

/** Random bytes as base64url: 32 of them make a PKCE verifier of the recommended 43 characters (RFC 7636). */
export function random(bytes: number): string {
  return btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(bytes))))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')
}
