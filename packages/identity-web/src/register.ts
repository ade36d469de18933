/**
 * The types of your application. Declare them once, and this library uses them wherever TypeScript cannot infer them.
 *
 * `user` is the return type of `onLogin`, or `Claims` if you do not use `onLogin`. If you do not declare `user`,
 * `req.identity` and the stand-alone `loginRequired` have a user of the type `unknown`. `apis` contains the names of
 * the option `apis`.
 *
 * @example
 * ```ts
 * declare module 'identity-web' {
 *   interface Register {
 *     user: AppUser
 *     apis: 'todos' | 'orders'
 *   }
 * }
 * ```
 * @public
 */
// oxlint-disable-next-line typescript/no-empty-interface, typescript/no-empty-object-type -- applications add members to it
export interface Register {}
