import { rejectionOf, type TokenRejection } from '../../authority/index.ts'

/** Makes the error of an access token that is not accepted. The reason says what the caller can change, if anything. */
export const reject: TokenRejection = rejectionOf('access token')
