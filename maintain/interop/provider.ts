import type { Page } from 'playwright-core'
import type { AuthOptions } from 'identity-web/express'

/** An identity provider that this project did not write. */
export interface InteropProvider {
  readonly name: string
  readonly language: string
  /** Where it comes from, such as `npm oidc-provider` or `Debian glewlwyd`. */
  readonly source: string
  /** The options of `Auth` that this provider needs besides authority, client ID and secret. */
  readonly needs: string
  /**
   * Starts the provider and registers the application.
   *
   * @throws {@link NotAvailable} if the provider is not installed.
   */
  start(context: StartContext): Promise<RunningProvider>
}

/** What a provider needs to start. */
export interface StartContext {
  /** The folder that contains `node_modules` with the packages of npm. */
  readonly packages: string
  /** An empty folder for the data of the provider. */
  readonly folder: string
  readonly port: number
  readonly site: SiteRegistration
}

/** How the application is registered. */
export interface SiteRegistration {
  readonly clientId: string
  readonly clientSecret: string
  readonly redirectUri: string
  readonly postLogoutRedirectUri: string
  readonly backChannelLogoutUri: string
  readonly frontChannelLogoutUri: string
}

/** A provider that is running. */
export interface RunningProvider {
  readonly issuer: string
  /** The client ID and the secret, if the provider chose others than those of the registration. */
  readonly client?: { readonly clientId: string; readonly clientSecret: string }
  /** The options of `Auth` that this provider needs. */
  readonly options?: AuthOptions
  /** How long an access token is valid, in seconds. */
  readonly accessTokenSeconds: number
  /** How many refreshes replace all expired tokens. Microsoft issues an access token for one API at a time. @defaultValue `1` */
  readonly refreshesPerTurn?: number
  /** The features that the provider does not support, with the reason. The steps of all other features run. */
  readonly unsupported: Reasons
  /** The features that the provider supports, but that this run cannot check, with the reason. */
  readonly notRun?: Reasons
  /** An API that the provider issues JWT access tokens for. Missing if its access tokens are opaque. */
  readonly api?: {
    readonly audience: string
    readonly scopes: readonly string[]
    readonly options?: AuthOptions
  }
  /** Does one action on a page of the provider: signs in, consents or confirms. Returns `false` if it does not know the page. */
  act(page: Page): Promise<boolean>
  /** Does one action like `act`, but declines the consent. */
  decline?(page: Page): Promise<boolean>
  /** Ends the session of the user at the provider, so that it notifies the application. */
  signOutAtProvider?(page: Page): Promise<void>
  /** Enters a device code. Missing if the URL of the provider contains the code, and `act` does the rest. */
  enterUserCode?(page: Page, userCode: string): Promise<void>
  close(): Promise<void>
}

/** Why the step of a feature is skipped. A sentence for the page. */
export type Reasons = Readonly<Partial<Record<Feature, string>>>

/** What a provider may support. */
export type Feature =
  | 'form_post'
  | 'client-secret'
  | 'refresh'
  | 'refresh-errors'
  | 'userinfo'
  | 'end-session'
  | 'back-channel'
  | 'front-channel'
  | 'device-code'
  | 'prompt-none'
  | 'max-age'
  | 'consent'
  | 'scope-errors'
  | 'jwt-access-token'

/** Thrown if a provider cannot be installed or started here. */
export class NotAvailable extends Error {}
