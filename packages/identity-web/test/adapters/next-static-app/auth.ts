import { Auth } from 'identity-web/next'

export const auth = new Auth()
