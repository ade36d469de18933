import { Auth } from 'identity-web/h3'

export const auth = new Auth() // reads IDENTITY_AUTHORITY, IDENTITY_CLIENT_ID and the others
