import { Auth } from 'identity-web/h3'
// #region store
import { store } from './store'
// #endregion store

// The settings are environment variables. `npm run dev` sets those of the development provider, `npm start` reads .env.
// #region entra-id
// Users consent to the scopes at their first sign-in.
// #endregion entra-id
export const auth = new Auth({
  // #region entra-id
  scopes: ['User.Read'],
  // #endregion entra-id
  // The data that the pages get from useIdentity().
  pageUser: (claims) => ({ name: nameOf(claims), initials: initialsOf(claims) }),
  // #region store
  session: { store },
  // #endregion store
})
