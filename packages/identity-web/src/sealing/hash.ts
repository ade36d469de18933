import { hashText as hash } from '#aes'
import type { MaybePromise } from '../maybe-promise.ts'

/** A text's SHA-256, in base64url: at once where the runtime can. */
export const hashText: (text: string) => MaybePromise<string> = hash
