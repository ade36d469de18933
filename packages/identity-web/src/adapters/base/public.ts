// The exports that all entry points have in common. They are values, the types of their public members, and the types with
// which applications annotate. Everything else is a type that TypeScript infers, so the entry points do not export it.
// test/package/declarations.test.ts shows which types an application needs.

export * from '../../index.ts'
export type {
  AnyRequest,
  ApiErrorScopes,
  AuthenticateCaller,
  AuthenticateWith,
  Exactly,
  SessionContext,
} from '../../classes/index.ts'
export type * from '../../api/public-types.ts'
export type * from '../../web/public-types.ts'
export type { EitherContext, EitherRequirement } from '../../session-or-bearer/index.ts'
