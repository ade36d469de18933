import type { ClientCredential, OAuthClient, UserTokens } from '../client/index.ts'
import type { EventEmitter } from '../event-emitter.ts'
import type { HttpContext } from '../http-context.ts'
import type { Claims, EndedSessions, SessionStrategy } from '../session/index.ts'
import type { Environment } from '../host-traits.ts'
import { defineSeam, type Seam } from '../seam.ts'
import type { LoginTokens } from '../tokens.ts'

// A platform can sign users in before their requests reach the application. The function that describes a platform brings
// its code along, so that other applications do not bundle it.

/** A sign-in at the platform. */
export interface PlatformLogin {
  /** The path to which the user returns, which belongs to this origin. */
  readonly returnTo: string
  /** The parameters for the provider, by their OAuth names. */
  readonly parameters: Readonly<Record<string, string>>
}

/** The parts of an `Auth` that a platform's sessions use. */
export interface PlatformNeeds {
  readonly client: OAuthClient
  readonly events: EventEmitter
  /** The option `scopes`: the scopes that the platform requests. */
  readonly scopes: readonly string[]
  readonly cacheEntries: number
  /** The option `revalidateUserSeconds`: the time after which the user is loaded again. */
  readonly userSeconds: number | undefined
  /** `true` if `onRefresh` loads the user again, instead of `onLogin`. */
  readonly hasOnRefresh: boolean
  /** Calls `onLogin`. Not set if the application does not have it. */
  readonly onLogin?: ((login: PlatformUser) => Promise<unknown>) | undefined
  readonly onEnd: (ended: EndedSessions) => void
}

/** The data of a user whom the platform signed in, at their first request. */
export interface PlatformUser {
  readonly claims: Claims
  /** The tokens, with an empty string for a token that the platform does not pass on. */
  readonly tokens: LoginTokens
  readonly request: Pick<HttpContext, 'method' | 'url' | 'header'>
}

/** The settings that platform variables contain. */
export interface PlatformSettings {
  readonly authority?: string | undefined
  readonly clientId?: string | undefined
  readonly clientCredential?: ClientCredential | undefined
}

/** A platform in a process's environment. */
export interface Platform {
  /** The reasons why the application cannot rely on the platform, or an empty list if it can. */
  readonly problems: readonly string[]
  readonly settings: PlatformSettings
  /** The application's URL, or `undefined` if the platform does not tell it. */
  readonly url: string | undefined
  loginUrl(login: PlatformLogin): string
  /** @param returnTo - The path or the URL to which the user returns. */
  logoutUrl(returnTo: string): string
  createSessions(needs: PlatformNeeds): SessionStrategy
  /**
   * Returns the functions that get the tokens of users: from the platform, in addition to the ways of the library.
   */
  createUserTokens(client: OAuthClient, own: UserTokens): UserTokens
}

/** Returns the platform for a process's variables. */
export type CreatePlatform = (variables: Environment) => Platform

export const PLATFORM: Seam<CreatePlatform> = /* @__PURE__ */ defineSeam('platform')
