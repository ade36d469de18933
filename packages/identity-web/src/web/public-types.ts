// The types that every adapter hands on to applications.
export type { TenantPolicy } from '../authority/index.ts'
export type { Claims } from '../session/index.ts'
export type { LoginContext, TokenContext, TokenResult } from './context.ts'
export type { ChallengeMode } from './exchange.ts'
export type {
  AuthOptions,
  ErrorPage,
  Logger,
  LoginTokens,
  Pages,
  Prompt,
  SessionCookieOptions,
  SessionOptions,
  SignInParameters,
} from './options.ts'
export type { LoginOptions, LoginRequirement, ScopesRequired } from './web-auth.ts'
