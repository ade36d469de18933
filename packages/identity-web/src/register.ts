/**
 * The types of your application. Declare them once, and this library uses them wherever it cannot infer them.
 *
 * @example
 * ```ts
 * declare module 'identity-web' {
 *   interface Register {
 *     apis: 'todos' | 'orders'
 *   }
 * }
 * ```
 * @public
 */
// oxlint-disable-next-line typescript/no-empty-interface, typescript/no-empty-object-type -- applications add members to it
export interface Register {}
