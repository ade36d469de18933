import type { ClaimsRequest } from '../../errors.ts'
import { random } from '../../base64.ts'
import { authenticationContextClaims, mergeClaims, type DeviceCode } from '../../client/index.ts'
import { createEncryption, encryptionPurpose } from '../../encryption/index.ts'
import {
  cookieNames,
  deleteCookie,
  findCookie,
  setCookie,
  type CookieAttributes,
} from '../../session/index.ts'
import type { UserFlow } from '../../settings/resolve-authority.ts'
import type { SignInParameters } from '../options/options.ts'
import type { ResolvedOptions } from '../options/resolve-options.ts'

/** The purpose of a sign-in. The callback checks the authorization response against it. */
export interface SignInPurpose {
  /** A path of this origin, checked by `toReturnPath`. */
  readonly returnTo: string
  readonly scopes: readonly string[]
  /**
   * The scopes among `scopes` that the route requires. If one of them is not granted, the sign-in fails, because the
   * route would start it again.
   */
  readonly needed: readonly string[]
  /** The authentication contexts that the ID token must confirm. */
  readonly acrs: readonly string[]
  readonly parameters: SignInParameters
  /** Azure AD B2C: the user flow to use, if it is not the one that signs users in. */
  readonly userFlow?: UserFlow | undefined
  /** Whether an administrator consents for the whole organization. Such a flow does not sign a user in. */
  readonly adminConsent?: boolean | undefined
  /** The requirement of the page that the session does not meet. */
  readonly stepUpFor?: string | undefined
}

/** A sign-in to start: the return path, and the parameters that differ from the options. */
export type SignInStart = Pick<SignInPurpose, 'returnTo'> & {
  readonly [Name in keyof SignInPurpose]?: SignInPurpose[Name] | undefined
}

/** Everything about a sign-in that was started. */
export interface Transaction extends SignInPurpose {
  /** The flow's id, which is part of its cookie's name. */
  readonly id: string
  /** The value of the flow's cookie. Only the browser that started the flow has it. */
  readonly binding: string
  readonly nonce: string
  readonly codeVerifier: string
  /** Unix time in seconds. */
  readonly startedAt: number
  /** How often this sign-in was restarted automatically. */
  readonly attempt: number
  /** The provider's response to the device authorization request, in the device code flow. */
  readonly device?: DeviceCode
}

/** Returns the purpose of a transaction, to start another one for it. */
export function purposeOf(transaction: Transaction): SignInPurpose {
  const { returnTo, scopes, needed, acrs, parameters } = transaction
  const { userFlow, adminConsent, stepUpFor } = transaction
  return { returnTo, scopes, needed, acrs, parameters, userFlow, adminConsent, stepUpFor }
}

/** Returns the claims request of a sign-in: its `claims` parameter, merged with its authentication contexts. */
export function claimsRequestOf({ parameters, acrs }: SignInPurpose): ClaimsRequest | undefined {
  if (acrs.length === 0) return parameters.claimsRequest
  return mergeClaims(parameters.claimsRequest, authenticationContextClaims(acrs))
}

/** A transaction of the device code flow. */
export type DeviceTransaction = Transaction & Required<Pick<Transaction, 'device'>>

export function isDeviceTransaction(transaction: Transaction): transaction is DeviceTransaction {
  return transaction.device !== undefined
}

/** The result of opening the encrypted `state` of an authorization response. */
export type OpenedTransaction =
  | { readonly kind: 'bound'; readonly transaction: Transaction }
  /**
   * This application made the `state`, but the browser does not send the flow's cookie. The flow was used before or
   * started in another browser, or cookies are off.
   */
  | { readonly kind: 'unbound'; readonly transaction: Transaction }
  | { readonly kind: 'foreign' }

/** A transaction that was started, and its values for the browser. */
export interface StartedTransaction {
  readonly transaction: Transaction
  /** The encrypted transaction, for the parameter `state`. */
  readonly state: string
  /** The `Set-Cookie` value that binds the transaction to the browser. */
  readonly cookie: string
}

/** Seconds. */
const LIFETIME = 3600
const MAX_FLOWS = 50

/**
 * Encrypts each transaction into its `state` and binds it to the browser by a small cookie.
 *
 * Any number of tabs can sign in at the same time. The browser keeps only one small cookie for each, and each
 * transaction can be used at one callback only.
 */
export interface Transactions {
  start(start: SignInPurpose & Pick<Transaction, 'attempt' | 'device'>): Promise<StartedTransaction>
  open(state: string, cookieHeader: string): Promise<OpenedTransaction>
  /**
   * Ends a transaction.
   *
   * @returns The `Set-Cookie` values that delete its cookie, and the oldest ones if the browser has too many.
   */
  end(transaction: Transaction, cookieHeader: string): string[]
}

/** The options that transactions need. */
export type TransactionOptions = Pick<
  ResolvedOptions<unknown>,
  'authority' | 'clientId' | 'flow' | 'responseMode' | 'session'
>

/**
 * Returns the purpose of a value that this application gives to a browser during a sign-in or a sign-out, and reads again
 * at its own origin. Provider and client are part of it, so the response to another client never opens
 * (GHSA-x445-f3h2-j279). So is the origin, also if several applications of one client share their sessions.
 */
export function purposeOfSignIn(
  kind: string,
  { authority, clientId, flow, session }: Omit<TransactionOptions, 'responseMode'>,
): string {
  return encryptionPurpose(
    kind,
    clientId,
    authority.url,
    flow.origin ?? flow.kind,
    session.cookieName,
  )
}

export function createTransactions(options: TransactionOptions, now: () => number): Transactions {
  const { flow, responseMode, session } = options
  const { secrets, flowCookieName, attributes } = session
  const encryption = createEncryption(secrets, purposeOfSignIn('transaction', options))
  // With form_post, the provider's site sends the form, and browsers do not send `Lax` cookies with it.
  const isCrossSite = flow.kind === 'code' && responseMode === 'form_post'
  const flowAttributes: CookieAttributes = {
    path: flow.kind === 'code' ? flow.paths.callback : flow.paths.login,
    secure: attributes.secure || isCrossSite,
    sameSite: isCrossSite ? 'None' : 'Lax',
  }

  return {
    async start(start) {
      const startedAt = now()
      const transaction: Transaction = {
        ...start,
        // The time comes first, so that sorting the names finds the oldest cookie.
        id: startedAt.toString(36) + random(6),
        binding: random(16),
        nonce: random(16),
        codeVerifier: random(32),
        startedAt,
      }
      return {
        transaction,
        state: await encryption.encrypt(transaction),
        cookie: setCookie(flowCookieName + transaction.id, transaction.binding, {
          ...flowAttributes,
          maxAge: LIFETIME,
        }),
      }
    },

    async open(state, cookieHeader) {
      const transaction = (await encryption.decrypt(state)) as Transaction | undefined
      if (transaction === undefined) return { kind: 'foreign' }
      const isBound =
        findCookie(cookieHeader, flowCookieName + transaction.id) === transaction.binding &&
        now() < transaction.startedAt + LIFETIME
      return { kind: isBound ? 'bound' : 'unbound', transaction }
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
