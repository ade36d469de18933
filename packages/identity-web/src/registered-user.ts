import type { Register } from './register.ts'

/** The user that your application declares in {@link Register}, or else `unknown`. */
export type RegisteredUser = Register extends { readonly user: infer User } ? User : unknown
