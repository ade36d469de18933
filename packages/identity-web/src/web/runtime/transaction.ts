// A started sign-in, encrypted in `state`.
import { type ClaimsRequest, IdentityError } from '../../errors.ts'
import { randomValues } from '../../base64.ts'
import { authenticationContextClaims, mergeClaims } from '../../client/index.ts'
import { createEncryption, encryptionPurpose } from '../../encryption/index.ts'
import type { UserFlow } from '../../options/resolve-authority.ts'
import type { SignInParameters } from '../../options/sign-in-parameters.ts'
import type { ResolvedOptions } from '../../options/resolve-auth.ts'
import { createFlowCookies, newFlowId } from './flow-cookies.ts'
import type { Previews } from '../../seams/previews.ts'

/** The purpose of a sign-in. The callback compares the authorization response with it. */
export interface SignInPurpose {
  /** A path of this origin, checked by `toReturnPath`. */
  readonly returnTo: string
  readonly scopes: readonly string[]
  /**
   * The scopes among `scopes` that the route requires. If one of these scopes is not granted, the sign-in fails,
   * because the route would start the sign-in again.
   */
  readonly needed: readonly string[]
  /** The authentication contexts that the ID token must confirm. */
  readonly acrs: readonly string[]
  /** The authentication contexts that the session satisfies, which the new ID token may confirm again. */
  readonly keptAcrs?: readonly string[] | undefined
  readonly parameters: SignInParameters
  /** Azure AD B2C: the user flow to use, if it is not the user flow that signs users in. */
  readonly userFlow?: UserFlow | undefined
  /** `true` if an administrator consents for the whole organization. Such a flow does not sign a user in. */
  readonly adminConsent?: boolean | undefined
  /** The requirement of the page that the session does not meet. */
  readonly stepUpFor?: string | undefined
  /**
   * `true` if the sign-in must not show a page. If it does not succeed, the user returns to the application with a
   * result.
   */
  readonly onlySilent?: boolean | undefined
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
  /** The number of automatic restarts of this sign-in. */
  readonly attempt: number
  /** Unix time in seconds. @defaultValue ten minutes after the start */
  readonly expiresAt?: number
  /** The values that a way to sign in adds. */
  readonly extra?: unknown
}

/**
 * Returns the purpose of a transaction, to start another one for it. It does not request `keptAcrs` again: a provider that
 * treats several contexts as alternatives may have confirmed only these.
 */
export function purposeOf(transaction: Transaction): SignInPurpose {
  const { returnTo, scopes, needed, acrs, parameters } = transaction
  const { userFlow, adminConsent, stepUpFor, onlySilent } = transaction
  const purpose = { returnTo, scopes, needed, acrs, parameters }
  return { ...purpose, userFlow, adminConsent, stepUpFor, onlySilent }
}

/** Returns the claims request of a sign-in: its `claims` parameter, merged with its authentication contexts. */
export function claimsRequestOf({
  parameters,
  acrs,
  keptAcrs = [],
}: SignInPurpose): ClaimsRequest | undefined {
  // In the order of preference (OpenID Connect Core, section 5.5.1).
  const requested = [...new Set([...acrs, ...keptAcrs])]
  if (requested.length === 0) return parameters.claimsRequest
  return mergeClaims(parameters.claimsRequest, authenticationContextClaims(requested))
}

/** The result of opening the encrypted `state` of an authorization response. */
export type OpenedTransaction =
  | { readonly kind: 'bound'; readonly transaction: Transaction }
  /**
   * This application made the `state`, but the browser does not send the flow's cookie. The flow was already used, it
   * was started in another browser, or cookies are turned off.
   */
  | { readonly kind: 'unbound' | 'expired'; readonly transaction: Transaction }
  | { readonly kind: 'foreign' }

/** A transaction that was started, and its values for the browser. */
export interface StartedTransaction {
  readonly transaction: Transaction
  /** The encrypted transaction, for the parameter `state`. */
  readonly state: string
  /** The `Set-Cookie` values that bind the transaction to the browser. They delete the oldest transactions if necessary. */
  readonly cookies: readonly string[]
}

/** Seconds. */
const LIFETIME = 600
/**
 * The age in seconds from which the sign-in of another tab ends when this sign-in succeeds. The other tab then uses the
 * new session.
 */
const ABANDONED_AFTER = 60

/**
 * Encrypts each transaction into its `state` and binds it to the browser by a small cookie.
 *
 * Many tabs can sign in at the same time. The browser keeps one small cookie for each sign-in, and each transaction can
 * be used only at one callback.
 */
export interface Transactions {
  /** @param cookieHeader - The `Cookie` header of the request that starts the transaction. */
  start(start: TransactionStart, cookieHeader: string): Promise<StartedTransaction>
  open(state: string, cookieHeader: string): Promise<OpenedTransaction>
  /** Ends a transaction. Returns the `Set-Cookie` values that delete its cookie. */
  end(transaction: Transaction): string[]
  /**
   * Ends a transaction in a browser that is signed in.
   *
   * @param cookies - The `Set-Cookie` values of its new session, if this transaction started one.
   * @returns These values, and the values that delete the cookies of this transaction and of older ones. If the `Cookie`
   *   header would become too long, they delete the cookies of more transactions.
   */
  endSignedIn(
    transaction: Transaction,
    cookieHeader: string,
    cookies?: readonly string[],
  ): readonly string[]
}

/** The values with which a transaction starts. */
export type TransactionStart = SignInPurpose & Pick<Transaction, 'attempt' | 'expiresAt' | 'extra'>

/** The options that transactions need. */
export type TransactionOptions = Pick<ResolvedOptions<unknown>, 'site' | 'responseMode' | 'session'>

/**
 * The encryption purposes of one provider. They contain the provider and the client, so a value for another client cannot
 * be decrypted (GHSA-x445-f3h2-j279).
 */
export interface Purposes {
  /** Applications of one client at several origins have different sessions, unless an option says otherwise. */
  readonly session: string
  /**
   * Returns the purpose of a kind of values that this application gives to a browser during a sign-in or a sign-out, and
   * reads again at its own origin. It contains the origin, even if several applications of one client share their
   * sessions.
   */
  signIn(kind: string): string
}

/** @param owner - The client and its provider, as the lists of sessions and the revocation markers name them. */
export function createPurposes(
  {
    authority,
    clientId,
    site,
    session,
  }: Pick<ResolvedOptions<unknown>, 'authority' | 'clientId' | 'site' | 'session'>,
  owner: string,
): Purposes {
  const origin = site.origin ?? site.signIn.kind
  return {
    session: `${owner} ${session.sealedFor ?? site.signIn.kind}`,
    signIn: (kind) => encryptionPurpose(kind, clientId, authority.url, origin, session.cookieName),
  }
}

export function createTransactions(
  { site, responseMode, session }: TransactionOptions,
  { now, previews }: { readonly now: () => number; readonly previews: Previews | undefined },
  purposes: Purposes,
): Transactions {
  const { secrets, flowCookiePrefix, attributes } = session
  const encryption = createEncryption(secrets, purposes.signIn('transaction'))
  const { partitioned } = attributes
  // With form_post, the provider's site sends the form, and browsers do not send `Lax` cookies with it. In an iframe of another
  // site, they do not store them.
  const isCrossSite =
    site.signIn.kind === 'code' && (responseMode === 'form_post' || partitioned === true)
  const flowCookies = createFlowCookies(flowCookiePrefix, {
    // `__Host-` requires this path. The bounds also need it, because a path would hide the cookies from other pages.
    path: '/',
    secure: attributes.secure || isCrossSite,
    sameSite: isCrossSite ? 'None' : 'Lax',
    partitioned,
  })

  return {
    async start(start, cookieHeader) {
      const startedAt = now()
      const [binding, nonce, codeVerifier] = randomValues(12, 16, 32)
      const transaction: Transaction = {
        ...start,
        id: newFlowId(startedAt),
        binding,
        nonce,
        codeVerifier,
        startedAt,
      }
      const expiresAt = endOf(transaction)
      const state = await encryption.encrypt(transaction)
      return {
        transaction,
        state: previews?.ownOrigin === undefined ? state : await previews.wrap('sign-in', state),
        cookies: flowCookies.add(transaction, { cookieHeader, maxAge: expiresAt - startedAt }),
      }
    },

    async open(state, cookieHeader) {
      const own = previews?.ownOrigin === undefined ? state : await previews.unwrap(state)
      if (own === undefined) return { kind: 'foreign' }
      const transaction = (await encryption.decrypt(own)) as Transaction | undefined
      if (transaction === undefined) return { kind: 'foreign' }
      // The browser drops the cookie at the same moment.
      if (now() >= endOf(transaction)) return { kind: 'expired', transaction }
      const isBound = flowCookies.has(transaction, cookieHeader)
      return { kind: isBound ? 'bound' : 'unbound', transaction }
    },

    end: (transaction) => [flowCookies.remove(transaction)],

    endSignedIn(transaction, cookieHeader, cookies = []) {
      const written = [...cookies, flowCookies.remove(transaction)]
      // The page of a way to sign in cannot use the session of another tab, because it shows only what its poll returns.
      const endedBefore = site.signIn.way === undefined ? now() - ABANDONED_AFTER : 0
      return [...written, ...flowCookies.removeSurplus({ cookieHeader, written, endedBefore })]
    },
  }
}

/** Returns the Unix time in seconds at which a transaction expires. */
function endOf({ startedAt, expiresAt = startedAt + LIFETIME }: Transaction): number {
  return expiresAt
}

/**
 * Returns the error for a `state` that cannot be decrypted. Any site can send such a `state`, so the hint only says
 * "if".
 */
export function foreignState(message: string): IdentityError {
  return new IdentityError('invalid_request', message, {
    reason: 'state',
    hint: 'If your application created this state, use the same session.secret (IDENTITY_SESSION_SECRET), clientId and authority on all servers.',
  })
}
