// The type of the user that an application declared.
import type { Register } from './register.ts'

// Not in register.ts, because the entries export all of that file with a star, and this type is not public.

/** The user type that your application declares in {@link Register}, or `unknown` without a declaration. */
export type RegisteredUser = Register extends { readonly user: infer User } ? User : unknown
