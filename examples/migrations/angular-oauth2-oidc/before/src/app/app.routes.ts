import type { Routes } from '@angular/router'
import { Home } from './home'
import { Profile } from './profile'
import { signedInGuard } from './signed-in.guard'
import { Todos } from './todos'

export const routes: Routes = [
  { path: '', component: Home },
  { path: 'todos', component: Todos, canActivate: [signedInGuard] },
  { path: 'profile', component: Profile, canActivate: [signedInGuard] },
  // The page of the redirect URI
  { path: 'index.html', redirectTo: '' },
]
