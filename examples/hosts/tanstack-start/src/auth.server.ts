import { Auth } from 'identity-web/tanstack-start'

export const auth = new Auth() // reads IDENTITY_AUTHORITY and the others
