import { Auth } from 'identity-web/next'

// The settings are environment variables. `npm run dev` sets those of the development provider, `npm start` reads .env.
export const auth = new Auth()
