import { random } from '../../base64.ts'
import type { DeviceCode } from '../../client/index.ts'
import { createSealer } from '../../sealing/index.ts'
import {
  cookieNames,
  deleteCookie,
  findCookie,
  setCookie,
  type CookieAttributes,
} from '../../session/index.ts'
import type { SignInParameters } from '../options/options.ts'
import { toPaths } from '../options/paths.ts'
import type { UserFlow } from '../../settings/resolve-authority.ts'
import type { ResolvedOptions } from '../options/resolve-options.ts'

/** What a sign-in is for; the callback checks the answer against it. */
export interface SignInPurpose {
  /** A path of this origin, checked by `toReturnPath`. */
  readonly returnTo: string
  readonly scopes: readonly string[]
  /** Those of the scopes that a route needs: to come back without them would lead here again. */
  readonly needed: readonly string[]
  /** The authentication contexts that the ID token must confirm. */
  readonly acrs: readonly string[]
  readonly parameters: SignInParameters
  /** Azure AD B2C: the user flow to go to, where it is not the one that signs in. */
  readonly userFlow?: UserFlow | undefined
  /** An administrator is to consent for everybody; nobody is signed in by that. */
  readonly adminConsent?: boolean | undefined
  /** What the page asked for that a session lacks. */
  readonly stepUpFor?: string | undefined
}

/** A sign-in to begin: where to return to, and what differs from the options. */
export type SignInStart = Pick<SignInPurpose, 'returnTo'> & {
  readonly [Name in keyof SignInPurpose]?: SignInPurpose[Name] | undefined
}

/** All that a sign-in was begun with. */
export interface Transaction extends SignInPurpose {
  /** The flow's id: its cookie is named by it. */
  readonly id: string
  /** The value of the flow's cookie, which only the browser that began the flow has. */
  readonly binding: string
  readonly nonce: string
  readonly codeVerifier: string
  /** Unix time in seconds. */
  readonly startedAt: number
  /** How many times this sign-in was begun anew by itself. */
  readonly attempt: number
  /** What the provider gave for a sign-in with a code, where there is no redirect URI. */
  readonly device?: DeviceCode
}

/** What a transaction is for, to begin another for the same. */
export function purposeOf(transaction: Transaction): SignInPurpose {
  const { returnTo, scopes, needed, acrs, parameters } = transaction
  const { userFlow, adminConsent, stepUpFor } = transaction
  return { returnTo, scopes, needed, acrs, parameters, userFlow, adminConsent, stepUpFor }
}

/** A transaction of the device code flow. */
export type DeviceTransaction = Transaction & Required<Pick<Transaction, 'device'>>

export function isDeviceTransaction(transaction: Transaction): transaction is DeviceTransaction {
  return transaction.device !== undefined
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
    start: SignInPurpose & Pick<Transaction, 'attempt' | 'device'>,
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
  const crossSite = options.responseMode === 'form_post' && options.redirectUri !== undefined
  const flowAttributes: CookieAttributes = {
    path: toPaths(options.redirectUri)[options.redirectUri === undefined ? 'login' : 'callback'],
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
