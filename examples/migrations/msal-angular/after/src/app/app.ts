import { Component } from '@angular/core'
import { RouterLink, RouterOutlet } from '@angular/router'
import { injectSession } from 'identity-web/angular'

@Component({
  selector: 'app-root',
  imports: [RouterLink, RouterOutlet],
  template: `
    <nav>
      <a routerLink="/">Home</a>
      <a routerLink="/todos">Todos</a>
      <a routerLink="/profile">Profile</a>
      @if (session.user(); as user) {
        <span>{{ user.name }}</span>
        <button (click)="session.logout()">Sign out</button>
      } @else {
        <button (click)="session.login()">Sign in</button>
      }
    </nav>
    <router-outlet />
  `,
})
export class App {
  protected readonly session = injectSession<{ name: string }>()
}
