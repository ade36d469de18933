// Where an application declares the types of its user.
/**
 * Your application's types. Declare them once, so that they apply wherever TypeScript cannot infer them.
 *
 * `user` is the type that `onLogin` returns, or `Claims` if you do not use `onLogin`. Unless you declare `user`,
 * `req.identity` and the stand-alone `loginRequired` have a user of the type `unknown`. `apis` contains the names in
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
