import { Component, inject, signal } from '@angular/core'
import { RouterLink, RouterOutlet } from '@angular/router'
import { OAuthService } from 'angular-oauth2-oidc'

@Component({
  selector: 'app-root',
  imports: [RouterLink, RouterOutlet],
  template: `
    <nav>
      <a routerLink="/">Home</a>
      <a routerLink="/todos">Todos</a>
      <a routerLink="/profile">Profile</a>
      @if (name(); as name) {
        <span>{{ name }}</span>
        <button (click)="logout()">Sign out</button>
      } @else {
        <button (click)="login()">Sign in</button>
      }
    </nav>
    <router-outlet />
  `,
})
export class App {
  readonly #oauth = inject(OAuthService)
  protected readonly name = signal<string | undefined>(undefined)

  constructor() {
    this.#showUser()
    // The tokens have expired, or the user has signed out.
    this.#oauth.events.subscribe(() => this.#showUser())
  }

  protected login(): void {
    this.#oauth.initLoginFlow()
  }

  protected logout(): void {
    this.#oauth.logOut()
  }

  #showUser(): void {
    this.name.set(this.#oauth.getIdentityClaims()?.['name'])
  }
}
