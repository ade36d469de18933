import { Component } from '@angular/core'
import { RouterLink, RouterLinkActive, RouterOutlet } from '@angular/router'
import { injectSession } from 'identity-web/angular'

@Component({
  selector: 'app-root',
  imports: [RouterLink, RouterLinkActive, RouterOutlet],
  template: `
    <header>
      <a class="app" routerLink="/"><img src="/favicon.svg" alt="" />my-app</a>
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
      @if (session.user(); as user) {
        <div class="user">
          <span class="picture">{{ user.initials }}</span>
          <!-- #region entra-id -->
          <i style="background-image: url('/api/photo')"></i>
          <!-- #endregion entra-id -->
          <span>{{ user.name }}</span>
          <a class="button" [href]="session.logoutUrl()">Sign out</a>
        </div>
      } @else if (session.status() !== 'loading') {
        <a class="button primary" routerLink="/account">Sign in</a>
      }
    </header>
    <main><router-outlet /></main>
  `,
})
export class App {
  protected readonly session = injectSession()
}
