import type { AuthBase } from '../../classes/index.ts'
import type { Claims } from '../../web/index.ts'

/** The members of a user that pages may show. A browser gets them with the page. */
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
 * @typeParam User - The return type of `onLogin`, or the claims of the ID token.
 * @public
 */
export type DefaultPageUser<User = Claims> = Pick<
  User,
  Extract<(typeof SHOWN)[number], KnownKeys<User>>
>

/** The declared names of a type, without those of an index signature. */
type KnownKeys<T> = keyof { [Name in keyof T as string extends Name ? never : Name]: T[Name] }

/** The identity that `useIdentity()` returns. @public */
export interface PageIdentity<User = DefaultPageUser> {
  /** The signed-in user, as the option `pageUser` returns it. `undefined` for visitors who are not signed in. */
  readonly user: User | undefined
  /** The path that starts a sign-in. It contains `app.baseURL`, so use it in `<a href>`. */
  readonly loginPath: string
  /** The path that signs the user out. It contains `app.baseURL`, so use it in `<a href>` or in a form. */
  readonly logoutPath: string
}

/** The name of a member that only types have. Editors do not offer a symbol. */
declare const PAGE_USER: unique symbol

/** An `Auth` whose pages get this user. */
export interface ForPages<PageUser> {
  /** Exists only in types. */
  readonly [PAGE_USER]?: PageUser
}

/** The user that the pages of an application get, by the type of its `auth`. @public */
export type PageUserOf<A extends AuthBase<any>> =
  A extends ForPages<infer PageUser> ? Exclude<PageUser, undefined> : unknown

/** Copies the members that pages get by default. */
export function toDefaultPageUser(user: unknown): Readonly<Record<string, unknown>> {
  const given = Object(user) as Readonly<Record<string, unknown>>
  return Object.fromEntries(
    SHOWN.filter((name) => given[name] !== undefined).map((name) => [name, given[name]]),
  )
}
