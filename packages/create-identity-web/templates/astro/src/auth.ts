import { getSecret } from 'astro:env/server'
import { Auth } from 'identity-web/astro'

// The settings are environment variables. `npm run dev` sets those of the development provider, `npm start` reads .env.
export const auth = new Auth({}, getSecret)
