// Where an application declares the type of its session view.
/**
 * Contains the type of your session view. Declare it once, so that `createSession()` and `useSession()` know the type
 * of `user`.
 *
 * Without this declaration, `user` has the type `unknown`, unless you pass the type, as in `createSession<View>()`.
 *
 * @example
 * ```ts
 * // The same function is in the options of the server: Auth({ browser: { sessionView } })
 * import type { sessionView } from '../server/session-view.ts'
 *
 * declare module 'identity-web/browser' {
 *   interface Register {
 *     sessionView: typeof sessionView
 *   }
 * }
 * ```
 * @public
 */
// oxlint-disable-next-line typescript/no-empty-interface, typescript/no-empty-object-type -- applications add members to it
export interface Register {}

/**
 * The return type of the session view that your application declares in {@link Register}, or `unknown` without a
 * declaration. @public
 */
export type RegisteredView = Register extends {
  readonly sessionView: (...args: never[]) => infer View
}
  ? View
  : unknown
