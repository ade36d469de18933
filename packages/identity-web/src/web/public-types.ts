// The types that every adapter exports to applications.
export type { B2cOptions, TenantPolicy } from '../authority/index.ts'
export type {
  CertificateCredential,
  ClientAssertion,
  ClientAssertionRequest,
  ClientCredential,
  FederatedTokenCredential,
  SingleCredential,
} from '../client/index.ts'
export type { ApiDefinition, ApiDefinitions, NamedApi, NamedApis } from '../client/index.ts'
export type { Claims } from '../session/index.ts'
export type { TokenResult } from '../tokens.ts'
export type { SessionStore, StoreLock } from '../store.ts'
export type { Authenticated, Authentication, RejectedRequest } from '../authentication/index.ts'
export type { AuthenticateOptions } from './guard/connection.ts'
export type { ErrorResponseScopes } from './guard/error-to-response.ts'
export type { LoginContext, TokenContext, UserInfo } from './guard/context.ts'
export type { ChallengeMode } from './http/navigation.ts'
export type { AuthPaths } from './options/flow.ts'
export type { AuthOptions } from './options/options.ts'
export type {
  ErrorPage,
  ForbiddenPage,
  LoggedOutPage,
  LoginPage,
  PageBase,
  Pages,
} from './options/pages.ts'
export type { SessionCookieOptions, SessionOptions } from './options/session-options.ts'
export type { Prompt, SignInParameters } from './options/sign-in-parameters.ts'
export type { BrowserOptions, SessionViewDetails } from './options/browser-options.ts'
export type { PageOptions } from './options/page-options.ts'
export type { ForwardOptions } from './options/forward-options.ts'
export type { PreviewRelay } from './options/previews.ts'
export type { SignInMethod } from './options/sign-in-way.ts'
export type { Language, LanguageTag, PageTexts } from '../languages/language.ts'
export type {
  HttpRequest,
  LoginDetails,
  LoginTokens,
  RefreshDetails,
  RefreshTokens,
  UserHooks,
} from './options/user-hooks.ts'
export type { LoginRequirement, ScopesRequired } from './guard/requirement.ts'
export type { StartedCodeLogin } from './sign-in/start-login.ts'
export type { RequiredClaims, RequiredNames } from '../settings/requirement-values.ts'
export type {
  BrowserSession,
  SessionViewOf,
  SignedInBrowserSession,
  SignedOutBrowserSession,
} from './browser-session/browser-session.ts'
export type { RevokedSessions } from './sign-out/revoke-sessions.ts'
export type { LoginOptions } from './web-auth.ts'
export type {
  EventBase,
  EventDetails,
  EventFailure,
  EventLevel,
  EventPersonalData,
  EventType,
  EventUser,
  IdentityEvent,
} from '../events.ts'
export type { AppEnvironment } from '../settings/environment.ts'
export type { ConfigurationProblem } from '../settings/problems.ts'
export type { Logger } from '../settings/logger.ts'
export type { ProviderOptions } from '../settings/provider-options.ts'
