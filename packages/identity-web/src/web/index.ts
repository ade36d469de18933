export type { ChallengeMode, Exchange } from './exchange.ts'
export type { LoginContext, TokenContext, TokenResult } from './context.ts'
export type {
  AuthOptions,
  Environment,
  ErrorPage,
  Logger,
  LoginTokens,
  Pages,
  Prompt,
  SessionCookieOptions,
  SessionOptions,
  SignInParameters,
} from './options.ts'
export {
  createWebAuth,
  type Guard,
  type LoginOptions,
  type LoginRequirement,
  type WebAuth,
} from './web-auth.ts'
export type { TenantPolicy } from '../authority/index.ts'
export type { Claims } from '../session/index.ts'
