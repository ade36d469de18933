import type { Routes } from '@angular/router'
import { MsalGuard } from '@azure/msal-angular'
import { Home } from './home'
import { LoginFailed } from './login-failed'
import { Profile } from './profile'
import { Todos } from './todos'

export const routes: Routes = [
  { path: '', component: Home },
  { path: 'todos', component: Todos, canActivate: [MsalGuard] },
  { path: 'profile', component: Profile, canActivate: [MsalGuard] },
  { path: 'login-failed', component: LoginFailed },
]
