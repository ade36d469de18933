import { getSecret } from 'astro:env/server'
import { Auth } from 'identity-web/astro'

export const auth = new Auth({ basePath: import.meta.env.BASE_URL }, getSecret)
