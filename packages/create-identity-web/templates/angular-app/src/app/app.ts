import { Component } from '@angular/core'
import { RouterLink, RouterLinkActive, RouterOutlet } from '@angular/router'
import { injectSession } from 'identity-web/angular'

@Component({
  selector: 'app-root',
  imports: [RouterLink, RouterLinkActive, RouterOutlet],
  template: `
    <header>
      <a class="app" routerLink="/">
        <img src="/favicon.svg" alt="" width="28" height="28" />
        my-app
      </a>
      <nav>
        <a routerLink="/account" routerLinkActive ariaCurrentWhenActive="page">Account</a>
        <!-- #region graph -->
        <a routerLink="/call_api" routerLinkActive ariaCurrentWhenActive="page">Microsoft Graph</a>
        <!-- #endregion graph -->
        <!-- #region oidc -->
        <a routerLink="/user_info" routerLinkActive ariaCurrentWhenActive="page">UserInfo</a>
        <!-- #endregion oidc -->
        <a routerLink="/admin" routerLinkActive ariaCurrentWhenActive="page">Administration</a>
      </nav>
      <div class="user">
        @if (session.user(); as user) {
          <span class="picture">
            {{ user.initials }}
            <!-- #region graph -->
            <img src="/api/photo" alt="" #photo (error)="photo.remove()" />
            <!-- #endregion graph -->
          </span>
          <span>{{ user.name }}</span>
          <a class="button" [href]="session.logoutUrl()">Sign out</a>
        } @else {
          <a class="button primary" routerLink="/account">Sign in</a>
        }
      </div>
    </header>
    <main><router-outlet /></main>
  `,
})
export class App {
  protected readonly session = injectSession()
}
