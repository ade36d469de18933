import { Auth } from 'identity-web/h3'

export const auth = new Auth() // reads IDENTITY_AUTHORITY and the others
