import { Auth } from 'identity-web/react-router'

export const auth = new Auth() // reads IDENTITY_AUTHORITY and the others
