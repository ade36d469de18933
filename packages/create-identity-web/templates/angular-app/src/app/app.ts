import { Component } from '@angular/core'
import { RouterLink, RouterOutlet } from '@angular/router'
import { injectSession } from 'identity-web/angular'

@Component({
  selector: 'app-root',
  imports: [RouterLink, RouterOutlet],
  template: `
    <header>
      @if (session.user(); as user) {
        {{ user.name }}
        <a [href]="session.logoutUrl()">Sign out</a>
      } @else {
        <a routerLink="/account">Sign in</a>
      }
    </header>
    <main>
      <router-outlet />
    </main>
  `,
  styles: 'header { display: flex; justify-content: end; gap: 1rem; padding: 1rem }',
})
export class App {
  protected readonly session = injectSession()
}
