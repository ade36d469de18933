import { rejectionOf, type TokenRejection } from '../../authority/index.ts'

/** Makes the error of an access token that is not accepted. If the caller can fix the reason, it says how. */
export const rejectAccessToken: TokenRejection = rejectionOf('access token')
