import { sha256 as hash } from '#aes'
import type { MaybePromise } from '../maybe-promise.ts'

/** A text's SHA-256, in base64url: at once where the runtime can. */
export const sha256: (text: string) => MaybePromise<string> = hash
