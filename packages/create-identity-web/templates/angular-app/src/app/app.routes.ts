import type { Routes } from '@angular/router'
import { signedIn } from 'identity-web/angular'
import { Account } from './account'
import { Admin } from './admin'
// #region graph
import { CallApi } from './call-api'
// #endregion graph
import { Forbidden } from './forbidden'
import { Home } from './home'
// #region angular-spa
import { NotFound } from './not-found'
// #endregion angular-spa
// #region oidc
import { UserInfo } from './user-info'
// #endregion oidc

export const routes: Routes = [
  { path: '', component: Home },
  { path: 'account', component: Account, canActivate: [signedIn()] },
  // #region graph
  { path: 'call_api', component: CallApi, canActivate: [signedIn()] },
  // #endregion graph
  // #region oidc
  { path: 'user_info', component: UserInfo, canActivate: [signedIn()] },
  // #endregion oidc
  {
    path: 'admin',
    component: Admin,
    canActivate: [signedIn({ allow: (user) => user.isAdmin, otherwise: '/forbidden' })],
  },
  { path: 'forbidden', component: Forbidden },
  // #region angular-spa
  { path: '**', component: NotFound },
  // #endregion angular-spa
]
