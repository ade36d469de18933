import { getSecret } from 'astro:env/server'
import { Auth } from 'identity-web/astro'
// #region store
import { store } from './store'
// #endregion store

// The settings are environment variables. `npm run dev` sets those of the development provider, `npm start` reads .env.
// #region entra-id
// Users consent to the scopes at their first sign-in.
// #endregion entra-id
export const auth = new Auth(
  {
    // #region entra-id
    scopes: ['User.Read'],
    // #endregion entra-id
    // #region store
    session: { store },
    // #endregion store
  },
  getSecret,
)
