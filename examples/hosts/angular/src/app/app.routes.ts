import type { Routes } from '@angular/router'
import { signedIn } from 'identity-web/angular'
import { Account } from './account'
import { CallApi } from './call-api'
import { Home } from './home'

export const routes: Routes = [
  { path: '', component: Home },
  { path: 'account', component: Account, canActivate: [signedIn()] },
  { path: 'call_api', component: CallApi, canActivate: [signedIn()] },
]
