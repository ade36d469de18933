import { Auth } from 'identity-web/tanstack-start'

// The settings are environment variables. `npm run dev` sets those of the development provider, `npm start` reads .env.
export const auth = new Auth()
