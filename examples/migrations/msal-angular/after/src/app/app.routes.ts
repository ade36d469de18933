import type { Routes } from '@angular/router'
import { signedIn } from 'identity-web/angular'
import { Home } from './home'
import { Profile } from './profile'
import { Todos } from './todos'

export const routes: Routes = [
  { path: '', component: Home },
  { path: 'todos', component: Todos, canActivate: [signedIn()] },
  { path: 'profile', component: Profile, canActivate: [signedIn()] },
]
