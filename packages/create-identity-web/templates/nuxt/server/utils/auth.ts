import { Auth } from 'identity-web/h3'
// #region store
import { store } from './store'
// #endregion store

// The settings are environment variables. `npm run dev` sets those of the development provider, `npm start` reads .env.
export const auth = new Auth({
  // #region entra-id
  // Users consent at their first sign-in.
  scopes: ['User.Read'],
  // #endregion entra-id
  // The data that the pages get from useIdentity().
  pageUser: (claims) => ({ name: nameOf(claims), initials: initialsOf(claims) }),
  // #region store
  session: { store },
  // #endregion store
})
