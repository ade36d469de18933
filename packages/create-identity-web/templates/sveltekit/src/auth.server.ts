import * as env from '$app/env/private'
import { Auth } from 'identity-web/sveltekit'
// #region store
import { store } from './store.server'
// #endregion store

// The settings are environment variables. `npm run dev` sets those of the development provider, `npm start` reads .env.
export const auth = new Auth(
  {
    // #region entra-id
    // Users consent at their first sign-in.
    scopes: ['User.Read'],
    // #endregion entra-id
    // #region store
    session: { store },
    // #endregion store
  },
  env,
)
