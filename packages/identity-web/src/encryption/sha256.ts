import { sha256 as hash } from '#aes'
import type { MaybePromise } from '../maybe-promise.ts'

/** Returns the SHA-256 hash of a string, in base64url. On Node.js, the result is not a promise. */
export const sha256: (value: string) => MaybePromise<string> = hash
