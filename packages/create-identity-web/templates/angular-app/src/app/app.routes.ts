import type { Routes } from '@angular/router'
import { signedIn } from 'identity-web/angular'
import * as pages from './pages'

const isAdmin = signedIn({ allow: (user) => user.isAdmin, otherwise: '/forbidden' })

export const routes: Routes = [
  { path: '', title: 'my-app', component: pages.Home },
  { path: 'account', title: 'Account', component: pages.Account, canActivate: [signedIn()] },
  // #region graph
  { path: 'call_api', title: 'Your profile', component: pages.CallApi, canActivate: [signedIn()] },
  // #endregion graph
  // #region oidc
  {
    path: 'user_info',
    title: 'Your profile',
    component: pages.UserInfo,
    canActivate: [signedIn()],
  },
  // #endregion oidc
  { path: 'admin', title: 'Administration', component: pages.Admin, canActivate: [isAdmin] },
  { path: 'forbidden', title: 'You may not see this page', component: pages.Forbidden },
  { path: '**', title: 'This page does not exist', component: pages.NotFound },
]
