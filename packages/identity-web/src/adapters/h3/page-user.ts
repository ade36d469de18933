// The part of a user that pages of Nuxt may show.
import type { AuthBase } from '../../classes/index.ts'
import type { Claims } from '../../web/index.ts'

/** The members of a user that pages may show, and that the browser receives with the page. */
const SHOWN = [
  'name',
  'given_name',
  'family_name',
  'preferred_username',
  'email',
  'picture',
  'roles',
] as const

/**
 * The members of a user that pages get by default: names, e-mail address, picture and roles.
 * @typeParam User - The type that `onLogin` returns, or the ID token's claims.
 * @public
 */
export type DefaultPageUser<User = Claims> = Pick<
  User,
  Extract<(typeof SHOWN)[number], KnownKeys<User>>
>

/** The declared property names of a type, without the names that an index signature allows. */
type KnownKeys<T> = keyof { [Name in keyof T as string extends Name ? never : Name]: T[Name] }

/** The identity that `useIdentity()` returns. @public */
export interface PageIdentity<User = DefaultPageUser> {
  /** The signed-in user, as the option `pageUser` returns it, or `undefined` for visitors who are not signed in. */
  readonly user: User | undefined
  /** The path that starts a sign-in. Because it contains `app.baseURL`, use it in `<a href>`. */
  readonly loginPath: string
  /** The path that signs the user out. Because it contains `app.baseURL`, use it in `<a href>` or in a form. */
  readonly logoutPath: string
}

/** The name of a member that exists only in types. It is a symbol, because editors do not offer symbols. */
declare const PAGE_USER: unique symbol

/** Declares the user type that the pages of an `Auth` get. */
export interface ForPages<PageUser> {
  /** This member exists only in types. */
  readonly [PAGE_USER]?: PageUser
}

/** The user type that an application's pages get. TypeScript infers it from the type of `auth`. @public */
export type PageUserOf<A extends AuthBase<any>> =
  A extends ForPages<infer PageUser> ? Exclude<PageUser, undefined> : unknown

/** Copies the members that pages get by default. */
export function toDefaultPageUser(user: unknown): Readonly<Record<string, unknown>> {
  const given = Object(user) as Readonly<Record<string, unknown>>
  return Object.fromEntries(
    SHOWN.filter((name) => given[name] !== undefined).map((name) => [name, given[name]]),
  )
}
